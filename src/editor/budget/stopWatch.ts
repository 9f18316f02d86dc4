/** Says when a session went on after it was stopped: once, and only in the window that is looked at. */

import { l10n, type Memento, window } from 'vscode';
import type { SessionNode } from '../../ledger/views.ts';
import type { Format } from '../format.ts';
import { withoutLinks } from '../plainText.ts';
import { sessionName } from '../sessions/sessionName.ts';

/** In the memory that all windows share: the time of the newest stop of which it was said. */
const toldKey = 'budgets.toldStopMs';

export class StopWatch {
  readonly #storage: Memento;
  readonly #format: Format;
  readonly #show: (session: SessionNode) => void;

  constructor(storage: Memento, format: Format, show: (session: SessionNode) => void) {
    this.#storage = storage;
    this.#format = format;
    this.#show = show;
  }

  look(sessions: readonly SessionNode[]): void {
    if (!window.state.focused) return;
    const toldMs = this.#storage.get<number>(toldKey, 0);
    const failed = sessions.filter(({ stop }) => stop !== null && !stop.isHeld && stop.atMs > toldMs);
    const [newest] = failed.toSorted((a, b) => (b.stop?.atMs ?? 0) - (a.stop?.atMs ?? 0));
    if (newest === undefined) return;
    void this.#storage.update(toldKey, newest.stop?.atMs);
    void this.#tell(newest);
  }

  async #tell(session: SessionNode): Promise<void> {
    const show = l10n.t('Show Session');
    const name = withoutLinks(sessionName(session, this.#format));
    const answer = await window.showWarningMessage(
      l10n.t('The session "{0}" went on after it was stopped. End it in its own program.', name),
      show,
    );
    if (answer === show) this.#show(session);
  }
}
