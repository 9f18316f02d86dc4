/** The tree of the sessions view: rows by id, and the smallest redraw for each change. */

import {
  type Disposable,
  EventEmitter,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
} from 'vscode';
import type { Format } from '../format.ts';
import { changedRows } from './rowChanges.ts';
import { lookOf, type RowLook } from './rowLook.ts';
import { buildRows, noRows, type Row, type RowId, type RowSource, type SessionRows } from './sessionRows.ts';
import { sessionTooltip } from './sessionTooltip.ts';

/** What the tree is drawn from. */
export interface TreeContent extends RowSource {
  readonly isSample: boolean;
}

export class SessionsTree implements TreeDataProvider<RowId>, Disposable {
  readonly #changed = new EventEmitter<RowId[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #format: Format;
  #rows: SessionRows = noRows;
  #looks = new Map<RowId, RowLook>();
  #isSample = false;

  constructor(format: Format) {
    this.#format = format;
  }

  show(content: TreeContent, nowMs: number): void {
    const rows = buildRows(content, nowMs);
    const looks = new Map([...rows.byId].map(([id, row]) => [id, lookOf(row, this.#format, nowMs)]));
    const changed = changedRows(this.#rows, toText(this.#looks), rows, toText(looks));
    this.#rows = rows;
    this.#looks = looks;
    this.#isSample = content.isSample;
    if (changed === undefined) this.#changed.fire(undefined);
    else if (changed.length > 0) this.#changed.fire([...changed]);
  }

  row(id: RowId): Row | undefined {
    return this.#rows.byId.get(id);
  }

  getChildren(id?: RowId): RowId[] {
    return [...(id === undefined ? this.#rows.roots : (this.row(id)?.children ?? []))];
  }

  getParent(id: RowId): RowId | undefined {
    return this.row(id)?.parent;
  }

  getTreeItem(id: RowId): TreeItem {
    const look = this.#looks.get(id);
    // A row can be gone by the time that VS Code asks for it; the next change takes it from the view.
    return look ? toTreeItem(id, look) : new TreeItem('');
  }

  resolveTreeItem(item: TreeItem, id: RowId): TreeItem {
    const row = this.row(id);
    item.tooltip =
      row?.kind === 'session'
        ? sessionTooltip(row.session, this.#isSample, this.#format)
        : item.accessibilityInformation?.label;
    return item;
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

function toText(looks: ReadonlyMap<RowId, RowLook>): Map<RowId, string> {
  return new Map([...looks].map(([id, look]) => [id, JSON.stringify(look)]));
}

const expansions: Readonly<Record<RowLook['expansion'], TreeItemCollapsibleState>> = {
  none: TreeItemCollapsibleState.None,
  open: TreeItemCollapsibleState.Expanded,
  closed: TreeItemCollapsibleState.Collapsed,
};

function toTreeItem(id: RowId, look: RowLook): TreeItem {
  const item = new TreeItem(look.label, expansions[look.expansion]);
  item.id = id;
  item.contextValue = look.contextValue;
  item.accessibilityInformation = { label: look.spoken };
  if (look.description !== undefined) item.description = look.description;
  if (look.icon) {
    const { id: icon, color } = look.icon;
    item.iconPath = color ? new ThemeIcon(icon, new ThemeColor(color)) : new ThemeIcon(icon);
  }
  if (look.command) item.command = { command: look.command, title: look.label };
  return item;
}
