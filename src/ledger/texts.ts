/** Texts that repeat, each by its number. */

export class Texts {
  readonly #all: string[];
  readonly #numbers: Map<string, number>;
  #last: string | undefined;
  #lastNumber = -1;

  /** @param texts those that there are, by their numbers */
  constructor(texts: readonly string[]) {
    this.#all = [...texts];
    this.#numbers = new Map(texts.map((text, number) => [text, number]));
  }

  get all(): readonly string[] {
    return this.#all;
  }

  numberOf(text: string): number {
    if (text === this.#last) return this.#lastNumber;
    let number = this.#numbers.get(text);
    if (number === undefined) {
      number = this.#all.push(text) - 1;
      this.#numbers.set(text, number);
    }
    this.#last = text;
    this.#lastNumber = number;
    return number;
  }

  /** @throws RangeError where there is no such text */
  textOf(number: number): string {
    const text = this.#all[number];
    if (text === undefined) throw new RangeError('no such text');
    return text;
  }
}
