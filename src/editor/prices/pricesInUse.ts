/** The prices that workers which estimate go by: each knows those that it was started with, or told of since. */

import { type Disposable, EventEmitter } from 'vscode';
import type { UserPrices } from '../../workers/priceSources.ts';
import { Lifetime } from '../lifetime.ts';
import { readUserPrices } from '../sessions/ledgerSettings.ts';
import { onSettingChange } from '../settings.ts';

export class PricesInUse implements Disposable {
  readonly #lifetime = new Lifetime();
  readonly #changed = this.#lifetime.add(new EventEmitter<void>());
  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#lifetime.add(
      onSettingChange(['tokenBurn.prices', 'tokenBurn.ledger.folder'], () => this.#changed.fire()),
    );
  }

  get sources(): UserPrices {
    return readUserPrices();
  }

  /** Another catalogue is in use now. */
  noteCatalogue(): void {
    this.#changed.fire();
  }

  dispose(): void {
    this.#lifetime.dispose();
  }
}
