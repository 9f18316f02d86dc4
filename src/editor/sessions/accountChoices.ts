/** What the user says of how agents are paid for. */

import type { AccountChoices } from '../../domain/account.ts';
import { agentIds } from '../../domain/agent.ts';

/** @param setting of which nothing counts but the two words for agents that there are */
export function toAccountChoices(setting: Readonly<Record<string, unknown>>): AccountChoices {
  const said = agentIds.flatMap((agent) => {
    const account = Object.hasOwn(setting, agent) ? setting[agent] : null;
    return account === 'plan' || account === 'api' ? [[agent, account] as const] : [];
  });
  return Object.fromEntries(said);
}
