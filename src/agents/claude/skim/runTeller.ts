/** Tells of the responses and calls that the program found: the same that would be told of their lines, had they been read. */

import type { Circumstances, Claim, Receipt, ReceiptId } from '../../../domain/receipt.ts';
import type { SessionFacts } from '../../../domain/session.ts';
import type { ToolCall } from '../../../domain/toolCall.ts';
import type { PlacedSink } from '../../reader.ts';
import { toBranch, toCircumstances } from '../circumstances.ts';
import { type Memory, type SessionMemory, sessionMemory } from '../memory.ts';
import { keyOf, ownerOf, type TranscriptPlace } from '../place.ts';
import { takeParent, takeWhere } from '../sessionFacts.ts';
import { addSpawnCalls } from '../spawns.ts';
import { keepOpen, type OpenCall } from '../toolCalls.ts';
import { qualityOf, toTokens } from '../usage.ts';
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
  /** By the reason why a response ended, for as long as the turn is the same. */
  #circumstances = new Map<string, Circumstances>();
  #turn: number | null = null;

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
    const replies = program.number(layout.replyCountAt);
    const calls = program.number(layout.callCountAt);
    const open: OpenCall[] = [];
    for (let reply = 0, call = 0; reply < replies; reply++) {
      const receipt = this.#receipt(layout.repliesAt + reply * layout.replyStride, session);
      sink.receipt(receipt);
      for (; call < calls && this.#isOf(call, reply); call++) {
        const told = this.#call(call, receipt.id);
        sink.toolCall(told);
        closeKnown(memory, told.id);
        if (told.isFailed !== undefined) continue;
        open.push({ id: told.id, receipt: receipt.id });
        if (this.#isSpawn(call)) memory.calls = addSpawnCalls(memory.calls, { content: [told] }, told.input);
      }
    }
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

  /** Turns to the prompt that a response is at work on. */
  #turnTo(turn: number | null): void {
    if (turn === this.#turn) return;
    this.#turn = turn;
    this.#circumstances = new Map();
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

  #receipt(at: number, session: SessionMemory): Receipt {
    const program = this.#program;
    const before = this.#claim === 'own' ? program.number(at + layout.promptsBeforeAt) : 0;
    this.#turnTo(this.#agentId === null ? session.prompts + before || null : null);
    const { model, terms } = this.#context;
    const tokens = toTokens({
      input: this.#count(at, layout.inputNumber),
      cacheRead: this.#count(at, layout.cacheReadNumber),
      written: this.#count(at, layout.writtenNumber),
      written5m: this.#count(at, layout.write5mNumber),
      written1h: this.#count(at, layout.write1hNumber),
      output: this.#count(at, layout.outputNumber),
      thinking: this.#count(at, layout.thinkingNumber),
    });
    return {
      agent: 'claude-code',
      id: {
        response: program.text(program.span(at + layout.idStartAt)),
        request: program.text(program.span(at + layout.requestStartAt)),
      },
      sessionKey: this.#key,
      claim: this.#claim,
      atMs: this.#time(at + layout.numbersAt + layout.msNumber * 8),
      model,
      tokens,
      webSearches: this.#count(at, layout.webSearchesNumber) ?? 0,
      terms,
      reportedCost: null,
      circumstances: this.#circumstancesOf(program.text(program.span(at + layout.stopReasonStartAt))),
      quality: qualityOf(tokens),
    };
  }

  #count(reply: number, number: number): number | null {
    const count = this.#program.float(reply + layout.numbersAt + number * 8);
    return Number.isNaN(count) ? null : count;
  }

  #circumstancesOf(stopReason: string): Circumstances {
    const known = this.#circumstances.get(stopReason);
    if (known !== undefined) return known;
    const { effort, projectPath } = this.#context;
    const gitBranch = toBranch(this.#context.gitBranch);
    const around = { stopReason, effort, projectPath, gitBranch, durationMs: null, turn: this.#turn };
    const circumstances = toCircumstances(around);
    this.#circumstances.set(stopReason, circumstances);
    return circumstances;
  }

  #isSpawn(call: number): boolean {
    return this.#program.number(layout.callsAt + call * layout.callStride + layout.isSpawnAt) !== 0;
  }

  #isOf(call: number, reply: number): boolean {
    return this.#program.number(layout.callsAt + call * layout.callStride + layout.callReplyAt) === reply;
  }

  #call(call: number, receipt: ReceiptId): ToolCall & { readonly input: Uint8Array } {
    const program = this.#program;
    const at = layout.callsAt + call * layout.callStride;
    const { start, end } = program.span(at + layout.callInputStartAt);
    const result = program.number(at + layout.callResultAt);
    return {
      agent: 'claude-code',
      receipt,
      id: program.text(program.span(at + layout.callIdStartAt)),
      name: program.text(program.span(at + layout.callNameStartAt)),
      input: program.bytes.subarray(start, end),
      ...(result > 0 && { resultBytes: program.float(at + layout.callBytesAt), isFailed: result === 2 }),
    };
  }
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
