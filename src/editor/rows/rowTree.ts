/** A tree of a view that is drawn from rows by id, with the smallest redraw for each change. */

import {
  type Disposable,
  EventEmitter,
  type MarkdownString,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
} from 'vscode';
import { changedRows } from './rowChanges.ts';
import type { RowLook } from './rowLook.ts';
import { type RowId, type RowPlace, type Rows, toRows } from './rows.ts';

/** How rows look; asked anew for each drawing. */
export interface RowLooks<Row> {
  lookOf(row: Row): RowLook;
  /** `undefined` where the row says all in words. */
  tooltipOf(row: Row): MarkdownString | undefined;
}

export class RowTree<Row extends RowPlace> implements TreeDataProvider<RowId>, Disposable {
  readonly #changed = new EventEmitter<RowId[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  /** What VS Code was given to draw, as one comparable text a row. The rows that it never asked for need no look. */
  readonly #drawn = new Map<RowId, string>();
  #rows: Rows<Row> = toRows<Row>([]);
  #looks: RowLooks<Row>;

  constructor(looks: RowLooks<Row>) {
    this.#looks = looks;
  }

  show(rows: Rows<Row>, looks: RowLooks<Row>): void {
    const before = this.#rows;
    this.#rows = rows;
    this.#looks = looks;
    for (const id of this.#drawn.keys()) if (!rows.byId.has(id)) this.#drawn.delete(id);
    const changed = changedRows(before, rows, (row) => this.#looksDifferent(row));
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
    const look = this.#looks.lookOf(row);
    this.#drawn.set(id, JSON.stringify(look));
    return toTreeItem(id, look);
  }

  resolveTreeItem(item: TreeItem, id: RowId): TreeItem {
    const row = this.row(id);
    item.tooltip = (row && this.#looks.tooltipOf(row)) ?? item.accessibilityInformation?.label;
    return item;
  }

  /** Every row with its children indented below it, in text. */
  outline(): string[] {
    const lines = (id: RowId, indent: string): string[] => {
      const row = this.row(id);
      const look = row && this.#looks.lookOf(row);
      const children = this.getChildren(id).flatMap((child) => lines(child, `${indent}  `));
      return [`${indent}${look?.label ?? ''} | ${look?.description ?? ''}`, ...children];
    };
    return this.getChildren().flatMap((id) => lines(id, ''));
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #looksDifferent(row: Row): boolean {
    const drawn = this.#drawn.get(row.id);
    return drawn !== undefined && drawn !== JSON.stringify(this.#looks.lookOf(row));
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
  if (look.command) {
    const about = look.isAboutRow ? { arguments: [id] } : {};
    item.command = { command: look.command, title: look.label, ...about };
  }
  return item;
}
