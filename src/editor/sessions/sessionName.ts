/** What a session is called: what its log says, made safe to show. */

import { l10n } from 'vscode';
import { agentNames } from '../../domain/agent.ts';
import type { SessionNode } from '../../ledger/views.ts';
import type { Format } from '../format.ts';
import { toPlainLine } from '../plainText.ts';

/** Its title, or else its project and when it began. */
export function sessionName(session: SessionNode, format: Format): string {
  const title = toPlainLine(session.title ?? '');
  if (title !== '') return title;
  const project = projectName(session.projectPath ?? '') || agentNames[session.agent];
  return l10n.t('{0}, {1}', project, format.shortMoment(session.startedMs));
}

/** What it was started as, and its task. */
export function subAgentName({ title, role }: SessionNode): string {
  const named = [role, title].map((text) => toPlainLine(text ?? '')).filter((text) => text !== '');
  return named.length > 0 ? named.join(': ') : l10n.t('Sub-agent');
}

/** The last part of a path of any platform. */
export function projectName(path: string): string {
  return toPlainLine(path.split(/[\\/]/).findLast((part) => part !== '') ?? '');
}
