/** Keeping a snapshot of the newest sight between windows. */

import type { Disposable, Memento } from 'vscode';
import { startOfDay } from '../days.ts';
import { Delay } from '../lifetime.ts';
import { packSnapshot, type Snapshot, unpackSnapshot } from '../snapshot.ts';
import type { Sight } from './sessionFeed.ts';

const storageKey = 'snapshot';
const saveAfterMs = 3_000;

export class SessionMemory implements Disposable {
  readonly #memento: Memento;
  readonly #save = new Delay(() => this.#store());
  #sight: Sight | undefined;

  constructor(memento: Memento) {
    this.#memento = memento;
  }

  recall(): Snapshot | undefined {
    return unpackSnapshot(this.#memento.get(storageKey));
  }

  remember(sight: Sight): void {
    this.#sight = sight;
    this.#save.startUnlessRunning(saveAfterMs);
  }

  dispose(): void {
    this.#save.dispose();
  }

  #store(): void {
    if (this.#sight === undefined) return;
    const { page, today } = this.#sight;
    const snapshot: Snapshot = {
      dayStartMs: startOfDay(new Date(), 0),
      today,
      hasSessions: page.totalSessions > 0,
      lastModel: lastModel(this.#sight),
    };
    void this.#memento.update(storageKey, packSnapshot(snapshot));
  }
}

/** The model that the session last active used most. */
export function lastModel({ page }: Sight): string | undefined {
  return page.sessions[0]?.models[0];
}
