/** One change of an agent's file: looked at, agreed to, and made. */

import { rm } from 'node:fs/promises';
import { commands, env, l10n, ProgressLocation, Uri, window } from 'vscode';
import { agentNames } from '../../domain/agent.ts';
import type { AgentGuard } from '../../guard/agents/agentGuard.ts';
import { readToChange, replaceFile } from '../changes/changedFile.ts';
import { showChanges } from '../changes/changePreview.ts';
import { createFormat } from '../format.ts';
import { pathWithoutLinks, toPlainPath } from '../plainText.ts';
import type { HookFile } from './hookFiles.ts';

/** `null` where there is no file. */
export interface HookChange {
  readonly guard: AgentGuard;
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Shows what would change, and asks. */
export async function isWanted(
  changes: readonly [HookChange, ...HookChange[]],
  question: { readonly text: string; readonly detail: string; readonly yes: string },
): Promise<boolean> {
  const [first, ...others] = changes;
  const shown = await showChanges([toFileChange(first), ...others.map(toFileChange)]);
  try {
    const { text, detail, yes } = question;
    return (await window.showInformationMessage(text, { modal: true, detail }, yes)) === yes;
  } finally {
    shown.dispose();
  }
}

function toFileChange({ path, before, after }: HookChange) {
  return { path, before: before ?? '', after: after ?? '' };
}

/** Returns those that were made. Whoever changed a file meanwhile has the last word; one failure leaves the others. */
export async function makeChanges(
  changes: readonly HookChange[],
  title: string,
  make: (change: HookChange) => Promise<void>,
): Promise<readonly HookChange[]> {
  const made: HookChange[] = [];
  const location = ProgressLocation.Notification;
  await window.withProgress({ location, title }, async (progress) => {
    for (const change of changes) {
      progress.report({ message: agentNames[change.guard.id], increment: 100 / changes.length });
      if (await isMade(change, make)) made.push(change);
    }
  });
  return made;
}

async function isMade(change: HookChange, make: (change: HookChange) => Promise<void>): Promise<boolean> {
  try {
    if ((await readToChange(change.path)) !== change.before) {
      void window.showWarningMessage(
        l10n.t(
          '{0} has changed meanwhile, so it was left as it is. Try again.',
          pathWithoutLinks(change.path),
        ),
      );
      return false;
    }
    await make(change);
    return true;
  } catch (error) {
    void window.showErrorMessage(
      l10n.t(
        '{0} could not be changed: {1}',
        pathWithoutLinks(change.path),
        error instanceof Error ? error.message : String(error),
      ),
    );
    return false;
  }
}

export async function writeHooks({ path, after }: HookChange): Promise<void> {
  if (after === null) await rm(path);
  else await replaceFile(path, after);
}

export function pathsOf(changes: readonly HookChange[]): string {
  return changes.map(({ path }) => toPlainPath(path)).join(', ');
}

export function namesOf(changes: readonly { readonly guard: AgentGuard }[]): string {
  const names = new Set(changes.map(({ guard }) => agentNames[guard.id]));
  return createFormat(env.language).list([...names]);
}

/**
 * What could not be understood is left as it is, and said: agents may take more for settings than JSON with comments. Nobody
 * waits for the user to have read it.
 */
export function tellUnreadable(files: readonly Pick<HookFile, 'path' | 'text'>[]): void {
  for (const { path, text } of files) {
    const file = pathWithoutLinks(path);
    void offerFile(
      path,
      text === 'unreadable'
        ? l10n.t('{0} cannot be read or changed, so it was left as it is. Mend it and try again.', file)
        : l10n.t(
            '{0} could not be understood as JSON with comments, so it was left as it is. Write it so, with names in double quotes, and try again.',
            file,
          ),
    );
  }
}

/** A message without a button is cut to its first line. */
export async function offerFile(path: string, message: string): Promise<void> {
  const open = l10n.t('Open File');
  const answer = await window.showErrorMessage(message, open);
  if (answer === open) await commands.executeCommand('vscode.open', Uri.file(path));
}
