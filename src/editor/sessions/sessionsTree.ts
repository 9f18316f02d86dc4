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
  /** What VS Code was given to draw, as one comparable text a row. The rows that it never asked for need no look. */
  readonly #drawn = new Map<RowId, string>();
  #rows: SessionRows = noRows;
  #nowMs = 0;
  #isSample = false;

  constructor(format: Format) {
    this.#format = format;
  }

  show(content: TreeContent, nowMs: number): void {
    const before = this.#rows;
    this.#rows = buildRows(content, nowMs);
    this.#nowMs = nowMs;
    this.#isSample = content.isSample;
    for (const id of this.#drawn.keys()) if (!this.#rows.byId.has(id)) this.#drawn.delete(id);
    const changed = changedRows(before, this.#rows, (row) => this.#looksDifferent(row));
    for (const id of changed ?? this.#drawn.keys()) this.#drawn.delete(id);
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
    const row = this.row(id);
    // A row can be gone by the time that VS Code asks for it; the next change takes it from the view.
    if (row === undefined) return new TreeItem('');
    const look = this.look(row);
    this.#drawn.set(id, JSON.stringify(look));
    return toTreeItem(id, look);
  }

  look(row: Row): RowLook {
    return lookOf(row, this.#format, this.#nowMs);
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

  #looksDifferent(row: Row): boolean {
    const drawn = this.#drawn.get(row.id);
    return drawn !== undefined && drawn !== JSON.stringify(this.look(row));
  }
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
