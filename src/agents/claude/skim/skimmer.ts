/**
 * Takes what is told of a response out of the bytes of its line, without parsing it: almost all such lines are of one
 * shape. A line of any other is read whole.
 */

import type { BillingTerms } from '../../../domain/receipt.ts';
import { maxTokensPerResponse, type TokenCounts } from '../../../domain/tokens.ts';
import { nameOf, parseRecords } from '../../fields.ts';
import type { LogLine } from '../../reader.ts';
import { sideChainKey } from '../bareLine.ts';
import { headBytes } from '../lineKind.ts';
import type { Opening } from '../toolResults.ts';
import { mostWebSearches, toTerms, toTokens } from '../usage.ts';
import { type Guide, isDigit, JsonWalk, openBrace, openBracket, quote } from './jsonWalk.ts';
import { LastDay, numberAt } from './lastDay.ts';
import { isPlain, LastText } from './lastText.ts';
import { startsWith } from './names.ts';
import { field, fieldCount, replyShape } from './replyShape.ts';
import { contentEnd, type SkimmedCall, skimCall } from './skimmedContent.ts';
import { skimOpening } from './skimmedResult.ts';

/** A response as its line tells it, until the next one is skimmed. Texts are `''` where they are missing. */
export interface SkimmedReply {
  readonly uuid: string;
  readonly atMs: number;
  readonly sessionId: string;
  readonly isSideChain: boolean;
  readonly agentId: string;
  readonly projectPath: string;
  readonly gitBranch: string;
  readonly effort: string;
  readonly requestId: string;
  readonly messageId: string;
  readonly model: string;
  readonly stopReason: string;
  readonly tokens: TokenCounts;
  readonly webSearches: number;
  /** The same object for as long as the terms are the same. */
  readonly terms: BillingTerms;
  /** The only call in it. */
  readonly call: SkimmedCall | null;
}

/** Longer texts are no ids or names. */
const longestText = 256;
const assistant = Buffer.from('"assistant"', 'latin1');
const user = Buffer.from('"user"', 'latin1');

export class ReplySkimmer implements Guide {
  readonly #walk = new JsonWalk(fieldCount, this);
  readonly #texts: readonly LastText[] = Array.from({ length: fieldCount }, () => new LastText());
  readonly #day = new LastDay();
  readonly #terms = new LastTerms();
  #line: LogLine = noLine;
  #isUsual = true;
  /** Of a line of the user's, where the object begins that may hold results; -1 where none was met. */
  #messageStart = -1;

  /** `null` where the line has to be read. */
  skim(line: LogLine): SkimmedReply | null {
    this.#line = line;
    this.#isUsual = true;
    this.#messageStart = -1;
    const isReply =
      this.#walk.through(line.block, line.start, line.end, replyShape) && this.#isOfType(assistant);
    return isReply ? this.#reply() : null;
  }

  /** Where the results of a line begin that {@link skim} has just given up; `null` where it has to be read to tell. */
  results(line: LogLine): Opening | null {
    const walk = this.#walk;
    const typeEnd = walk.end(field.type) - line.start;
    const isMarked = walk.has(field.isSidechain) && walk.start(field.isSidechain) < walk.start(field.type);
    if (this.#messageStart < 0 || !isMarked || typeEnd > headBytes) return null;
    const opening = skimOpening(line, this.#messageStart);
    return opening !== null && line.find(sideChainKey, typeEnd) < 0 ? opening : null;
  }

  reads(read: number): boolean {
    return read === field.cwd || read === field.gitBranch;
  }

  enters(entered: number, at: number): boolean {
    if (entered !== field.message || !this.#walk.has(field.type)) return true;
    if (this.#isOfType(user)) this.#messageStart = at;
    return this.#isOfType(assistant);
  }

  listEnd(list: number, at: number): number {
    if (list === field.iterations) return iterationsEnd(this.#line, at);
    return list === field.content && this.#walk.has(field.isSidechain) ? contentEnd(this.#line, at) : -1;
  }

  #isOfType(type: Uint8Array): boolean {
    const start = this.#walk.start(field.type);
    return start >= 0 && startsWith(this.#line.block, start, type);
  }

  #reply(): SkimmedReply | null {
    const walk = this.#walk;
    if (
      walk.has(field.rest) ||
      !walk.isAt(field.usage, openBrace) ||
      !walk.isAt(field.content, openBracket)
    ) {
      return null;
    }
    const { block } = this.#line;
    const atMs = this.#day.read(block, walk.start(field.timestamp), walk.end(field.timestamp));
    const call = skimCall(this.#line, walk.start(field.content) + 1, walk.end(field.content) - 1);
    if (atMs === null || call === undefined) return null;
    const reply = {
      uuid: this.#newText(field.uuid),
      atMs,
      sessionId: this.#id(field.sessionId),
      isSideChain: walk.isAt(field.isSidechain, letterT),
      agentId: this.#name(field.agentId),
      projectPath: this.#text(field.cwd),
      gitBranch: this.#name(field.gitBranch),
      effort: this.#name(field.effort),
      requestId: this.#id(field.requestId),
      messageId: this.#id(field.id),
      model: this.#id(field.model),
      stopReason: this.#name(field.stopReason),
      tokens: this.#tokens(),
      webSearches: this.#count(field.webSearches, mostWebSearches) ?? 0,
      terms: this.#terms.of(this.#name(field.serviceTier), this.#name(field.speed), this.#name(field.region)),
      call,
    };
    return this.#isUsual ? reply : null;
  }

  #tokens(): TokenCounts {
    return toTokens({
      input: this.#count(field.input),
      cacheRead: this.#count(field.cacheRead),
      written: this.#count(field.cacheWrite),
      written5m: this.#count(field.write5m),
      written1h: this.#count(field.write1h),
      output: this.#count(field.output),
      thinking: this.#count(field.thinking),
    });
  }

  /** A count; `null` where it is missing. */
  #count(counted: number, most = maxTokensPerResponse): number | null {
    const start = this.#walk.start(counted);
    if (this.#isMissing(counted)) return null;
    const { block } = this.#line;
    const length = this.#walk.end(counted) - start;
    const count =
      length <= mostDigits && isDigit(block[start] ?? 0) ? numberAt(block, start, length) : most + 1;
    return count <= most ? count : this.#unusual(null);
  }

  /** A text that is another on each line, and none but an id. */
  #newText(named: number): string {
    const { block, start: lineStart } = this.#line;
    const start = this.#walk.start(named) + 1;
    const end = this.#walk.end(named) - 1;
    const isId = this.#walk.isAt(named, quote) && start < end && end - start <= longestText;
    if (!isId || !isPlain(block, start, end)) return this.#unusual('');
    return this.#line.slice(start - lineStart, end - lineStart);
  }

  #id(named: number): string {
    return this.#name(named) || this.#unusual('');
  }

  #name(named: number): string {
    const text = this.#text(named);
    return text.length <= longestText ? text : this.#unusual('');
  }

  /** A text; `''` where it is missing. */
  #text(named: number): string {
    if (this.#isMissing(named)) return '';
    if (!this.#walk.isAt(named, quote)) return this.#unusual('');
    const text = this.#texts[named]?.read(this.#line.block, this.#walk.start(named), this.#walk.end(named));
    return text ?? this.#unusual('');
  }

  #isMissing(sought: number): boolean {
    return !this.#walk.has(sought) || this.#walk.isAt(sought, letterN);
  }

  #unusual<Value>(value: Value): Value {
    this.#isUsual = false;
    return value;
  }
}

const letterN = 0x6e;
const letterT = 0x74;
/** Of a count that is not too large. */
const mostDigits = 9;

/** As {@link Guide.listEnd}: goes on where the iterations repeat the usage of the message, and tell of no other model's. */
function iterationsEnd(line: LogLine, at: number): number {
  const start = at - line.start;
  const end = line.find(']', start) + 1;
  const records = end > 0 ? parseRecords(line.slice(start, end)) : null;
  const isUsual = records?.every((record) => ['', 'message'].includes(nameOf(record, 'type')));
  return isUsual ? line.start + end : -1;
}

/** Terms, which are the same on most lines of a log. */
class LastTerms {
  #names = ['', '', ''];
  #terms: BillingTerms = {};

  of(serviceTier: string, speed: string, region: string): BillingTerms {
    const [lastTier, lastSpeed, lastRegion] = this.#names;
    if (serviceTier !== lastTier || speed !== lastSpeed || region !== lastRegion) {
      this.#names = [serviceTier, speed, region];
      this.#terms = toTerms(serviceTier, speed, region);
    }
    return this.#terms;
  }
}

const noLine: LogLine = {
  block: Buffer.alloc(0),
  start: 0,
  end: 0,
  byteLength: 0,
  head: () => '',
  has: () => false,
  find: () => -1,
  slice: () => '',
  bytes: () => new Uint8Array(),
  text: () => '',
};
