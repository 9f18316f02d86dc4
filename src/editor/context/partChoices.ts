/** Which parts the user left out of prompts in this workspace, or took in. */

import type { Memento } from 'vscode';
import type { CountedPart } from '../../workers/contextProtocol.ts';

const storageKey = 'context.choices';
/** More than a project has instruction files; the oldest choices go first. */
const mostChoices = 500;

export type Choices = Readonly<Record<string, boolean>>;

export class PartChoices {
  readonly #memento: Memento;

  constructor(memento: Memento) {
    this.#memento = memento;
  }

  /** By the ids of parts, whether they are included where that is not as the agent has it. */
  get all(): Choices {
    const stored: unknown = this.#memento.get(storageKey);
    if (typeof stored !== 'object' || stored === null) return {};
    return Object.fromEntries(Object.entries(stored).filter(([, value]) => typeof value === 'boolean'));
  }

  get hasLeftOut(): boolean {
    return Object.values(this.all).includes(false);
  }

  /** What is chosen as the agent has it needs no memory. */
  async choose({ id, isSent }: CountedPart, isIncluded: boolean): Promise<void> {
    const { [id]: _before, ...others } = this.all;
    const choices = isIncluded === isSent ? others : { ...others, [id]: isIncluded };
    await this.#store(choices);
  }

  /** Takes everything back in that was left out. */
  async includeAll(): Promise<void> {
    await this.#store(Object.fromEntries(Object.entries(this.all).filter(([, isIncluded]) => isIncluded)));
  }

  async #store(choices: Choices): Promise<void> {
    await this.#memento.update(storageKey, Object.fromEntries(Object.entries(choices).slice(-mostChoices)));
  }
}
