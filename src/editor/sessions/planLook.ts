/** What agents report of their plans' limits, in words, with its age: nothing here is worked out from totals. */

import { l10n } from 'vscode';
import { agentNames } from '../../domain/agent.ts';
import type { PlanReading } from '../../domain/planReading.ts';
import type { Format } from '../format.ts';
import { toPlainLine } from '../plainText.ts';

export interface PlanLook {
  readonly label: string;
  readonly description: string;
}

export function planLook(reading: PlanReading, format: Format, nowMs: number): PlanLook {
  const { agent, resetsAtMs, atMs } = reading;
  const resets =
    resetsAtMs === null
      ? []
      : [
          resetsAtMs > nowMs
            ? l10n.t('resets {0}', format.shortMoment(resetsAtMs))
            : l10n.t('began anew {0}', format.ago(resetsAtMs, nowMs)),
        ];
  const told = l10n.t('reported {0}', format.ago(atMs, nowMs));
  return {
    label: `${agentNames[agent]}, ${windowName(reading)}`,
    description: [usedWords(reading, format, nowMs), ...resets, told].join(' · '),
  };
}

/** The window that is used the most of those that have not begun anew since. */
export function plansLook(plan: readonly PlanReading[], format: Format, nowMs: number): PlanLook {
  const label = l10n.t('Plan Limits');
  const [most] = plan.filter((reading) => isCurrent(reading, nowMs)).toSorted(byUse);
  if (most === undefined) return { label, description: l10n.t('nothing reported of late') };
  const { label: name } = planLook(most, format, nowMs);
  return { label, description: `${name}: ${usedWords(most, format, nowMs)}` };
}

function byUse(a: PlanReading, b: PlanReading): number {
  return b.usedPercent - a.usedPercent;
}

/** What was used before a window began anew says nothing of it now. */
function isCurrent({ resetsAtMs }: PlanReading, nowMs: number): boolean {
  return resetsAtMs === null || resetsAtMs > nowMs;
}

function usedWords(reading: PlanReading, format: Format, nowMs: number): string {
  const share = format.share(reading.usedPercent / 100);
  return isCurrent(reading, nowMs) ? l10n.t('{0} used', share) : l10n.t('{0} used before', share);
}

const hour = 60;
const day = 24 * hour;

/** Agents name windows by their order; people know them by their length. */
function windowName({ window, windowMinutes }: PlanReading): string {
  if (windowMinutes === null) return toPlainLine(window);
  if (windowMinutes % (7 * day) === 0)
    return count(windowMinutes / (7 * day), l10n.t('week'), l10n.t('weeks'));
  if (windowMinutes % day === 0) return count(windowMinutes / day, l10n.t('day'), l10n.t('days'));
  if (windowMinutes % hour === 0) return count(windowMinutes / hour, l10n.t('hour'), l10n.t('hours'));
  return l10n.t('{0} minutes', windowMinutes);
}

function count(number: number, one: string, many: string): string {
  return number === 1 ? one : `${number} ${many}`;
}
