/** Keeping the newest snapshot between windows. */

import type { Disposable, Memento } from 'vscode';
import { Delay } from '../lifetime.ts';
import { type Snapshot, toSnapshot } from '../snapshot.ts';

const storageKey = 'snapshot';
const saveAfterMs = 3_000;

export class SessionMemory implements Disposable {
  readonly #memento: Memento;
  readonly #save = new Delay(() => void this.#memento.update(storageKey, this.#newest));
  #newest: Snapshot | undefined;

  constructor(memento: Memento) {
    this.#memento = memento;
  }

  recall(): Snapshot | undefined {
    return toSnapshot(this.#memento.get(storageKey));
  }

  remember(snapshot: Snapshot): void {
    this.#newest = snapshot;
    this.#save.startUnlessRunning(saveAfterMs);
  }

  dispose(): void {
    this.#save.dispose();
  }
}
