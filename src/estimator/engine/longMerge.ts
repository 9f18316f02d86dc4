/** Merges long pieces in O(n log n): parts in a linked list, their pairs in a heap. */

import { Heap } from './heap.ts';
import { noRank, type Vocabulary } from './vocabulary.ts';

/** Room that is kept for the next piece; a longer one gets room of its own, which goes with it. */
const keptBytes = 4096;

/** A heap key is `rank * positions + position`: of equal ranks the leftmost first, and exact in a double. */
const positions = 2 ** 27;

/** By the byte at which a part begins, counted from the start of the piece. */
interface Room {
  /** Where the part ends. */
  readonly ends: Int32Array;
  /** Where the part before begins. */
  readonly befores: Int32Array;
  /** The rank of what it makes together with the next. */
  readonly ranks: Int32Array;
  readonly heap: Heap;
}

export class LongMerge {
  readonly #vocabulary: Vocabulary;
  readonly #kept = roomFor(keptBytes);

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary;
  }

  count(text: DataView, start: number, end: number): number {
    const length = end - start;
    const room = length > keptBytes ? roomFor(length) : this.#kept;
    this.#begin(room, text, start, length);
    let parts = length;
    for (let key = room.heap.pop(); key >= 0; key = room.heap.pop()) {
      const part = key % positions;
      // A pair that has merged with a neighbour since it came into the heap has another rank by now, or none.
      if (room.ranks[part] !== Math.floor(key / positions)) continue;
      this.#merge(room, text, start, length, part);
      parts -= 1;
    }
    return parts;
  }

  #begin({ ends, befores, ranks, heap }: Room, text: DataView, start: number, length: number): void {
    heap.clear();
    for (let part = 0; part < length; part++) {
      ends[part] = part + 1;
      befores[part] = part - 1;
      const rank = part + 1 < length ? this.#vocabulary.rankOfPair(text, start + part) : noRank;
      ranks[part] = rank;
      if (rank !== noRank) heap.append(rank * positions + part);
    }
    heap.order();
  }

  #merge(room: Room, text: DataView, start: number, length: number, part: number): void {
    const { ends, befores, ranks } = room;
    const next = ends[part] ?? length;
    const end = ends[next] ?? length;
    ends[part] = end;
    if (end < length) befores[end] = part;
    ranks[next] = noRank;
    this.#rank(room, text, start, length, part);
    const before = befores[part] ?? -1;
    if (before >= 0) this.#rank(room, text, start, length, before);
  }

  #rank({ ends, ranks, heap }: Room, text: DataView, start: number, length: number, part: number): void {
    const next = ends[part] ?? length;
    const end = next < length ? (ends[next] ?? length) : length;
    const rank = next < length ? this.#vocabulary.rankOf(text, start + part, start + end) : noRank;
    ranks[part] = rank;
    if (rank !== noRank) heap.push(rank * positions + part);
  }
}

function roomFor(bytes: number): Room {
  return {
    ends: new Int32Array(bytes),
    befores: new Int32Array(bytes),
    ranks: new Int32Array(bytes),
    heap: new Heap(2 * bytes),
  };
}
