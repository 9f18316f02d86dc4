/** The model that text is counted for: the user's choice, else that of the last active session. */

import { type Disposable, EventEmitter } from 'vscode';
import { Lifetime } from '../lifetime.ts';
import { onSettingChange, readSetting } from '../settings.ts';

const fallbackModel = 'claude-sonnet-5-5';

export class ModelInUse implements Disposable {
  readonly #lifetime = new Lifetime();
  readonly #changed = this.#lifetime.add(new EventEmitter<void>());
  readonly onDidChange = this.#changed.event;
  #lastUsed: string | undefined;

  constructor() {
    this.#lifetime.add(onSettingChange(['tokenBurn.estimate.model'], () => this.#changed.fire()));
  }

  get id(): string {
    return readSetting('tokenBurn.estimate.model') || this.#lastUsed || fallbackModel;
  }

  noteLastUsed(model: string | undefined): void {
    if (model === this.#lastUsed) return;
    this.#lastUsed = model;
    this.#changed.fire();
  }

  dispose(): void {
    this.#lifetime.dispose();
  }
}
