/** Counts giant runs, which were only guessed at, as soon as nobody types in their document. */

import type { EstimatorEvent } from './estimatorProtocol.ts';
import type { FollowedDocuments } from './followedDocuments.ts';

export interface SettlerParts {
  /** Lets other messages be read. */
  pause(): Promise<void>;
  /** Waits for as long as nobody should have typed. */
  rest(): Promise<void>;
  send(event: EstimatorEvent): void;
}

export class Settler {
  readonly #documents: FollowedDocuments;
  readonly #parts: SettlerParts;
  /** The documents that are waited for. */
  readonly #waiting = new Set<string>();

  constructor(documents: FollowedDocuments, parts: SettlerParts) {
    this.#documents = documents;
    this.#parts = parts;
  }

  /** Says so by an event when there was something to count. */
  settle(uri: string): void {
    if (this.#waiting.has(uri)) return;
    this.#waiting.add(uri);
    void this.#settle(uri).finally(() => this.#waiting.delete(uri));
  }

  async #settle(uri: string): Promise<void> {
    await this.#calm(uri);
    let hasSettled = false;
    while (this.#documents.get(uri)?.settle()) {
      hasSettled = true;
      await this.#parts.pause();
    }
    if (hasSettled) this.#parts.send({ kind: 'settled', uri });
  }

  /** Waits until the document has stayed as it is for a while. */
  async #calm(uri: string): Promise<void> {
    let version: number | undefined;
    do {
      version = this.#documents.get(uri)?.version;
      await this.#parts.rest();
    } while (this.#documents.get(uri)?.version !== version);
  }
}
