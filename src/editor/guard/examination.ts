/** Examines the guards of all agents in a process of its own, and shows what was found as a text. */

import {
  type CancellationToken,
  type Disposable,
  env,
  l10n,
  ProgressLocation,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { GuardReport } from '../../guard/doctor.ts';
import { createFormat } from '../format.ts';
import { shorten, toPlainLine } from '../plainText.ts';
import { askAccountant } from './accountantProgram.ts';
import type { GuardPlace } from './guardPlace.ts';
import { reportText, type Telling } from './reportText.ts';

/** @param sessionOf `undefined` for a session that is not among the newest */
export async function showExamination(place: GuardPlace, sessionOf: Telling['sessionOf']): Promise<void> {
  const options = {
    location: ProgressLocation.Notification,
    title: l10n.t('Examining guards'),
    cancellable: true,
  };
  try {
    const report = await window.withProgress(options, (_progress, token) => examine(place, token));
    if (report === null) return;
    await show(reportText(report, { format: createFormat(env.language), nowMs: Date.now(), sessionOf }));
  } catch (error) {
    const reason = shorten(toPlainLine(String(error)), 200);
    await window.showErrorMessage(l10n.t('The guards could not be examined: {0}', reason));
  }
}

/** Agents are asked for their versions, and the installed line is tried. */
const longestMs = 120_000;

/** The extension’s own programs do it, not their copies: those are what is examined. `null` when it was cancelled. */
async function examine(place: GuardPlace, token: CancellationToken): Promise<GuardReport | null> {
  const abort = new AbortController();
  token.onCancellationRequested(() => abort.abort());
  try {
    const task = { command: 'examine', args: [], longestMs, signal: abort.signal } as const;
    return (await askAccountant(task, place)) as GuardReport;
  } catch (error) {
    if (token.isCancellationRequested) return null;
    throw error;
  }
}

const scheme = 'token-burn-guards';

/** Each examination is a text of its own, so that two can be compared. */
async function show(text: string): Promise<void> {
  const uri = Uri.from({ scheme, path: `/${l10n.t('Guards of Agents')}`, query: String(Date.now()) });
  const shown: Disposable = workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: () => text,
  });
  try {
    await window.showTextDocument(await workspace.openTextDocument(uri), { preview: true });
  } finally {
    shown.dispose();
  }
}
