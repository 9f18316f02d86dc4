/** What a reader made of some logs, put together by the rules of the ledger in their shortest form. */

import type { JsonValue, LogParser, Reader, Sink } from '../../src/agents/reader.ts';
import type { Claim, Receipt } from '../../src/domain/receipt.ts';
import type { RefusalReason } from '../../src/domain/refusal.ts';
import { type SessionFacts, titleSources } from '../../src/domain/session.ts';
import { completeLines, toLogLine } from './byteLine.ts';

interface Statement<T> {
  readonly value: T;
  /** Index of the file among those of the fixture: its age. */
  readonly age: number;
}

export class Reading {
  readonly receipts = new Map<string, { best: Receipt; credit: Statement<Receipt> }>();
  readonly facts = new Map<string, SessionFacts>();
  readonly refused: Partial<Record<RefusalReason, number>> = {};

  sinkOf(age: number): Sink {
    return {
      receipt: (receipt) => this.#addReceipt({ value: receipt, age }),
      session: (facts) => this.facts.set(facts.key, mergeFacts(this.facts.get(facts.key), facts)),
      refuse: (reason) => {
        this.refused[reason] = (this.refused[reason] ?? 0) + 1;
      },
    };
  }

  /** The receipts that count, each credited to its owner. */
  standing(): readonly Receipt[] {
    const all = [...this.receipts.values()];
    const owned = new Set(
      all.filter(({ credit }) => credit.value.claim === 'own').map(({ best }) => best.id.response),
    );
    return all
      .filter(({ credit, best }) => credit.value.claim !== 'sideChain' || !owned.has(best.id.response))
      .map(({ best, credit }) => ({ ...best, sessionKey: credit.value.sessionKey }));
  }

  #addReceipt(statement: Statement<Receipt>): void {
    const { value } = statement;
    const id = `${value.id.response}\n${value.id.request}`;
    const known = this.receipts.get(id);
    if (known === undefined) {
      this.receipts.set(id, { best: value, credit: statement });
    } else {
      if (isBetter(value, known.best)) known.best = value;
      if (isStronger(statement, known.credit)) known.credit = statement;
    }
  }
}

/** The largest output, and of equals the earliest: copies are stamped with the time of the copy. */
function isBetter(a: Receipt, b: Receipt): boolean {
  const order = (a.tokens.output ?? -1) - (b.tokens.output ?? -1) || b.atMs - a.atMs;
  return order > 0;
}

const claims: readonly Claim[] = ['own', 'sideChain', 'copied'];

function isStronger(a: Statement<Receipt>, b: Statement<Receipt>): boolean {
  const order = claims.indexOf(a.value.claim) - claims.indexOf(b.value.claim) || a.age - b.age;
  return order < 0;
}

function mergeFacts(known: SessionFacts | undefined, facts: SessionFacts): SessionFacts {
  if (known === undefined) return facts;
  const merged = { ...known, ...facts };
  const keepsTitle = known.title !== undefined && rankOf(facts) < rankOf(known);
  const keepsParent = known.parentKey !== undefined && !known.isParentGuessed && facts.isParentGuessed;
  return {
    ...merged,
    ...(keepsTitle && { title: known.title }),
    ...(keepsParent && { parentKey: known.parentKey, isParentGuessed: false }),
    ...(!keepsParent && facts.parentKey !== undefined && { isParentGuessed: facts.isParentGuessed ?? false }),
  };
}

function rankOf(facts: SessionFacts): number {
  return facts.title === undefined ? -1 : titleSources.indexOf(facts.title.source);
}

export type Files = readonly (readonly [path: string, content: Buffer])[];

/** Reads whole files one after the other, giving each the age it has in `ages`. */
export function readFiles(
  reader: Reader,
  files: Files,
  ages: readonly string[] = files.map(([path]) => path),
): Reading {
  const reading = new Reading();
  for (const [path, content] of files) readFile(reader, reading, path, content, ages.indexOf(path));
  return reading;
}

export function readFile(
  reader: Reader,
  reading: Reading,
  path: string,
  content: Buffer,
  age = 0,
): LogParser {
  const parser = reader.open({ relativePath: path });
  for (const line of completeLines(content)) parser.read(toLogLine(line), reading.sinkOf(age));
  return parser;
}

/** Reads a file as after a restart at every line: only what `save` returned, as JSON, is carried over. */
export function readWithRestarts(
  reader: Reader,
  reading: Reading,
  path: string,
  content: Buffer,
  age = 0,
): void {
  let saved: JsonValue | undefined;
  for (const line of completeLines(content)) {
    const parser = reader.open({ relativePath: path }, saved);
    parser.read(toLogLine(line), reading.sinkOf(age));
    saved = JSON.parse(JSON.stringify(parser.save()));
  }
}
