/** The progress bar of the sessions view, while a ledger reads logs. */

import { type Disposable, window } from 'vscode';
import { viewIds } from '../../contributions.ts';
import type { LedgerStatus } from '../../workers/ledgerProtocol.ts';

export class ScanProgress implements Disposable {
  #finish: (() => void) | undefined;

  show({ phase, progress }: LedgerStatus): void {
    const isReading = phase === 'scanning' && progress !== undefined;
    if (!isReading) this.dispose();
    else if (this.#finish === undefined) this.#begin();
  }

  dispose(): void {
    this.#finish?.();
    this.#finish = undefined;
  }

  #begin(): void {
    const isOver = new Promise<void>((resolve) => {
      this.#finish = resolve;
    });
    void window.withProgress({ location: { viewId: viewIds.sessions } }, () => isOver);
  }
}
