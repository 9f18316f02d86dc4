/** What is to say of single agents that are guarded, beside what holds for all. */

import { l10n } from 'vscode';
import type { AgentGuard } from '../../guard/agents/agentGuard.ts';
import { spanState } from '../chatSpans/spanSetting.ts';
import { chatHooksSettings, hooksOfChat } from './chatHooks.ts';
import { namesOf } from './hookChange.ts';

type Guarded = readonly { readonly guard: AgentGuard }[];

/** Of agents that ask their user before they run hooks; empty where none does. */
export function trustNote(guarded: Guarded): string {
  const asking = guarded.filter(({ guard: { trust } }) => trust !== undefined);
  if (asking.length === 0) return '';
  return l10n.t(
    '{0} asks you before it runs new hooks: start it once in a terminal and let it trust them. Until then it runs unguarded.',
    namesOf(asking),
  );
}

/** How VS Code's own agent is stopped; empty where it is not among them. */
export function holdNote(guarded: Guarded): string {
  if (!hasEditors(guarded)) return '';
  return l10n.t(
    'The turn of Copilot Chat is held instead: it waits before its next tool until you say what to do, also where it may run tools unasked.',
  );
}

/** What VS Code's own agent takes before a budget stops it; empty where nothing is left to do. */
export function chatNote(guarded: Guarded): string {
  if (!hasEditors(guarded)) return '';
  if (hooksOfChat() === 'off') {
    return l10n.t(
      'Copilot Chat runs unguarded while “{0}” or “{1}” in VS Code’s settings keeps it from hooks.',
      ...chatHooksSettings,
    );
  }
  if (!lacksSpans(guarded)) return '';
  return l10n.t(
    'Copilot Chat does not write its calls down yet: until it does, it may go far past a limit before that is known.',
  );
}

/** Whether VS Code's own agent was guarded, whose spending is not known call by call. */
export function lacksSpans(guarded: Guarded): boolean {
  return spanState() === 'off' && hasEditors(guarded);
}

function hasEditors(guarded: Guarded): boolean {
  return guarded.some(({ guard: { isOfEditor } }) => isOfEditor);
}
