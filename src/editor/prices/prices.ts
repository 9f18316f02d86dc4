/**
 * Prices in the editor: of models that no price list knows, and newer ones for all. What the commands need is loaded
 * with the first of them.
 */

import { type Disposable, type LogOutputChannel, l10n, type Memento, window } from 'vscode';
import { registerCommands } from '../commands.ts';
import { Delay, Lifetime } from '../lifetime.ts';
import { readSetting } from '../settings.ts';
import type { PriceParts } from './priceCommands.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** In the memory that all windows share. */
const lastUpdateKey = 'prices.lastUpdateMs';

export class Prices implements Disposable {
  readonly #lifetime = new Lifetime();
  readonly #parts: PriceParts;
  readonly #log: LogOutputChannel;
  readonly #storage: Memento;
  readonly #nextLook = this.#lifetime.add(new Delay(() => void this.#look()));

  constructor(parts: PriceParts, log: LogOutputChannel, storage: Memento) {
    this.#parts = parts;
    this.#log = log;
    this.#storage = storage;
    const commands = registerCommands({
      'tokenBurn.showUnpricedModels': (model) =>
        this.#attempt((loaded) =>
          loaded.showUnpricedModels(parts, typeof model === 'string' ? model : undefined),
        ),
      'tokenBurn.recomputeCosts': () => this.#attempt((loaded) => loaded.recomputeCosts(parts)),
      'tokenBurn.updatePrices': () => this.#attempt((loaded) => loaded.updateAndRecompute(parts)),
    });
    for (const command of commands) this.#lifetime.add(command);
    this.#nextLook.restart(minuteMs);
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  /** The ledger may be away, and the settings may be damaged: then the command says so. */
  async #attempt(command: (loaded: typeof import('./priceCommands.ts')) => Promise<void>): Promise<void> {
    try {
      await command(await import('./priceCommands.ts'));
    } catch (error) {
      const message = messageOf(error);
      this.#log.error(`Prices: ${message}`);
      void window.showErrorMessage(l10n.t('That did not work: {0}', message));
    }
  }

  /** Downloads newer prices when the setting wants it and none were asked for within a day, in whatever window. */
  async #look(): Promise<void> {
    this.#nextLook.restart(hourMs);
    const lastMs = this.#storage.get<number>(lastUpdateKey, 0);
    if (!readSetting('tokenBurn.priceUpdates.automatic') || Date.now() - lastMs < dayMs) return;
    try {
      await this.#storage.update(lastUpdateKey, Date.now());
      const { updateInBackground } = await import('./priceCommands.ts');
      this.#log.info(`Prices by themselves: ${await updateInBackground(this.#parts)}`);
    } catch (error) {
      this.#log.error(`Prices: ${messageOf(error)}`);
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
