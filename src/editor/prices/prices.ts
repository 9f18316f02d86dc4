/** Prices in the editor: what a model costs when no price list knows it. What the commands need is loaded with the first. */

import { type Disposable, type LogOutputChannel, l10n, window } from 'vscode';
import { registerCommands } from '../commands.ts';
import { Lifetime } from '../lifetime.ts';
import type { PriceParts } from './priceCommands.ts';

export class Prices implements Disposable {
  readonly #lifetime = new Lifetime();
  readonly #log: LogOutputChannel;

  constructor(parts: PriceParts, log: LogOutputChannel) {
    this.#log = log;
    const commands = registerCommands({
      'tokenBurn.showUnpricedModels': (model) =>
        this.#attempt(async () =>
          (await import('./priceCommands.ts')).showUnpricedModels(
            parts,
            typeof model === 'string' ? model : undefined,
          ),
        ),
      'tokenBurn.recomputeCosts': () =>
        this.#attempt(async () => (await import('./priceCommands.ts')).recomputeCosts(parts)),
    });
    for (const command of commands) this.#lifetime.add(command);
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  /** The ledger may be away, and the settings may be damaged: then the command says so. */
  async #attempt(command: () => Promise<void>): Promise<void> {
    try {
      await command();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#log.error(`Prices: ${message}`);
      void window.showErrorMessage(l10n.t('That did not work: {0}', message));
    }
  }
}
