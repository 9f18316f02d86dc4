/** Reading logs in another thread: what goes there and comes back, and what that thread does. */

import type { PlanReading } from '../domain/planReading.ts';
import type { SessionDraft } from './batch.ts';
import { CallRows } from './callRows.ts';
import type { CursorStep } from './cursorStep.ts';
import type { ReadingTools } from './logReading.ts';
import type { OpenedLog } from './openLog.ts';
import { type ReadPart, readLogs } from './readLogs.ts';
import type { ReceiptColumns } from './receiptColumns.ts';
import { ReceiptRows } from './receiptRows.ts';
import type { RowColumns } from './rowTable.ts';

/** A part as plain data. */
export interface SidePart extends Omit<ReadPart, 'drafts'> {
  readonly drafts: {
    readonly receipts: ReceiptColumns;
    readonly sessions: readonly SessionDraft[];
    readonly toolCalls: RowColumns;
    readonly planReadings: readonly PlanReading[];
  };
  readonly steps: readonly CursorStep[];
}

/** A thread that reads logs for this one. Whatever it is asked for fails once it has ended. */
export interface SideReader {
  /** Begins with some logs, which stay open until the last part was given; answers with the first part. */
  begin(id: number, logs: readonly OpenedLog[]): Promise<SidePart>;
  /** The next part of what was begun, after the last one was stored. */
  next(id: number): Promise<SidePart>;
  /** Gives up what was begun. */
  drop(id: number): Promise<null>;
  close(): void;
}

/** The other thread's end of a {@link SideReader}. */
export class SideReadings {
  readonly #tools: ReadingTools;
  readonly #begun = new Map<number, AsyncGenerator<ReadPart | number, void, void>>();
  /** One piece at a time: readings share what they read bytes with. */
  #work: Promise<unknown> = Promise.resolve();

  constructor(tools: ReadingTools) {
    this.#tools = tools;
  }

  begin(id: number, logs: readonly OpenedLog[]): Promise<SidePart> {
    this.#begun.set(id, readLogs(logs, this.#tools));
    return this.next(id);
  }

  next(id: number): Promise<SidePart> {
    return this.#queue(() => this.#next(id));
  }

  drop(id: number): Promise<null> {
    return this.#queue(async () => {
      await this.#end(id);
      return null;
    });
  }

  async #next(id: number): Promise<SidePart> {
    const begun = this.#begun.get(id);
    for (let next = await begun?.next(); next?.done === false; next = await begun?.next()) {
      if (typeof next.value === 'number') continue;
      if (next.value.isLast) await this.#end(id);
      return toSidePart(next.value);
    }
    throw new Error('nothing is left to be read');
  }

  async #end(id: number): Promise<void> {
    await this.#begun.get(id)?.return();
    this.#begun.delete(id);
  }

  #queue<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#work.then(work);
    this.#work = done.catch(() => {});
    return done;
  }
}

/** A part that came from the other thread, as it is stored. */
export function toReadPart({ drafts, ...rest }: SidePart): ReadPart {
  const receipts = new ReceiptRows(drafts.receipts);
  return { ...rest, drafts: { ...drafts, receipts, toolCalls: new CallRows(drafts.toolCalls) } };
}

/** What holds most of a part. Buffers of nothing may be others' as well. */
export function buffersOf({ drafts: { receipts, toolCalls } }: SidePart): readonly ArrayBuffer[] {
  return [receipts.numbers, receipts.ids, toolCalls.numbers, toolCalls.ids]
    .map(({ buffer }) => buffer)
    .filter(({ byteLength }) => byteLength > 0);
}

function toSidePart({ drafts, ...rest }: ReadPart): SidePart {
  return {
    ...rest,
    drafts: {
      receipts: drafts.receipts.columns(),
      sessions: [...drafts.sessions],
      toolCalls: drafts.toolCalls.columns(),
      planReadings: [...drafts.planReadings],
    },
  };
}
