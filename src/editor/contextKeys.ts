/** Context keys of the contributions table, told to VS Code when they change. */

import { commands } from 'vscode';
import type { ContextKey, ContextKeys } from '../contributions.ts';

export class ContextKeySetter {
  readonly #told = new Map<ContextKey, unknown>();

  set<Key extends ContextKey>(key: Key, value: ContextKeys[Key]): void {
    if (this.#told.get(key) === value) return;
    this.#told.set(key, value);
    void commands.executeCommand('setContext', key, value);
  }
}
