/** All that is known of a folder or a file that was counted, for its hover. */

import { l10n, MarkdownString } from 'vscode';
import type { SkipReason } from '../../folders/tokenTree.ts';
import type { FolderRow, FolderSummary } from '../../workers/folderProtocol.ts';
import { isRough, mark, spokenPrecision } from '../estimate/estimateText.ts';
import type { Format } from '../format.ts';
import { hoverTable } from '../hoverTable.ts';
import { toPlainLine, toPlainPath } from '../plainText.ts';

export function folderTooltip(row: FolderRow, { model }: FolderSummary, format: Format): MarkdownString {
  const markdown = new MarkdownString();
  markdown.appendMarkdown('**').appendText(toPlainPath(row.path)).appendMarkdown('**\n\n');
  markdown.appendText(toPlainLine(model.name)).appendMarkdown('\n\n');
  const rows = [...countRows(row, model.contextWindowTokens, format), ...skippedRows(row, format)];
  markdown.appendMarkdown(`${hoverTable(['', ''], rows)}\n\n`);
  return markdown.appendMarkdown(spokenPrecision(row, format));
}

type TableRow = readonly [string, string];

function countRows(row: FolderRow, windowTokens: number | null, format: Format): readonly TableRow[] {
  const { tokens, cost, errorShare } = row;
  const margin = isRough(row) ? ` ±${format.share(errorShare)}` : '';
  const ofWindow =
    windowTokens === null
      ? l10n.t('unknown')
      : l10n.t('{0} of {1}', format.share(tokens / windowTokens), format.tokens(windowTokens));
  return [
    [l10n.t('Tokens'), `${mark(row, format.count(tokens))}${margin}`],
    [l10n.t('Context window'), ofWindow],
    [
      l10n.t('Sent once, nothing cached'),
      cost === null ? l10n.t('unpriced') : mark(row, format.dollars(cost)),
    ],
    ...(row.kind === 'folder' ? [[l10n.t('Files counted'), format.count(row.files)] as const] : []),
  ];
}

function skippedRows({ skipped }: FolderRow, format: Format): readonly TableRow[] {
  const reasons: readonly (readonly [SkipReason, string])[] = [
    ['ignored', l10n.t('Left out by ignore files and settings')],
    ['binary', l10n.t('Left out as binary')],
    ['tooLarge', l10n.t('Left out as larger than 100 MB')],
    ['unreadable', l10n.t('Left out as unreadable')],
    ['link', l10n.t('Links, not followed')],
    ['special', l10n.t('Devices, pipes and sockets')],
  ];
  return reasons.flatMap(([reason, words]) =>
    skipped[reason] === 0 ? [] : [[words, format.count(skipped[reason])] as const],
  );
}
