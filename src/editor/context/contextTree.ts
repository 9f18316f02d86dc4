/** The tree of the context view. */

import {
  type Disposable,
  EventEmitter,
  l10n,
  MarkdownString,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCheckboxState,
  TreeItemCollapsibleState,
  Uri,
} from 'vscode';
import type { ContextEstimate, CountedPart } from '../../workers/contextProtocol.ts';
import type { Format } from '../format.ts';
import { toPlainLine } from '../plainText.ts';
import { buildRows, childrenOf, lookOf, noRows, type Row, type RowLook, type Rows } from './contextRows.ts';
import { contentSentence, countSentence, problemSentence, reasonSentence } from './partWords.ts';

/** A prompt with all that it sends, and its name. */
export interface ShownContext {
  readonly context: ContextEstimate;
  readonly title: string;
}

export class ContextTree implements TreeDataProvider<string>, Disposable {
  readonly #changed = new EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #format: Format;
  #shown: ShownContext | undefined;
  #rows: Rows = noRows;
  #drawn = '';

  constructor(format: Format) {
    this.#format = format;
  }

  show(shown: ShownContext | undefined): void {
    this.#shown = shown;
    this.#rows = shown === undefined ? noRows : buildRows(shown.context);
    const drawn = JSON.stringify([...this.#rows.byId].map(([id, row]) => [id, this.look(row)]));
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.#changed.fire(undefined);
  }

  /** The part that a row stands for; `undefined` for the other rows. */
  partOf(id: string): CountedPart | undefined {
    const row = this.#rows.byId.get(id);
    return row?.kind === 'part' ? row.part : undefined;
  }

  getChildren(id?: string): string[] {
    return [...(id === undefined ? this.#rows.roots : childrenOf(this.#rows.byId.get(id)))];
  }

  getTreeItem(id: string): TreeItem {
    const row = this.#rows.byId.get(id);
    const look = row && this.look(row);
    // A row can be gone by the time that VS Code asks for it; the next change takes it from the view.
    return look === undefined ? new TreeItem('') : toTreeItem(id, look);
  }

  look(row: Row): RowLook | undefined {
    return this.#shown && lookOf(row, this.#shown.context, this.#shown.title, this.#format);
  }

  lookOf(id: string): RowLook | undefined {
    const row = this.#rows.byId.get(id);
    return row && this.look(row);
  }

  resolveTreeItem(item: TreeItem, id: string): TreeItem {
    const part = this.partOf(id);
    item.tooltip =
      part === undefined || this.#shown === undefined
        ? item.accessibilityInformation?.label
        : partTooltip(part, this.#shown.context, this.#format);
    return item;
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

function partTooltip(part: CountedPart, { agent }: ContextEstimate, format: Format): MarkdownString {
  const markdown = new MarkdownString();
  const sentences = [
    countSentence(part, format),
    reasonSentence(part, agent),
    problemSentence(part),
    contentSentence(part, format),
  ];
  markdown.appendText(toPlainLine(Uri.file(part.path).fsPath));
  for (const sentence of sentences.filter((text) => text !== '')) {
    markdown.appendMarkdown('\n\n').appendText(sentence);
  }
  return markdown;
}

const icons: Readonly<Record<Exclude<RowLook['icon'], null>, ThemeIcon>> = {
  text: new ThemeIcon('edit'),
  agent: new ThemeIcon('robot'),
  file: ThemeIcon.File,
  folder: ThemeIcon.Folder,
  image: new ThemeIcon('file-media'),
  warning: new ThemeIcon('warning'),
};

function toTreeItem(id: string, look: RowLook): TreeItem {
  const isGroup = look.icon === null;
  const item = new TreeItem(
    look.label,
    isGroup ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.None,
  );
  item.id = id;
  item.description = look.description;
  item.accessibilityInformation = { label: look.spoken };
  if (look.icon !== null) item.iconPath = icons[look.icon];
  if (look.isTicked !== null) {
    item.contextValue = 'part';
    item.checkboxState = checkbox(look.label, look.isTicked);
  }
  if (look.opens !== null) {
    const uri = Uri.file(look.opens);
    item.resourceUri = uri;
    item.command = { command: 'vscode.open', title: look.label, arguments: [uri] };
  }
  return item;
}

function checkbox(name: string, isTicked: boolean): Exclude<TreeItem['checkboxState'], undefined> {
  return {
    state: isTicked ? TreeItemCheckboxState.Checked : TreeItemCheckboxState.Unchecked,
    tooltip: isTicked ? l10n.t('Leave out of the count') : l10n.t('Take into the count'),
    accessibilityInformation: { label: l10n.t('Count {0}', name), role: 'checkbox' },
  };
}
