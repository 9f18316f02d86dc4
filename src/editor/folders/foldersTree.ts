/** The tree of the folders view: asks the worker for each folder that is open, and holds those pages alone. */

import { sep } from 'node:path';
import {
  type Disposable,
  EventEmitter,
  l10n,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
} from 'vscode';
import type { CommandId } from '../../contributions.ts';
import type { FolderPage, FolderRow, FolderSummary } from '../../workers/folderProtocol.ts';
import type { Format } from '../format.ts';
import { folderRowLook } from './folderLook.ts';
import { folderTooltip } from './folderTooltip.ts';

export type FolderNode =
  | { readonly kind: 'entry'; readonly row: FolderRow; readonly isRoot: boolean; readonly isOnly: boolean }
  /** Stands for the entries of a folder that are not shown yet. */
  | { readonly kind: 'more'; readonly folder: string; readonly hidden: number };

const pageLength = 200;

export class FoldersTree implements TreeDataProvider<FolderNode>, Disposable {
  readonly #changed = new EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #ask: (folder: string | null, limit: number) => Promise<FolderPage | null>;
  readonly #format: Format;
  /** By the path of the folder, the roots below `null`. */
  readonly #pages = new Map<string | null, FolderPage>();
  readonly #limits = new Map<string, number>();
  #summary: FolderSummary | undefined;

  /** @param ask answers `null`, or fails, when there is nothing newer than what was answered before */
  constructor(ask: (folder: string | null, limit: number) => Promise<FolderPage | null>, format: Format) {
    this.#ask = ask;
    this.#format = format;
  }

  /** Draws all that is open anew. */
  show(summary: FolderSummary): void {
    this.#summary = summary;
    this.#changed.fire(undefined);
  }

  /** Forgets what was shown: other folders are counted. */
  clear(): void {
    this.#pages.clear();
    this.#limits.clear();
    this.#summary = undefined;
    this.#changed.fire(undefined);
  }

  /** Shows more entries of a folder; of every folder that has more for `undefined`. */
  showMore(path: string | undefined): void {
    const folders = path === undefined ? [...this.#pages.keys()] : [path];
    for (const folder of folders) {
      const page = this.#pages.get(folder);
      if (folder !== null && page && page.hidden > 0)
        this.#limits.set(folder, this.#limitOf(folder) + pageLength);
    }
    this.#changed.fire(undefined);
  }

  /** What is in a folder that is closed need not be held. */
  forget(node: FolderNode): void {
    if (node.kind === 'more') return;
    const { path } = node.row;
    for (const folder of this.#pages.keys()) {
      if (folder === path || folder?.startsWith(path + sep)) this.#pages.delete(folder);
    }
  }

  async getChildren(node?: FolderNode): Promise<FolderNode[]> {
    if (this.#summary === undefined || node?.kind === 'more') return [];
    const folder = node?.row.path ?? null;
    const page = await this.#load(folder);
    if (page === undefined) return [];
    const isRoot = folder === null;
    const entries = page.rows.map((row): FolderNode => {
      return { kind: 'entry', row, isRoot, isOnly: isRoot && page.rows.length === 1 };
    });
    return isRoot || page.hidden === 0
      ? entries
      : [...entries, { kind: 'more', folder, hidden: page.hidden }];
  }

  getTreeItem(node: FolderNode): TreeItem {
    return node.kind === 'more' ? this.#moreItem(node) : this.#entryItem(node);
  }

  resolveTreeItem(item: TreeItem, node: FolderNode): TreeItem {
    if (node.kind === 'entry' && this.#summary !== undefined) {
      item.tooltip = folderTooltip(node.row, this.#summary, this.#format);
    }
    return item;
  }

  /** Every row that is held with its children indented below it, in text. */
  outline(): string[] {
    const summary = this.#summary;
    if (summary === undefined) return [];
    const lines = (folder: string | null, indent: string): string[] =>
      (this.#pages.get(folder)?.rows ?? []).flatMap((row) => {
        const { label, description } = folderRowLook(row, folder === null, summary, this.#format);
        return [`${indent}${label} | ${description}`, ...lines(row.path, `${indent}  `)];
      });
    return lines(null, '');
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async #load(folder: string | null): Promise<FolderPage | undefined> {
    const page = await this.#ask(folder, this.#limitOf(folder)).catch(() => null);
    if (page !== null) this.#pages.set(folder, page);
    return this.#pages.get(folder);
  }

  #limitOf(folder: string | null): number {
    return (folder === null ? undefined : this.#limits.get(folder)) ?? pageLength;
  }

  #entryItem({ row, isRoot, isOnly }: Extract<FolderNode, { kind: 'entry' }>): TreeItem {
    // A row can be asked for while another count begins; the next change takes it from the view.
    if (this.#summary === undefined) return new TreeItem('');
    const { label, description, spoken } = folderRowLook(row, isRoot, this.#summary, this.#format);
    const item = new TreeItem(label, expansionOf(row, isOnly));
    const uri = Uri.file(row.path);
    item.id = row.path;
    item.description = description;
    item.accessibilityInformation = { label: spoken };
    item.contextValue = row.kind;
    // The two stand for the icons of the user's own theme.
    item.resourceUri = uri;
    item.iconPath = row.kind === 'file' ? ThemeIcon.File : ThemeIcon.Folder;
    if (row.kind === 'file') item.command = { command: 'vscode.open', title: label, arguments: [uri] };
    return item;
  }

  #moreItem(node: Extract<FolderNode, { kind: 'more' }>): TreeItem {
    const item = new TreeItem(l10n.t('Show More'));
    const command: CommandId = 'tokenBurn.showMoreFolderRows';
    // No file has a name with this character in it.
    item.id = `${node.folder}\0more`;
    item.description = this.#format.count(node.hidden);
    item.command = { command, title: l10n.t('Show More'), arguments: [node] };
    return item;
  }
}

function expansionOf({ kind, files }: FolderRow, isOnly: boolean): TreeItemCollapsibleState {
  if (kind === 'file' || files === 0) return TreeItemCollapsibleState.None;
  return isOnly ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
}
