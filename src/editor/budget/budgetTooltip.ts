/** How budgets stand, for hovers. Names of strangers go in as text: they may hold markdown and links. */

import { l10n, MarkdownString } from 'vscode';
import type { Standing } from '../../domain/budget.ts';
import type { Format } from '../format.ts';
import { hoverTable } from '../hoverTable.ts';
import { toPlainLine } from '../plainText.ts';
import {
  isUnreported,
  leftOf,
  leftText,
  rateText,
  sharePercent,
  spentOfLimit,
  spokenLeft,
  spokenSpent,
} from './amountWords.ts';
import { unitSentence } from './budgetWords.ts';
import { levelName } from './levels.ts';

interface Surroundings {
  readonly format: Format;
  readonly nowMs: number;
}

/** @param name of the budget or of the session */
export function standingTooltip(
  name: string,
  standing: Standing,
  rateWindowMs: number,
  { format, nowMs }: Surroundings,
): MarkdownString {
  const markdown = new MarkdownString();
  markdown.appendMarkdown('**').appendText(name).appendMarkdown('**\n\n');
  for (const sentence of standingSentences(standing, rateWindowMs, { format, nowMs })) {
    markdown.appendMarkdown(`${sentence}  \n`);
  }
  return markdown;
}

function standingSentences(
  standing: Standing,
  windowMs: number,
  { format, nowMs }: Surroundings,
): readonly string[] {
  const { budget, level, ratePerHour, nextResetMs, isLowerBound } = standing;
  const share = format.share(sharePercent(standing) / 100);
  return [
    isUnreported(standing)
      ? spokenSpent(standing, format)
      : `${spokenSpent(standing, format)} (${share}), ${levelName(level)}`,
    ...spokenLeft(leftOf(standing, nowMs), format),
    ...(ratePerHour === null
      ? []
      : [l10n.t('Rate: {0}', rateText(ratePerHour, budget.unit, windowMs, format))]),
    ...(nextResetMs === null ? [] : [l10n.t('Begins anew: {0}', format.moment(nextResetMs))]),
    unitSentence(budget.unit),
    ...(isLowerBound
      ? [l10n.t('Some of what counts has no known price or tokens: more was spent than that.')]
      : []),
  ];
}

/** All budgets in one table, those of sessions by their names, and how the rate of their spending is known. */
export function standingsTooltip(
  standings: readonly Standing[],
  rateWindowMs: number,
  nameOf: (standing: Standing) => string,
  { format, nowMs }: Surroundings,
): MarkdownString {
  const rows = standings.map((standing) => [
    cell(nameOf(standing)),
    cell(spentOfLimit(standing, format)),
    cell(leftText(leftOf(standing, nowMs), format) ?? stateText(standing)),
  ]);
  const window = format.spokenSpan(Math.round(rateWindowMs / 60_000), 'minute');
  return new MarkdownString(hoverTable([l10n.t('Budget'), l10n.t('Spent'), l10n.t('State')], rows))
    .appendMarkdown('\n\n')
    .appendMarkdown(
      l10n.t('The time left is by the rate of the last {0}, of which the latest count the most.', window),
    );
}

function stateText(standing: Standing): string {
  return isUnreported(standing) ? l10n.t('not known') : levelName(standing.level);
}

/** A text in the cell of a table. */
function cell(text: string): string {
  return new MarkdownString().appendText(toPlainLine(text)).value.replaceAll('|', '\\|');
}
