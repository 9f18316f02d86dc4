/** A stretch of a text that is counted by itself, and can do without its text once it is. */

/** A chunk longer than this has no safe cut but near its ends, and is not searched for one again. */
const bareLength = 1024;

/** Never another text: that is another chunk, so counts can be kept by chunk. */
export class Chunk {
  /** In UTF-16 code units. */
  readonly length: number;
  #text: string | undefined;
  /** The first two code units and the last two of a text that was let go. */
  #ends = '';

  /** @param text left out where nobody has read it yet */
  constructor(length: number, text?: string) {
    this.length = length;
    this.#text = text;
  }

  /** `undefined` where only the editor has it. */
  get text(): string | undefined {
    return this.#text;
  }

  /** Begins and ends as the text does, by two code units at least; empty where nobody has read the text yet. */
  get edges(): string {
    return this.#text ?? this.#ends;
  }

  get isBare(): boolean {
    return this.length > bareLength;
  }

  letGo(): void {
    if (this.#text === undefined) return;
    this.#ends = this.#text.slice(0, 2) + this.#text.slice(-2);
    this.#text = undefined;
  }

  /** Has a text that was let go again; false when it cannot be the same. */
  takeBack(text: string): boolean {
    const isLike = text.length === this.length && text.slice(0, 2) + text.slice(-2) === this.#ends;
    if (isLike) this.#text = text;
    return isLike;
  }
}
