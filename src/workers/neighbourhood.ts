/** Follows the homes of neighbours: which there are, and what changes in them, of which no watcher hears. */

import type { Machine } from '../agents/reader.ts';
import type { Disk } from './disk.ts';
import { mayHaveNeighbours, type Neighbour, neighboursOf } from './neighbours.ts';

/** Each look asks for the state of every log there, over a file system that takes its time. */
const lookIntervalMs = 5 * 60_000;

export interface NeighbourhoodParts {
  readonly machine: Machine;
  readonly disk: Disk;
  /** Others are there than before. */
  onOthers(neighbours: readonly Neighbour[]): Promise<void>;
  /** It is time to look at what is in their homes. */
  onLook(): Promise<unknown>;
}

export class Neighbourhood {
  readonly #parts: NeighbourhoodParts;
  readonly #mayHaveAny: Promise<boolean>;
  #meeting: Promise<boolean> = Promise.resolve(false);
  #timer: NodeJS.Timeout | undefined;
  #known = '';
  /** A look may take longer than the time to the next. */
  #isLooking = false;
  #isClosed = false;

  constructor(parts: NeighbourhoodParts) {
    this.#parts = parts;
    this.#mayHaveAny = mayHaveNeighbours(parts.machine, parts.disk);
  }

  /** Begins to follow, where there may ever be neighbours. */
  async start(): Promise<void> {
    if (!(await this.#mayHaveAny) || this.#isClosed) return;
    this.#timer = setInterval(() => void this.#look(), lookIntervalMs).unref();
    await this.meet();
  }

  /** Returns whether there are others than before, once they are made use of; one call after the other. */
  meet(): Promise<boolean> {
    const meeting = this.#meeting.then(() => this.#meet());
    this.#meeting = meeting.catch(() => false);
    return meeting;
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#timer);
  }

  async #meet(): Promise<boolean> {
    const { machine, disk, onOthers } = this.#parts;
    if (!(await this.#mayHaveAny)) return false;
    const neighbours = await neighboursOf(machine, disk);
    const homes = neighbours.map((neighbour) => neighbour.reach(neighbour.machine.homeFolder)).join('\n');
    if (this.#isClosed || homes === this.#known) return false;
    this.#known = homes;
    await onOthers(neighbours);
    return true;
  }

  async #look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      const areOthers = await this.meet();
      if (!areOthers && this.#known !== '' && !this.#isClosed) await this.#parts.onLook();
    } finally {
      this.#isLooking = false;
    }
  }
}
