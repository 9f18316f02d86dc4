/**
 * What a guard says to an agent and its user: in English, as nothing tells a hook the language. What logs and settings
 * named is made plain first.
 */

import type { Amount, Budget, Standing, Verdict } from '../domain/budget.ts';
import { pico, toDecimalDollars } from '../domain/money.ts';
import { toTitle } from '../domain/session.ts';
import type { Decision } from './agents/agentGuard.ts';

/** How those who read a sentence can act on it. */
export interface WaysOn {
  /** The whole line for a terminal. */
  readonly releaseCommand: string;
  /** IANA name of the zone that times are told in. */
  readonly timeZone: string;
}

/** What to tell the agent on a verdict about its session. */
export function decisionOn(verdict: Verdict, ways: WaysOn): Decision {
  switch (verdict.kind) {
    case 'allow':
      return { kind: 'allow' };
    case 'wrapUp':
      return { kind: 'wrapUp', sentence: wrapUpSentence(verdict.standing, ways) };
    case 'stop':
      return { kind: 'stop', sentence: stopSentence(verdict.standing, ways) };
    case 'stoppedByHand':
      return { kind: 'stop', sentence: `Token Burn: you stopped this session. ${goOn(ways)}` };
  }
}

/** What to tell it on a verdict about a sub-agent that it wants to start. */
export function subAgentDecisionOn(verdict: Verdict, ways: WaysOn): Decision {
  if (verdict.kind === 'allow' || verdict.kind === 'wrapUp') return { kind: 'allow' };
  if (verdict.kind === 'stoppedByHand') return decisionOn(verdict, ways);
  const sentence = `Token Burn: no new sub-agent, its work would overrun the budget. ${spentOf(verdict.standing, ways)} Do what is left without sub-agents, or conclude.`;
  return { kind: 'refuse', sentence };
}

function wrapUpSentence(standing: Standing, ways: WaysOn): string {
  return `Token Burn: the budget is nearly spent. ${spentOf(standing, ways)} Conclude now: finish the step at hand, begin nothing new, and say what is left to do. At the limit the turn is ended.`;
}

function stopSentence(standing: Standing, ways: WaysOn): string {
  return `Token Burn: budget reached. ${spentOf(standing, ways)} ${goOn(ways)}`;
}

function goOn({ releaseCommand }: WaysOn): string {
  return `To go on, run “Token Burn: Release Session” in the editor, or in a terminal: ${releaseCommand}`;
}

function spentOf({ budget, spent, limit, isLowerBound, period }: Standing, ways: WaysOn): string {
  const least = isLowerBound ? 'At least ' : '';
  const since = period === null ? '' : `, since ${timeOf(period.startMs, ways.timeZone)}`;
  return `${least}${amountOf(spent, budget)} of ${amountOf(limit, budget)} spent (${scopeOf(budget)}${since}).`;
}

function amountOf(amount: Amount, { unit }: Budget): string {
  switch (unit) {
    case 'tokens':
      return `${amount.toLocaleString('en')} tokens`;
    case 'credits':
      return `${decimal(amount, 10n ** 10n)} credits`;
    case 'planShare':
      return `${decimal(amount, 10_000n)} %`;
    default:
      return `$${toDecimalDollars(pico(amount), amount > 0n && amount < 10n ** 10n ? 4 : 2)}`;
  }
}

/** With at most one place, and none of a whole number. */
function decimal(amount: Amount, one: bigint): string {
  return (Number((amount * 10n) / one) / 10).toLocaleString('en');
}

function scopeOf({ span, unit, scope }: Budget): string {
  const time =
    span.kind === 'session' ? 'this session' : span.kind === 'calendar' ? span.unit : `${span.hours} h`;
  const named = [scope.agent, scope.project, scope.model].flatMap((name) => toTitle(name ?? '') ?? []);
  return [time, ...named, ...(unit in kindsOfUse ? [kindsOfUse[unit as keyof typeof kindsOfUse]] : [])].join(
    ', ',
  );
}

const kindsOfUse = {
  list: 'at list price',
  paid: 'paid by the token',
  plan: 'under a plan, at list price',
  planShare: 'of the plan’s window',
} as const;

function timeOf(atMs: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(atMs);
}
