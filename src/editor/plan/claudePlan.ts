/** Has Claude Code tell of its plan's limits, on the user's command and after they have seen what changes. */

import { chmod, mkdir, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { l10n, window } from 'vscode';
import { readToChange, replaceFile } from '../changes/changedFile.ts';
import { bytesBefore, forgetBytes, keepBytes, ofUserAlone, readText } from '../changes/keptBytes.ts';
import { isChangeWanted, tellChanged, tellUnreadable } from '../changes/settingsQuestion.ts';
import { commandFor, ownCommandFile, scriptText } from './statusLineScript.ts';
import { unwrapStatusLine, wrapStatusLine } from './statusLineSettings.ts';

/** As the reader of Claude Code's logs knows them. */
const folderName = 'token-burn';
const statusFile = 'status.json';

/** See `keptBytes.ts`. */
const keptSettings = 'settings';

interface Place {
  readonly settings: string;
  readonly folder: string;
  readonly command: string;
}

/** @param configFolders see `claudeConfigFolders` */
export async function readPlan([config]: readonly [string, ...string[]]): Promise<void> {
  const place = placeIn(config);
  const before = await readToChange(place.settings);
  const wrapped = before === 'unreadable' ? before : wrapStatusLine(before ?? '', place.command);
  if (wrapped === 'present') {
    await writeScript(place.folder);
    await window.showInformationMessage(
      l10n.t(
        'Claude Code already tells Token Burn of your plan’s limits. They show once it has answered in a terminal.',
      ),
    );
  } else if (wrapped === 'unreadable' || before === 'unreadable') {
    await tellUnreadable(place.settings);
  } else if (await isWanted(place, before ?? '', wrapped.text)) {
    await install(place, before, wrapped.text, wrapped.ownCommand);
  }
}

/** Wherever it was changed before: the folders may have been set since. */
export async function leavePlan(configFolders: readonly string[]): Promise<void> {
  let isRestored = false;
  for (const place of configFolders.map(placeIn)) {
    const outcome = await restore(place);
    if (outcome === 'unreadable') {
      await tellUnreadable(place.settings);
      return;
    }
    await clear(place.folder);
    isRestored ||= outcome === 'restored';
  }
  await window.showInformationMessage(
    isRestored
      ? l10n.t('Claude Code’s status line is as it was before.')
      : l10n.t('Claude Code’s settings did not hold Token Burn’s status line. Nothing was changed in them.'),
  );
}

/** Takes away what was written and nothing else: the folder may be another of that name. */
async function clear(folder: string): Promise<void> {
  if ((await readText(join(folder, scriptName))) === null) return;
  for (const name of [statusFile, ownCommandFile, scriptName]) await rm(join(folder, name), { force: true });
  await forgetBytes(join(folder, keptSettings));
  await rmdir(folder).catch(() => {});
}

/** What is kept of the user's own line is thrown away only where the settings surely do not need it. */
async function restore(place: Place): Promise<'restored' | 'notOurs' | 'unreadable'> {
  const text = await readToChange(place.settings);
  if (text === null) return 'notOurs';
  if (text === 'unreadable') return text;
  const before = await bytesBefore(join(place.folder, keptSettings), text);
  const own = await readText(join(place.folder, ownCommandFile));
  const restored = before === null ? unwrapStatusLine(text, place.command, own) : before.text;
  if (before?.text === null) await rm(place.settings);
  else if (restored === null) return text.includes(JSON.stringify(place.command)) ? 'unreadable' : 'notOurs';
  else await replaceFile(place.settings, restored);
  return 'restored';
}

async function install(
  place: Place,
  before: string | null,
  after: string,
  ownCommand: string | null,
): Promise<void> {
  const { folder, settings } = place;
  if ((await readToChange(settings)) !== before) {
    await tellChanged(settings);
    return;
  }
  await writeScript(folder);
  await rm(join(folder, ownCommandFile), { force: true });
  if (ownCommand !== null) await writeFile(join(folder, ownCommandFile), ownCommand, ofUserAlone);
  await keepBytes(join(folder, keptSettings), before, after);
  await replaceFile(settings, after);
  await window.showInformationMessage(
    l10n.t('Done. Limits show above the sessions once Claude Code has answered in a terminal.'),
  );
}

async function writeScript(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const script = join(folder, scriptName);
  await writeFile(script, scriptText(statusFile));
  await chmod(script, 0o755);
}

function isWanted({ settings }: Place, before: string, after: string): Promise<boolean> {
  return isChangeWanted(
    { path: settings, before, after },
    l10n.t('Let Claude Code’s status line tell Token Burn of your plan’s limits?'),
    l10n.t(
      'Claude Code tells its status line how much of the plan is used. A script beside its settings keeps the last of that on this machine and then shows your own status line, if you have one. Nothing is sent anywhere. The change to {0} can be seen behind this question, and taken back with “Stop Reading Claude Code’s Plan Limits”.',
      settings,
    ),
  );
}

const scriptName = 'status-line.sh';

function placeIn(config: string): Place {
  const folder = join(config, folderName);
  return { settings: join(config, 'settings.json'), folder, command: commandFor(join(folder, scriptName)) };
}
