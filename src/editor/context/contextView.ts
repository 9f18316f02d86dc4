/** The context view: all that the active prompt would send, part by part. */

import { basename } from 'node:path';
import {
  commands,
  type Disposable,
  l10n,
  type TreeCheckboxChangeEvent,
  TreeItemCheckboxState,
  type TreeView,
  window,
} from 'vscode';
import { viewIds } from '../../contributions.ts';
import { promptAgentNames } from '../../domain/promptAgent.ts';
import type { ContextEstimate } from '../../workers/contextProtocol.ts';
import { registerCommands } from '../commands.ts';
import { ContextKeySetter } from '../contextKeys.ts';
import type { Format } from '../format.ts';
import { Lifetime } from '../lifetime.ts';
import { toPlainLine } from '../plainText.ts';
import { least } from './added.ts';
import { selectAgent } from './agentPick.ts';
import type { ContextFeed } from './contextFeed.ts';
import { ContextTree } from './contextTree.ts';
import type { PartChoices } from './partChoices.ts';
import { mark } from './partWords.ts';

export interface ContextViewParts {
  readonly feed: ContextFeed;
  readonly choices: PartChoices;
  readonly format: Format;
}

export class ContextView implements Disposable {
  readonly #lifetime = new Lifetime();
  readonly #contextKeys = new ContextKeySetter();
  readonly #parts: ContextViewParts;
  readonly #tree: ContextTree;
  readonly #view: TreeView<string>;

  constructor(parts: ContextViewParts) {
    this.#parts = parts;
    this.#tree = this.#lifetime.add(new ContextTree(parts.format));
    this.#view = this.#lifetime.add(
      window.createTreeView(viewIds.context, {
        treeDataProvider: this.#tree,
        manageCheckboxStateManually: true,
      }),
    );
    this.#lifetime.add(parts.feed.onDidLoad(() => this.#draw()));
    this.#lifetime.add(this.#view.onDidChangeVisibility(({ visible }) => parts.feed.setWatched(visible)));
    this.#lifetime.add(this.#view.onDidChangeCheckboxState((change) => void this.#choose(change)));
    for (const command of this.#registerCommands()) this.#lifetime.add(command);
    parts.feed.setWatched(this.#view.visible);
    this.#draw();
  }

  /** Every row with its children indented below it, in text: `[x]` is ticked. */
  outline(): string[] {
    const lines = (id: string, indent: string): string[] => {
      const look = this.#tree.lookOf(id);
      const box = look?.isTicked == null ? '' : look.isTicked ? '[x] ' : '[ ] ';
      const children = this.#tree.getChildren(id).flatMap((child) => lines(child, `${indent}  `));
      return [`${indent}${box}${look?.label ?? ''} | ${look?.description ?? ''}`, ...children];
    };
    return this.#tree.getChildren().flatMap((id) => lines(id, ''));
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  #registerCommands(): Disposable[] {
    const { feed, choices } = this.#parts;
    return registerCommands({
      'tokenBurn.selectAgent': () => selectAgent(feed.agentOf(window.activeTextEditor)),
      'tokenBurn.includeAllParts': async () => {
        await choices.includeAll();
        this.#chosen();
      },
      'tokenBurn.togglePart': (row) => this.#toggle(typeof row === 'string' ? row : this.#view.selection[0]),
    });
  }

  #draw(): void {
    const { feed, choices, format } = this.#parts;
    const context = feed.sight;
    this.#contextKeys.set('tokenBurn.hasPartsLeftOut', choices.hasLeftOut);
    this.#tree.show(context && { context, title: activeTitle() });
    this.#view.description = context === undefined ? '' : viewDescription(context, format);
    this.#view.message = context?.isCut
      ? l10n.t(
          'The prompt is too long to be searched to its end, or names too many files: the rest is not in the sum.',
        )
      : '';
  }

  /** The way of the keyboard: the boxes themselves are far from the focus. */
  async #toggle(id: string | undefined): Promise<void> {
    const part = id === undefined ? undefined : this.#tree.partOf(id);
    if (part === undefined) {
      await commands.executeCommand(`${viewIds.context}.focus`);
      return;
    }
    await this.#parts.choices.choose(part, !part.isIncluded);
    this.#chosen();
  }

  async #choose({ items }: TreeCheckboxChangeEvent<string>): Promise<void> {
    for (const [id, state] of items) {
      const part = this.#tree.partOf(id);
      if (part) await this.#parts.choices.choose(part, state === TreeItemCheckboxState.Checked);
    }
    this.#chosen();
  }

  #chosen(): void {
    this.#contextKeys.set('tokenBurn.hasPartsLeftOut', this.#parts.choices.hasLeftOut);
    this.#parts.feed.want();
  }
}

function activeTitle(): string {
  const document = window.activeTextEditor?.document;
  return document ? toPlainLine(basename(document.fileName)) : l10n.t('Prompt');
}

/** The sum of all, which the view has no row for. */
function viewDescription({ agent, whole, isLeast }: ContextEstimate, format: Format): string {
  const number = format.tokens(whole.tokens);
  const tokens = isLeast ? least(true, number) : mark(whole, number);
  return l10n.t('{0} tokens · {1}', tokens, promptAgentNames[agent]);
}
