/** Telling why nobody counted, with the one thing that can be done about it. */

import { commands, env, l10n, type SecretStorage, window } from 'vscode';
import type { LocalEngine } from '../../engines/localEngine.ts';
import { type ApiKey, forgetKeys } from './apiKeys.ts';
import { problemText, refusalText } from './problemText.ts';
import type { Way, WayProblem } from './way.ts';

/** Settings of a machine are shown apart from the user's own where VS Code runs on another one than its window. */
export async function openEngineSettings(): Promise<void> {
  const command = env.remoteName === undefined ? 'openSettings' : 'openRemoteSettings';
  await commands.executeCommand(`workbench.action.${command}`, { query: 'tokenBurn.engine' });
}

export async function tellRefusal({
  name,
  reason,
}: Extract<LocalEngine, { kind: 'refused' }>): Promise<void> {
  await offerSettings(refusalText(name, reason));
}

export async function tellProblem(
  way: Way,
  problem: WayProblem,
  key: ApiKey | undefined,
  secrets: SecretStorage,
): Promise<void> {
  const text = problemText(way, problem);
  if (text === undefined) return;
  if (way.source === 'engine') await offerSettings(text);
  else if (problem === 'unauthorized' && key?.from.kind === 'kept') await offerForgetting(text, secrets);
  else await window.showErrorMessage(text);
}

async function offerSettings(text: string): Promise<void> {
  const open = l10n.t('Open Settings');
  if ((await window.showErrorMessage(text, open)) === open) await openEngineSettings();
}

async function offerForgetting(text: string, secrets: SecretStorage): Promise<void> {
  const forget = l10n.t('Forget API Keys');
  if ((await window.showErrorMessage(text, forget)) === forget) await forgetKeys(secrets);
}
