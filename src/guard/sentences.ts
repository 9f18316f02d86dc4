/**
 * What the guard says to agents and in a terminal, in English: both are read by programs and models, too, and no editor
 * is there to translate.
 */

import { agentNames } from '../domain/agent.ts';
import type { Amount, Budget, BudgetUnit, SessionKey, Standing } from '../domain/budget.ts';
import { pico, toDecimalDollars } from '../domain/money.ts';
import { toTitle } from '../domain/session.ts';

/** By what the user lets a stopped session go on. */
export interface Release {
  readonly launcher: string;
  readonly platform: NodeJS.Platform;
  /** `null` where only a release of all lets it begin. */
  readonly session: SessionKey | null;
}

export function stopSentence(standing: Standing, release: Release): string {
  return `Token Burn: budget reached. ${spentOf(standing)}. ${howToGoOn(release)}`;
}

export function stoppedByHandSentence(release: Release): string {
  return `Token Burn: this session was stopped by hand. ${howToGoOn(release)}`;
}

export function wrapUpSentence(standing: Standing): string {
  return `Token Burn: ${spentOf(standing)}. Finish the step at hand, begin nothing new, and say what is left to do.`;
}

export function saveSentence(standing: Standing): string {
  return `Token Burn: ${spentOf(standing)}. Be sparing: take a smaller model where it will do, and few sub-agents.`;
}

export function noSubAgentSentence(standing: Standing): string {
  return `Token Burn: no sub-agent may start now. ${spentOf(standing)}. Do the work here, or conclude.`;
}

/** `$5.02 of $5.00 spent in this session`, `At least $5.02 of …`. */
export function spentOf({ budget, spent, limit, isLowerBound }: Standing): string {
  const atLeast = isLowerBound ? 'At least ' : '';
  const { unit } = budget;
  return `${atLeast}${amountText(unit, spent)} of ${amountText(unit, limit)} spent ${spanText(budget)}${scopeText(budget)}`;
}

export function amountText(unit: BudgetUnit, amount: Amount): string {
  switch (unit) {
    case 'tokens':
      return `${grouped(amount.toString())} tokens`;
    case 'credits':
      return `${trimmed(toDecimalDollars(pico(amount * 100n), 1))} credits`;
    case 'planShare':
      return `${trimmed((Number(amount) / 10_000).toFixed(1))}%`;
    default:
      return `$${grouped(toDecimalDollars(pico(amount), amount < tenCents ? 4 : 2))}${accountText[unit]}`;
  }
}

const tenCents = 100_000_000_000n;

const accountText = { list: '', paid: ' paid', plan: ' under a plan' } as const;

function spanText({ span }: Budget): string {
  if (span.kind === 'session') return 'in this session';
  if (span.kind === 'rolling')
    return span.hours === 1 ? 'in the last hour' : `in the last ${span.hours} hours`;
  return span.unit === 'day' ? 'today' : `this ${span.unit}`;
}

function scopeText({ scope: { agent, project, model } }: Budget): string {
  const parts = [
    ...(agent === undefined ? [] : [`by ${agentNames[agent]}`]),
    ...(project === undefined ? [] : [`in ${plain(project)}`]),
    ...(model === undefined ? [] : [`on ${plain(model)}`]),
  ];
  return parts.length === 0 ? '' : ` ${parts.join(' ')}`;
}

function howToGoOn({ launcher, platform, session }: Release): string {
  const named = session !== null && isSafeArgument(session.key) ? ` ${session.key}` : '';
  const command = platform === 'win32' ? `"${launcher}.cmd"` : `'${launcher.replaceAll("'", `'\\''`)}'`;
  return `To go on, release the session in the editor's Token Burn view, or run in a terminal: ${command} release${named}`;
}

/** Whether a shell takes it as it is: people will paste it. */
function isSafeArgument(text: string): boolean {
  return /^[A-Za-z0-9_.][A-Za-z0-9_.-]{0,127}$/.test(text);
}

/** Text from elsewhere, on one line and without anything that moves a cursor or turns the direction of writing. */
export function plain(text: string): string {
  return toTitle(text) ?? '';
}

function grouped(digits: string): string {
  const [whole = '', fraction] = digits.split('.');
  const groups = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return fraction === undefined ? groups : `${groups}.${fraction}`;
}

function trimmed(decimal: string): string {
  return grouped(decimal.replace(/\.0$/, ''));
}
