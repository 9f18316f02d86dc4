/**
 * Holds what a conversation added to each prompt against what the next receipt says that it grew by. Keeps no text
 * longer than until that receipt.
 */

import type { AgentId } from '../domain/agent.ts';
import type { Passage, ReplyPassage } from '../domain/conversation.ts';
import type { ReceiptId } from '../domain/receipt.ts';
import type { Variance } from '../domain/variance.ts';

/** A text as it is estimated for a model before any calibration. */
export interface RawEstimate {
  readonly tokens: number;
  /** The model's own encoding is known: there is nothing to learn but what the log does not show. */
  readonly isExact: boolean;
  /** See `Variance.scale`. */
  readonly scale: number;
}

export type EstimateRaw = (model: string, text: string) => RawEstimate;

/** What frames a message or a result, which no text shows: some tokens in every provider's format. */
const frameTokens = 4;
/** Below so many tokens frames and notices weigh more than the text. */
const fewestTokens = 300;
/** In UTF-16 code units. More than this between two replies is not held in memory. */
const mostText = 500_000;

export class VarianceFinder {
  readonly #agent: AgentId;
  readonly #estimate: EstimateRaw;
  readonly #found: (variance: Variance) => void;
  #texts: string[] = [];
  #ownTexts: string[] = [];
  #length = 0;
  #isBroken = false;
  #isOpening: boolean;
  #last: ReplyPassage | undefined;
  readonly #seen = new Set<string>();

  /** @param isFromStart whether the passages begin where the log does */
  constructor(
    agent: AgentId,
    estimate: EstimateRaw,
    isFromStart: boolean,
    found: (variance: Variance) => void,
  ) {
    this.#agent = agent;
    this.#estimate = estimate;
    this.#found = found;
    this.#isOpening = isFromStart;
  }

  take(passage: Passage): void {
    if (passage.kind === 'gap') this.#break();
    else if (passage.kind === 'reply') this.#takeReply(passage);
    else this.#takeText(passage);
  }

  #break(): void {
    this.#isBroken = true;
    this.#forgetTexts();
  }

  #takeText({ author, text }: Extract<Passage, { kind: 'text' }>): void {
    if (this.#isBroken) return;
    this.#length += text.length;
    (author === 'agent' ? this.#ownTexts : this.#texts).push(text);
    if (this.#length > mostText) this.#break();
  }

  #takeReply(reply: ReplyPassage): void {
    const key = keyOf(reply.id);
    if (this.#last === undefined || keyOf(this.#last.id) !== key) this.#enter(reply, this.#seen.has(key));
    this.#seen.add(key);
    this.#last = reply;
  }

  /** @param isRepeated a copy of what stands above: between the two anything may have been sent */
  #enter(reply: ReplyPassage, isRepeated: boolean): void {
    if (!this.#isBroken && !isRepeated) this.#compare(reply);
    this.#isOpening = false;
    this.#isBroken = isRepeated;
    this.#forgetTexts();
  }

  #compare(reply: ReplyPassage): void {
    if (this.#isOpening) this.#compareOpening(reply);
    else if (this.#last?.model === reply.model) this.#compareAddition(reply, this.#last);
  }

  #compareOpening(reply: ReplyPassage): void {
    const estimate = this.#estimateAll(reply.model, this.#texts);
    if (estimate !== undefined && reply.promptTokens > estimate.tokens) {
      this.#tell('opening', reply, estimate, reply.promptTokens);
    }
  }

  #compareAddition(reply: ReplyPassage, last: ReplyPassage): void {
    const billed = reply.promptTokens - last.promptTokens - last.outputTokens;
    if (billed <= 0) return;
    const estimate = this.#estimateAll(reply.model, [...this.#texts, ...this.#ownTexts]);
    if (estimate === undefined || estimate.isExact || estimate.tokens < fewestTokens) return;
    this.#tell('addition', reply, estimate, billed);
  }

  #estimateAll(model: string, texts: readonly string[]): RawEstimate | undefined {
    return texts
      .map((text) => this.#estimate(model, text))
      .reduce<RawEstimate | undefined>(
        (sum, one) => ({ ...one, tokens: (sum?.tokens ?? 0) + one.tokens + frameTokens }),
        undefined,
      );
  }

  #tell(kind: Variance['kind'], reply: ReplyPassage, estimate: RawEstimate, billedTokens: number): void {
    const { id, model, atMs, projectPath } = reply;
    const { tokens: estimatedTokens, scale } = estimate;
    this.#found({
      agent: this.#agent,
      id,
      model,
      atMs,
      projectPath,
      kind,
      estimatedTokens,
      billedTokens,
      scale,
    });
  }

  #forgetTexts(): void {
    this.#texts = [];
    this.#ownTexts = [];
    this.#length = 0;
  }
}

function keyOf({ response, request }: ReceiptId): string {
  return `${response}\0${request}`;
}
