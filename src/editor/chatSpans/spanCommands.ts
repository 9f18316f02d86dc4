/** The commands that have Copilot Chat write down what it counts; what they do is loaded with the first of them. */

import { type Disposable, type Memento, Uri } from 'vscode';
import { registerCommands } from '../commands.ts';

/** @param ownStorage the folder that VS Code keeps for us, beside which it keeps that of Copilot Chat */
export function registerSpanCommands(ownStorage: Uri, memory: Memento): Disposable[] {
  const database = Uri.joinPath(ownStorage, '..', 'github.copilot-chat', 'agent-traces.db').fsPath;
  const offer = () => import('./spanOffer.ts');
  return registerCommands({
    'tokenBurn.countCopilotChatExactly': async () => (await offer()).writeSpans(database, memory),
    'tokenBurn.stopCountingCopilotChatExactly': async () => (await offer()).leaveSpans(database, memory),
  });
}
