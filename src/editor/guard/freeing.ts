/** Takes the guard's hooks out of agents' files again: to the byte where nobody has changed them since. */

import { l10n, window } from 'vscode';
import { isRefusal } from '../../guard/agents/agentGuard.ts';
import { guardFolderIn } from '../../guard/guardFolder.ts';
import { noteInstalled, readInstalled } from '../../guard/installed.ts';
import { removeEmpty } from '../changes/madeFolders.ts';
import { pickToFree } from './agentPick.ts';
import { type GuardPlace, launcherIn } from './guardPlace.ts';
import {
  type HookChange,
  isWanted,
  makeChanges,
  namesOf,
  pathsOf,
  tellUnreadable,
  writeHooks,
} from './hookChange.ts';
import { findHookFiles, type HookFile } from './hookFiles.ts';
import { forgetChange, keptChangeOf } from './keptChanges.ts';

export async function freeAgents(place: GuardPlace): Promise<void> {
  const files = await findHookFiles(launcherIn(place));
  const holding = (await Promise.all(files.map((file) => holdingOf(file, place)))).flat();
  await forgetOthers(files, holding, place);
  if (holding.length === 0) {
    await window.showInformationMessage(
      l10n.t('No agent on this machine holds Token Burn’s guard. Nothing was changed.'),
    );
    return;
  }
  const picked = (await pickToFree(holding.map(({ file }) => file))) ?? [];
  const chosen = holding.filter(({ file }) => picked.includes(file));
  tellUnreadable(chosen.filter(({ change }) => change === null).map(({ file }) => file));
  const [first, ...others] = chosen.flatMap(({ change }) => change ?? []);
  if (first !== undefined) await free([first, ...others], place);
}

/** A file with hooks of ours, and the change that takes them out; `null` where it cannot be read or changed now. */
interface Holding {
  readonly file: HookFile;
  readonly change: HookChange | null;
}

/** Of a file that was never guarded nothing need be known. */
async function holdingOf(file: HookFile, place: GuardPlace): Promise<readonly Holding[]> {
  const { guard, path, text } = file;
  const kept = await keptChangeOf(place, path);
  if (text === null) return [];
  if (text === 'unreadable') return kept === null ? [] : [{ file, change: null }];
  const after = text === kept?.after ? kept.before : guard.uninstall(text, launcherIn(place));
  if (isRefusal(after)) return kept === null ? [] : [{ file, change: null }];
  return after === text ? [] : [{ file, change: { guard, path, before: text, after } }];
}

/** Agents whose hooks somebody else took away are not guarded any more, and nothing is missing from them. */
async function forgetOthers(
  files: readonly HookFile[],
  holding: readonly Holding[],
  place: GuardPlace,
): Promise<void> {
  const folder = guardFolderIn(place.dataFolder);
  const held = new Set(holding.map(({ file }) => file.guard.id));
  const installed = [...readInstalled(folder).keys()].filter((agent) => !held.has(agent));
  for (const agent of installed) noteInstalled(folder, agent, null);
  for (const { guard, path } of files) {
    if (installed.includes(guard.id)) await forgetChange(place, path);
  }
}

async function free(changes: readonly [HookChange, ...HookChange[]], place: GuardPlace): Promise<void> {
  const question = {
    text: l10n.t('Remove the guard from {0}?', namesOf(changes)),
    detail: l10n.t(
      'Token Burn’s hooks are taken out of these files, as seen behind this question; all else in them stays as it is: {0}',
      pathsOf(changes),
    ),
    yes: changes.length === 1 ? l10n.t('Change the File') : l10n.t('Change {0} Files', changes.length),
  };
  if (!(await isWanted(changes, question))) return;
  const made = await makeChanges(changes, l10n.t('Removing guards'), async (change) => {
    await writeHooks(change);
    if (change.after === null) await removeEmpty((await keptChangeOf(place, change.path))?.folders ?? []);
    await forgetChange(place, change.path);
    noteInstalled(guardFolderIn(place.dataFolder), change.guard.id, null);
  });
  if (made.length > 0) {
    await window.showInformationMessage(l10n.t('No longer guarded: {0}.', namesOf(made)));
  }
}
