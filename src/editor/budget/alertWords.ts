/** What alerts say. Names in them are text from logs. */

import { l10n } from 'vscode';
import { agentNames } from '../../domain/agent.ts';
import type { Cause, EstimateStanding, SessionKey, Spender, Standing } from '../../domain/budget.ts';
import { pico } from '../../domain/money.ts';
import type { Format } from '../format.ts';
import { shorten, withoutLinks } from '../plainText.ts';
import { spentOfLimit } from './amountWords.ts';
import type { Crossing } from './budgetAlerts.ts';

/** Names that are safe in a message. */
export interface AlertNames {
  /** Of a budget, or of the session whose it is. */
  nameOf(standing: Standing): string;
  sessionName(session: SessionKey): string;
}

const longestName = 40;

/** What was crossed, and what most of it was spent by. */
export function alertSentence(crossing: Crossing, names: AlertNames, format: Format): string {
  const { cause } = crossing;
  if (crossing.type === 'estimateCrossed') {
    const sentence = estimateSentence(crossing.standing, names, format);
    return [sentence, ...causeSentence({ ...cause, session: null }, format)].join(' ');
  }
  const { standing } = crossing;
  const amounts = spentOfLimit(standing, format);
  const sentence = l10n.t('Over budget: {0}, {1} spent.', names.nameOf(standing), amounts);
  // Whose the budget is was said already.
  const told = standing.session === null ? cause : { ...cause, session: null };
  return [sentence, ...causeSentence(told, format)].join(' ');
}

function estimateSentence(standing: EstimateStanding, names: AlertNames, format: Format): string {
  const { session, spent, estimate, samples } = standing;
  return l10n.t(
    'The session {0} has come to {1}. Half of the last {2} sessions of its project came to no more than {3}.',
    names.sessionName(session),
    format.dollars(pico(spent)),
    format.count(samples),
    format.dollars(pico(estimate)),
  );
}

/** A sentence; none where nothing is known. */
function causeSentence(cause: Cause, format: Format): readonly string[] {
  const parts = [
    ...(cause.session === null ? [] : [l10n.t('the session "{0}"', spenderName(cause.session))]),
    ...(cause.subAgent === null ? [] : [l10n.t('the sub-agent "{0}"', spenderName(cause.subAgent))]),
    ...(cause.model === null ? [] : [toName(cause.model)]),
    ...(cause.tool === null ? [] : [l10n.t('calls of {0}', toName(cause.tool))]),
  ];
  return parts.length === 0 ? [] : [l10n.t('Most of it by {0}.', format.list(parts))];
}

function spenderName({ agent, title, role }: Spender): string {
  const names = [role, title].map((text) => toName(text ?? '')).filter((text) => text !== '');
  return names.length === 0 ? agentNames[agent] : names.join(': ');
}

function toName(text: string): string {
  return shorten(withoutLinks(text), longestName);
}
