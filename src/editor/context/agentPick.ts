/** Picking the agent that prompts are assembled for. */

import { l10n, type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import { type PromptAgentId, promptAgentIds, promptAgentNames } from '../../domain/promptAgent.ts';
import { backToText } from '../focus.ts';
import { readSetting, writeSetting } from '../settings.ts';

interface AgentItem extends QuickPickItem {
  /** Value of the setting. */
  readonly agent?: string;
}

/** @param inUse the agent of the prompt that is open; `null` while none is */
export async function selectAgent(inUse: PromptAgentId | null): Promise<void> {
  const picked = await window.showQuickPick<AgentItem>(agentItems(inUse), {
    title: l10n.t('Count Prompts for'),
    placeHolder: l10n.t('Agent that decides which files are sent with a prompt'),
    matchOnDescription: true,
  });
  if (picked?.agent === undefined) return;
  await writeSetting('tokenBurn.context.agent', picked.agent === 'automatic' ? undefined : picked.agent);
  await backToText();
}

function agentItems(inUse: PromptAgentId | null): AgentItem[] {
  const chosen = readSetting('tokenBurn.context.agent');
  const mark = (agent: string) => (agent === chosen ? l10n.t('in use') : '');
  const isAutomatic = chosen === 'automatic' && inUse !== null;
  return [
    {
      label: l10n.t('Automatic'),
      description: isAutomatic ? l10n.t('{0} · in use', promptAgentNames[inUse]) : mark('automatic'),
      detail: l10n.t('The agent that the file is written for, or the one of the session last active here'),
      agent: 'automatic',
    },
    { label: l10n.t('None'), description: mark('none'), detail: l10n.t('The text alone'), agent: 'none' },
    { label: l10n.t('Agents'), kind: QuickPickItemKind.Separator },
    ...promptAgentIds.map((agent) => ({
      label: promptAgentNames[agent],
      description: mark(agent),
      agent,
    })),
  ];
}
