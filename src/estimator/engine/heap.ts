/** A binary heap of numbers, the least first, in room of a fixed size. */
export class Heap {
  readonly #keys: Float64Array;
  #size = 0;

  constructor(capacity: number) {
    this.#keys = new Float64Array(capacity);
  }

  clear(): void {
    this.#size = 0;
  }

  /** Adds a key out of order: `order` must follow. */
  append(key: number): void {
    this.#keys[this.#size++] = key;
  }

  order(): void {
    for (let at = (this.#size >>> 1) - 1; at >= 0; at--) this.#sink(at, this.#keys[at] ?? 0);
  }

  push(key: number): void {
    const keys = this.#keys;
    let at = this.#size++;
    while (at > 0) {
      const parent = (at - 1) >>> 1;
      const above = keys[parent] ?? 0;
      if (above <= key) break;
      keys[at] = above;
      at = parent;
    }
    keys[at] = key;
  }

  /** Takes out the least key; -1 when there is none. */
  pop(): number {
    if (this.#size === 0) return -1;
    const least = this.#keys[0] ?? -1;
    this.#size -= 1;
    if (this.#size > 0) this.#sink(0, this.#keys[this.#size] ?? 0);
    return least;
  }

  /** Puts a key where `hole` is or below it. */
  #sink(hole: number, key: number): void {
    const keys = this.#keys;
    const size = this.#size;
    let at = hole;
    for (let child = 2 * at + 1; child < size; child = 2 * at + 1) {
      const left = keys[child] ?? 0;
      const right = child + 1 < size ? (keys[child + 1] ?? 0) : Number.POSITIVE_INFINITY;
      const least = Math.min(left, right);
      if (least >= key) break;
      keys[at] = least;
      at = left <= right ? child : child + 1;
    }
    keys[at] = key;
  }
}
