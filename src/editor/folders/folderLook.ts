/** What each row of the folders view shows, as plain values. Names of files are text of strangers. */

import { l10n } from 'vscode';
import type { FolderRow, FolderSummary } from '../../workers/folderProtocol.ts';
import { isRough, mark } from '../estimate/estimateText.ts';
import type { Format } from '../format.ts';
import { toPlainLine } from '../plainText.ts';

export interface FolderRowLook {
  readonly label: string;
  readonly description: string;
  /** The whole row in words, for screen readers. */
  readonly spoken: string;
}

/** @param isRoot whether the row stands for one of the folders that were to be counted */
export function folderRowLook(
  row: FolderRow,
  isRoot: boolean,
  { isCounting }: FolderSummary,
  format: Format,
): FolderRowLook {
  const label = toPlainLine(row.name) || l10n.t('(no name that can be shown)');
  const share = isRoot && row.share === 1 ? [] : [shareText(row.share, format)];
  const states = stateWords(row, isCounting);
  return {
    label,
    description: [mark(row, format.tokens(row.tokens)), ...share, ...states].join(' · '),
    spoken: [label, ...spokenParts(row, format), ...states].join(', '),
  };
}

const smallestShare = 0.001;

function shareText(share: number, format: Format): string {
  return share > 0 && share < smallestShare ? `<${format.share(smallestShare)}` : format.share(share);
}

function stateWords({ isUnreadable, isComplete }: FolderRow, isCounting: boolean): string[] {
  if (isUnreadable) return [l10n.t('unreadable')];
  return isComplete || isCounting ? [] : [l10n.t('incomplete')];
}

function spokenParts(row: FolderRow, format: Format): string[] {
  const number = format.count(row.tokens);
  const tokens = isRough(row) ? l10n.t('tokens: about {0}', number) : l10n.t('tokens: {0}', number);
  const share = l10n.t('{0} of its folder', shareText(row.share, format));
  return row.kind === 'file'
    ? [l10n.t('file'), tokens, share]
    : [l10n.t('folder'), tokens, share, l10n.t('files counted: {0}', format.count(row.files))];
}

/** What stands beside the title: the model, and of several folders their sum. */
export function folderDescription(summary: FolderSummary, format: Format): string {
  const model = toPlainLine(summary.model.name);
  return summary.roots > 1 ? `${mark(summary, format.tokens(summary.tokens))} · ${model}` : model;
}

/** What stands above the rows; empty where there is nothing to say. */
export function folderMessage(summary: FolderSummary, format: Format): string {
  const files = format.count(summary.files);
  const tokens = mark(summary, format.tokens(summary.tokens));
  if (summary.isCounting) return l10n.t('{0} files, {1} tokens so far', files, tokens);
  if (!summary.isComplete) return l10n.t('Stopped at {0} files, {1} tokens.', files, tokens);
  if (summary.files === 0) return l10n.t('There is nothing to count.');
  const { unreadable } = summary.skipped;
  return unreadable === 0 ? '' : l10n.t('Could not be read: {0}.', format.count(unreadable));
}
