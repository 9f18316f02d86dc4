/** Tells of the responses and calls that the program found: the same that would be told of their lines, had they been read. */

import type { Circumstances, Claim, ReceiptId } from '../../../domain/receipt.ts';
import type { SessionFacts } from '../../../domain/session.ts';
import type { PlacedSink } from '../../reader.ts';
import type { ReplyRun } from '../../replyRun.ts';
import { toBranch, toCircumstances } from '../circumstances.ts';
import { type Memory, type SessionMemory, sessionMemory } from '../memory.ts';
import { keyOf, ownerOf, type TranscriptPlace } from '../place.ts';
import { takeParent, takeWhere } from '../sessionFacts.ts';
import { addSpawnCalls } from '../spawns.ts';
import { keepOpen, type OpenCall } from '../toolCalls.ts';
import type { LineContext } from './lineContext.ts';
import * as layout from './program/layout.ts';
import type { SkimProgram } from './skimProgram.ts';

export class RunTeller {
  readonly #context: LineContext;
  readonly #program: SkimProgram;
  readonly #agentId: string | null;
  readonly #rootKey: string;
  readonly #key: string;
  readonly #claim: Claim;
  /** By the reasons why responses ended; of other texts nobody looks at them. */
  readonly #circumstances = new Map<string, Circumstances>();

  constructor(program: SkimProgram, context: LineContext, place: TranscriptPlace) {
    const { rootKey, agentId, isSideChain } = ownerOf(place, {
      ...context,
      agentId: context.agentId || null,
    });
    this.#context = context;
    this.#program = program;
    this.#rootKey = rootKey;
    this.#agentId = agentId;
    this.#key = keyOf(rootKey, agentId);
    this.#claim = isSideChain ? 'sideChain' : 'own';
  }

  /** Whether the session needs no name, so that the words of a prompt are of no interest. */
  isNamed(memory: Memory): boolean {
    return memory.sessions.find(({ key }) => key === this.#key)?.isNamed ?? false;
  }

  /**
   * Tells what was found in a run, and remembers what the next lines need of it.
   *
   * @param position offset in its log of the memory's first byte
   */
  tell(memory: Memory, sink: PlacedSink, position: number): void {
    const program = this.#program;
    const uuid = program.span(layout.uuidStartAt);
    if (uuid.start < 0) return;
    const session = sessionMemory(memory, this.#key);
    this.#tellPlace(session, sink, position);
    this.#tellTimes(sink, position);
    sink.run(this.#run(session));
    const open = this.#noteCalls(memory);
    if (this.#claim === 'own') session.prompts += program.number(layout.promptCountAt);
    if (open.length > 0) keepOpen(memory, open);
    sink.session(this.#session(this.#time(layout.lastMsAt)));
    memory.sessionId = this.#context.sessionId;
    memory.atMs = this.#time(layout.latestMsAt);
    memory.uuid = program.text(uuid);
  }

  #session(atMs: number): SessionFacts & { readonly atMs: number } {
    return { agent: 'claude-code', key: this.#key, atMs };
  }

  #time(at: number): number {
    return this.#context.dayMs + this.#program.float(at);
  }

  /** What is new about the session that the lines are of. */
  #tellPlace(session: SessionMemory, sink: PlacedSink, position: number): void {
    const { projectPath, gitBranch } = this.#context;
    const where = takeWhere(projectPath || null, toBranch(gitBranch), session);
    const parent = this.#agentId === null ? {} : takeParent(this.#rootKey, session);
    if (Object.keys({ ...where, ...parent }).length === 0) return;
    sink.position = position + this.#program.number(layout.firstLineAt);
    sink.session({ ...this.#session(this.#time(layout.firstMsAt)), ...parent, ...where });
  }

  /** When the session lived, and whether its turn was open at the end: statements weigh by the times above them. */
  #tellTimes(sink: PlacedSink, position: number): void {
    const program = this.#program;
    sink.session(this.#session(this.#time(layout.earliestMsAt)));
    const turn = program.number(layout.turnAt);
    if (turn === layout.turnUntold) return;
    sink.position = position + program.number(layout.turnLineAt);
    sink.session({
      ...this.#session(this.#time(layout.turnHeardMsAt)),
      isTurnOpen: turn === layout.turnOpen,
    });
  }

  #run(session: SessionMemory): ReplyRun {
    const { dayMs, model, terms } = this.#context;
    const program = this.#program;
    const hasPrompts = this.#claim === 'own';
    const prompts = this.#agentId === null ? session.prompts : Number.NaN;
    return {
      agent: 'claude-code',
      sessionKey: this.#key,
      claim: this.#claim,
      model,
      terms,
      fill: ({ receipt, circumstanceNumber, toolNumber }) => {
        const reasonNumber = (reason: string) => circumstanceNumber(this.#circumstancesOf(reason));
        return program.fill({ receipt, reasonNumber, toolNumber }, { dayMs, prompts, hasPrompts });
      },
    };
  }

  #circumstancesOf(stopReason: string): Circumstances {
    const known = this.#circumstances.get(stopReason);
    if (known !== undefined) return known;
    const { effort, projectPath } = this.#context;
    const gitBranch = toBranch(this.#context.gitBranch);
    const around = { stopReason, effort, projectPath, gitBranch, durationMs: null, turn: null };
    const circumstances = toCircumstances(around);
    this.#circumstances.set(stopReason, circumstances);
    return circumstances;
  }

  /** Bytes of the memory that the program shares, which hold until the next block is read. */
  #inputOf(call: number): Uint8Array {
    const { start, end } = this.#program.span(callAt(call) + layout.callInputStartAt);
    return this.#program.bytes.subarray(start, end);
  }

  /** Closes calls that wait and have come again, and returns those of a run that have no result yet. */
  #noteCalls(memory: Memory): readonly OpenCall[] {
    const program = this.#program;
    const callCount = program.number(layout.callCountAt);
    const open: OpenCall[] = [];
    const isWaiting = memory.calls.length > 0 || memory.openCalls.length > 0;
    if (!isWaiting && program.number(layout.openCountAt) === 0) return open;
    for (let call = 0; call < callCount; call++) {
      const isOpen = program.number(callAt(call) + layout.callResultAt) === 0;
      if (!isOpen && memory.calls.length === 0 && memory.openCalls.length === 0) continue;
      const id = program.text(program.span(callAt(call) + layout.callIdStartAt));
      closeKnown(memory, id);
      if (!isOpen) continue;
      open.push({ id, receipt: this.#receiptOf(call) });
      if (program.number(callAt(call) + layout.isSpawnAt) === 0) continue;
      const name = program.texts[program.number(callAt(call) + layout.toolAt)] ?? '';
      memory.calls = addSpawnCalls(memory.calls, { content: [{ id, name }] }, this.#inputOf(call));
    }
    return open;
  }

  #receiptOf(call: number): ReceiptId {
    const program = this.#program;
    const reply = layout.repliesAt + program.number(callAt(call) + layout.callReplyAt) * layout.replyStride;
    return {
      response: program.text(program.span(reply + layout.idStartAt)),
      request: program.text(program.span(reply + layout.requestStartAt)),
    };
  }
}

/** Where a call of the run stands in the memory. */
function callAt(call: number): number {
  return layout.callsAt + call * layout.callStride;
}

/** A call that comes again waits from then on: what waited before under its id does no more. */
function closeKnown(memory: Memory, id: string): void {
  if (memory.calls.some(({ toolUseId }) => toolUseId === id)) {
    memory.calls = memory.calls.filter(({ toolUseId }) => toolUseId !== id);
  }
  if (memory.openCalls.some((open) => open.id === id)) {
    memory.openCalls = memory.openCalls.filter((open) => open.id !== id);
  }
}
