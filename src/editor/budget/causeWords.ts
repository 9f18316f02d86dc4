/** What spent most of a budget, in words. All of it is text from logs. */

import { l10n } from 'vscode';
import { agentNames } from '../../domain/agent.ts';
import type { Cause, Spender, Standing } from '../../domain/budget.ts';
import type { Format } from '../format.ts';
import { shorten, withoutLinks } from '../plainText.ts';

const longestName = 40;

/** A sentence; none where nothing is known, or nothing but the session that the budget is of anyway. */
export function causeSentence(cause: Cause, { session }: Standing, format: Format): readonly string[] {
  const parts = [
    ...(cause.session === null || session !== null
      ? []
      : [l10n.t('the session "{0}"', nameOf(cause.session))]),
    ...(cause.subAgent === null ? [] : [l10n.t('its sub-agent "{0}"', nameOf(cause.subAgent))]),
    ...(cause.model === null ? [] : [l10n.t('the model {0}', toName(cause.model))]),
    ...(cause.tool === null ? [] : [l10n.t('calls of {0}', toName(cause.tool))]),
  ];
  return parts.length === 0 ? [] : [l10n.t('Most of it by {0}.', format.list(parts))];
}

function nameOf({ agent, title, role }: Spender): string {
  const names = [role, title].map((text) => toName(text ?? '')).filter((text) => text !== '');
  return names.length === 0 ? agentNames[agent] : names.join(': ');
}

function toName(text: string): string {
  return shorten(withoutLinks(text), longestName);
}
