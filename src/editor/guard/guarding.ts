/** Puts the guard's hooks into agents' files, on the user's command and after they have seen what changes. */

import { commands, l10n, window } from 'vscode';
import type { CommandId } from '../../contributions.ts';
import { agentNames } from '../../domain/agent.ts';
import { isRefusal, type Refusal } from '../../guard/agents/agentGuard.ts';
import { agentGuards } from '../../guard/agents/agentGuards.ts';
import { guardFolderIn } from '../../guard/guardFolder.ts';
import { noteInstalled } from '../../guard/installed.ts';
import { refreshPrograms } from '../../guard/programs.ts';
import { pathWithoutLinks } from '../plainText.ts';
import { pickToGuard } from './agentPick.ts';
import { chatNote, holdNote, lacksSpans, trustNote } from './guardedNotes.ts';
import { type GuardPlace, launcherIn } from './guardPlace.ts';
import {
  type HookChange,
  isWanted,
  makeChanges,
  namesOf,
  offerFile,
  pathsOf,
  tellUnreadable,
  writeHooks,
} from './hookChange.ts';
import { findAgents, type HookFile } from './hookFiles.ts';
import { keepChange } from './keptChanges.ts';

export async function guardAgents(place: GuardPlace): Promise<void> {
  const files = await findAgents(launcherIn(place));
  if (files.length === 0) {
    await tellNone();
    return;
  }
  const picked = await pickToGuard(files);
  if (picked === undefined || picked.length === 0) return;
  const [first, ...others] = plan(picked, place);
  if (first !== undefined) await guard([first, ...others], place);
  else if (picked.every(({ isGuarded }) => isGuarded) && (await putPrograms(place))) {
    await window.showInformationMessage(l10n.t('Guarded already: {0}.', namesOf(picked)));
  }
}

async function tellNone(): Promise<void> {
  const names = agentGuards.map(({ id }) => agentNames[id]).join(', ');
  await window.showInformationMessage(
    l10n.t('No agent that could be guarded was found on this machine. These can: {0}.', names),
  );
}

/** What would change; what cannot is said. */
function plan(picked: readonly HookFile[], place: GuardPlace): readonly HookChange[] {
  const launcher = launcherIn(place);
  const changes: HookChange[] = [];
  for (const file of picked) {
    const { guard, path, text } = file;
    const after =
      text === 'unreadable' ? ({ refused: 'unreadable' } as const) : guard.install(text, launcher);
    if (isRefusal(after)) tellRefused(after, file, launcher.path);
    else if (text !== 'unreadable' && after !== text) changes.push({ guard, path, before: text, after });
  }
  return changes;
}

function tellRefused({ refused }: Refusal, file: HookFile, launcher: string): void {
  const path = pathWithoutLinks(file.path);
  if (refused === 'unreadable') tellUnreadable([file]);
  else if (refused === 'unexpected') {
    const text = l10n.t('{0} holds something else where hooks belong, so it was left as it is.', path);
    void offerFile(file.path, text);
  } else {
    void window.showErrorMessage(
      l10n.t(
        'The shell that would start {0} cannot be given such a path, so {1} was left as it is.',
        pathWithoutLinks(launcher),
        path,
      ),
    );
  }
}

async function guard(changes: readonly [HookChange, ...HookChange[]], place: GuardPlace): Promise<void> {
  const question = {
    text: l10n.t('Hold {0} to your budgets?', namesOf(changes)),
    detail: detailOf(changes),
    yes: changes.length === 1 ? l10n.t('Change the File') : l10n.t('Change {0} Files', changes.length),
  };
  if (!(await isWanted(changes, question)) || !(await putPrograms(place))) return;
  const made = await makeChanges(changes, l10n.t('Guarding agents'), async (change) => {
    await keepChange(place, { ...change, after: change.after ?? '' });
    await writeHooks(change);
    noteInstalled(guardFolderIn(place.dataFolder), change.guard.id, Date.now());
  });
  if (made.length > 0) await tellDone(made);
}

function detailOf(changes: readonly HookChange[]): string {
  return [
    l10n.t(
      'Before it goes on, the agent then asks a program on this machine, which reads what the session has spent. Near a limit the agent is told to conclude, at the limit its turn is ended. The call that crosses the limit is spent by then. Nothing is sent anywhere, and whatever goes wrong in the program lets the agent go on.',
    ),
    holdNote(changes),
    l10n.t('Files that change, as seen behind this question: {0}', pathsOf(changes)),
    l10n.t('“{0}” takes it back to the byte.', l10n.t('Remove Guard…')),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** Returns whether the programs that the hooks start are there. */
async function putPrograms({ dataFolder, distFolder, version }: GuardPlace): Promise<boolean> {
  try {
    refreshPrograms(dataFolder, { distFolder, version, runtime: process.execPath });
    return true;
  } catch (error) {
    await window.showErrorMessage(
      l10n.t(
        'The guard could not be put in place: {0}',
        error instanceof Error ? error.message : String(error),
      ),
    );
    return false;
  }
}

async function tellDone(made: readonly HookChange[]): Promise<void> {
  const done = l10n.t('Guarded: {0}. Sessions that run already may have to be started anew.', namesOf(made));
  const text = [done, trustNote(made), chatNote(made)].filter((part) => part !== '').join(' ');
  const acts: ReadonlyMap<string, CommandId> = new Map([
    ...(lacksSpans(made) ? ([[l10n.t('Count Exactly…'), 'tokenBurn.countCopilotChatExactly']] as const) : []),
    [l10n.t('Examine Guards'), 'tokenBurn.examineGuards'],
  ]);
  // A message without a button is cut to its first line.
  const answer = await window.showInformationMessage(text, ...acts.keys());
  const command = answer === undefined ? undefined : acts.get(answer);
  if (command !== undefined) await commands.executeCommand(command);
}
