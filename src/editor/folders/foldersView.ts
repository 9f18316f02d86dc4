/** The folders view: the tree with the message above it and the progress bar. */

import { type Disposable, EventEmitter, type TreeView, window } from 'vscode';
import { viewIds } from '../../contributions.ts';
import type { FolderPage, FolderSummary } from '../../workers/folderProtocol.ts';
import type { Format } from '../format.ts';
import { Delay, Lifetime } from '../lifetime.ts';
import { folderDescription, folderMessage } from './folderLook.ts';
import { type FolderNode, FoldersTree } from './foldersTree.ts';

/** Rows move while they are counted: more often would be hard to read. */
const redrawMs = 1_000;

export class FoldersView implements Disposable {
  readonly #lifetime = new Lifetime();
  readonly #shown = this.#lifetime.add(new EventEmitter<void>());
  readonly #format: Format;
  readonly #tree: FoldersTree;
  readonly #view: TreeView<FolderNode>;
  readonly #redraw = this.#lifetime.add(new Delay(() => this.#drawRows()));
  #summary: FolderSummary | undefined;
  #finish: (() => void) | undefined;
  /** The view has come into sight. */
  readonly onDidShow = this.#shown.event;

  /** @param ask see {@link FoldersTree} */
  constructor(ask: (folder: string | null, limit: number) => Promise<FolderPage | null>, format: Format) {
    this.#format = format;
    this.#tree = this.#lifetime.add(new FoldersTree(ask, format));
    this.#view = this.#lifetime.add(
      window.createTreeView(viewIds.folders, { treeDataProvider: this.#tree, showCollapseAll: true }),
    );
    this.#lifetime.add(
      this.#view.onDidChangeVisibility(({ visible }) => {
        if (visible) this.#shown.fire();
      }),
    );
    this.#lifetime.add(this.#view.onDidCollapseElement(({ element }) => this.#tree.forget(element)));
  }

  get message(): string {
    return this.#view.message ?? '';
  }

  get isVisible(): boolean {
    return this.#view.visible;
  }

  /** Takes away what was shown: other folders are counted now. */
  clear(): void {
    this.#summary = undefined;
    this.#view.message = '';
    this.#tree.clear();
  }

  /** Shows that something is counted, or that nothing is any more. */
  setBusy(isBusy: boolean): void {
    if (!isBusy) {
      this.#finish?.();
      this.#finish = undefined;
    } else if (this.#finish === undefined) {
      const isOver = new Promise<void>((resolve) => {
        this.#finish = resolve;
      });
      void window.withProgress({ location: { viewId: viewIds.folders } }, () => isOver);
    }
  }

  /** Shows where a count stands: the message at once, the rows as often as one can read them. */
  show(summary: FolderSummary): void {
    const isFirst = this.#summary === undefined;
    this.#summary = summary;
    this.#view.message = folderMessage(summary, this.#format);
    this.#view.description = folderDescription(summary, this.#format);
    if (isFirst || !summary.isCounting) this.#drawRows();
    else this.#redraw.startUnlessRunning(redrawMs);
  }

  /** @param row as VS Code gives it to a command, or anything else */
  showMore(row: unknown): void {
    this.#tree.showMore(isObject(row) && typeof row.folder === 'string' ? row.folder : undefined);
  }

  /** The path that a row stands for; `undefined` for anything else. */
  pathOf(row: unknown): string | undefined {
    const entry = isObject(row) && isObject(row.row) ? row.row : {};
    return typeof entry.path === 'string' ? entry.path : undefined;
  }

  outline(): string[] {
    return this.#tree.outline();
  }

  dispose(): void {
    this.setBusy(false);
    this.#lifetime.dispose();
  }

  #drawRows(): void {
    this.#redraw.cancel();
    if (this.#summary !== undefined) this.#tree.show(this.#summary);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
