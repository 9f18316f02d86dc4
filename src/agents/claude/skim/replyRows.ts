/** What the program found of responses and calls, as rows of a run. */

import { callColumn, callColumnCount, replyColumn, replyColumnCount } from '../../replyRun.ts';
import { qualityOf, toTokens } from '../usage.ts';
import * as layout from './program/layout.ts';
import type { SkimProgram } from './skimProgram.ts';

/** What a run is told in. */
export interface Around {
  /** When its day began, in milliseconds since 1970 UTC. */
  readonly dayMs: number;
  /** Of the session before the run; `NaN` where they are not counted. */
  readonly prompts: number;
  /** Whether the prompts of the run are its session's. */
  readonly hasPrompts: boolean;
}

export class ReplyRows {
  readonly replies = new Float64Array(layout.mostReplies * replyColumnCount);
  readonly replyIds = new BigInt64Array(layout.mostReplies * 2);
  readonly calls = new Float64Array(layout.mostCalls * callColumnCount);
  readonly callIds = new BigInt64Array(layout.mostCalls);
  readonly #program: SkimProgram;

  constructor(program: SkimProgram) {
    this.#program = program;
  }

  /** Takes over what the program holds of its last run. */
  fill(around: Around): void {
    const { replyCount, callCount } = this;
    for (let reply = 0; reply < replyCount; reply++) this.#fillReply(reply, around);
    for (let call = 0; call < callCount; call++) this.#fillCall(call);
  }

  get replyCount(): number {
    return this.#program.number(layout.replyCountAt);
  }

  get callCount(): number {
    return this.#program.number(layout.callCountAt);
  }

  #fillReply(reply: number, { dayMs, prompts, hasPrompts }: Around): void {
    const program = this.#program;
    const { replies, replyIds } = this;
    const from = layout.repliesAt + reply * layout.replyStride;
    const to = reply * replyColumnCount;
    const tokens = toTokens({
      input: this.#count(from, layout.inputNumber),
      cacheRead: this.#count(from, layout.cacheReadNumber),
      written: this.#count(from, layout.writtenNumber),
      written5m: this.#count(from, layout.write5mNumber),
      written1h: this.#count(from, layout.write1hNumber),
      output: this.#count(from, layout.outputNumber),
      thinking: this.#count(from, layout.thinkingNumber),
    });
    replies[to + replyColumn.atMs] = dayMs + program.float(from + layout.numbersAt + layout.msNumber * 8);
    replies[to + replyColumn.uncachedInput] = tokens.uncachedInput ?? Number.NaN;
    replies[to + replyColumn.cacheRead] = tokens.cacheRead ?? Number.NaN;
    replies[to + replyColumn.cacheWrite5m] = tokens.cacheWrite5m ?? Number.NaN;
    replies[to + replyColumn.cacheWrite1h] = tokens.cacheWrite1h ?? Number.NaN;
    replies[to + replyColumn.cacheWriteUnknown] = tokens.cacheWriteUnknown ?? Number.NaN;
    replies[to + replyColumn.output] = tokens.output ?? Number.NaN;
    replies[to + replyColumn.reasoning] = tokens.reasoning ?? Number.NaN;
    replies[to + replyColumn.webSearches] = this.#count(from, layout.webSearchesNumber) ?? 0;
    replies[to + replyColumn.circumstances] = program.number(from + layout.reasonAt);
    const turn = prompts + (hasPrompts ? program.number(from + layout.promptsBeforeAt) : 0);
    replies[to + replyColumn.turn] = turn === 0 ? Number.NaN : turn;
    replies[to + replyColumn.isPartial] = Number(qualityOf(tokens) === 'partial');
    replyIds[reply * 2] = program.hash(from + layout.responseHashAt);
    replyIds[reply * 2 + 1] = program.hash(from + layout.requestHashAt);
  }

  #fillCall(call: number): void {
    const program = this.#program;
    const { calls } = this;
    const from = layout.callsAt + call * layout.callStride;
    const to = call * callColumnCount;
    const result = program.number(from + layout.callResultAt);
    calls[to + callColumn.reply] = program.number(from + layout.callReplyAt);
    calls[to + callColumn.tool] = program.number(from + layout.toolAt);
    calls[to + callColumn.resultBytes] = result === 0 ? Number.NaN : program.float(from + layout.callBytesAt);
    calls[to + callColumn.isFailed] = result === 0 ? Number.NaN : Number(result === 2);
    this.callIds[call] = program.hash(from + layout.callHashAt);
  }

  /** `null` where the log tells none. */
  #count(reply: number, number: number): number | null {
    const count = this.#program.float(reply + layout.numbersAt + number * 8);
    return Number.isNaN(count) ? null : count;
  }
}
