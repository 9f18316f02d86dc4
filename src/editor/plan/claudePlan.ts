/** Has Claude Code tell of its plan's limits, on the user's command and after they have seen what changes. */

import {
  access,
  chmod,
  constants,
  lstat,
  mkdir,
  readFile,
  realpath,
  rename,
  rm,
  rmdir,
  stat,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { commands, type Disposable, l10n, Uri, window, workspace } from 'vscode';
import { commandFor, ownCommandFile, scriptText } from './statusLineScript.ts';
import { unwrapStatusLine, wrapStatusLine } from './statusLineSettings.ts';

/** As the reader of Claude Code's logs knows them. */
const folderName = 'token-burn';
const statusFile = 'status.json';

/** Before and after, to give back every byte where nobody has changed the settings since. */
const beforeFile = 'settings.before';
const afterFile = 'settings.after';

interface Place {
  readonly settings: string;
  readonly folder: string;
  readonly command: string;
}

/** @param configFolders see `claudeConfigFolders` */
export async function readPlan([config]: readonly [string, ...string[]]): Promise<void> {
  const place = placeIn(config);
  const before = await readSettings(place.settings);
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
  const written = [statusFile, ownCommandFile, beforeFile, afterFile, scriptName];
  for (const name of written) await rm(join(folder, name), { force: true });
  await rmdir(folder).catch(() => {});
}

/** What is kept of the user's own line is thrown away only where the settings surely do not need it. */
async function restore(place: Place): Promise<'restored' | 'notOurs' | 'unreadable'> {
  const text = await readSettings(place.settings);
  if (text === null) return 'notOurs';
  if (text === 'unreadable') return text;
  const [before, after, own] = await Promise.all(
    [beforeFile, afterFile, ownCommandFile].map((name) => readText(join(place.folder, name))),
  );
  const isUntouched = before !== null && text === after;
  const restored = isUntouched ? (before ?? '') : unwrapStatusLine(text, place.command, own ?? null);
  if (restored === null) return text.includes(JSON.stringify(place.command)) ? 'unreadable' : 'notOurs';
  if (isUntouched && restored === '') await rm(place.settings);
  else await replace(place.settings, restored);
  return 'restored';
}

async function install(
  place: Place,
  before: string | null,
  after: string,
  ownCommand: string | null,
): Promise<void> {
  const { folder, settings } = place;
  if ((await readSettings(settings)) !== before) {
    await window.showWarningMessage(
      l10n.t('{0} has changed meanwhile, so it was left as it is. Try again.', settings),
    );
    return;
  }
  await writeScript(folder);
  await rm(join(folder, ownCommandFile), { force: true });
  if (ownCommand !== null) await writeFile(join(folder, ownCommandFile), ownCommand, ofUserAlone);
  await writeFile(join(folder, beforeFile), before ?? '', ofUserAlone);
  await writeFile(join(folder, afterFile), after, ofUserAlone);
  await replace(settings, after);
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

async function tellUnreadable(settings: string): Promise<void> {
  await window.showErrorMessage(
    l10n.t('{0} could not be understood, so it was left as it is. Mend it and try again.', settings),
  );
}

/** Settings may hold keys: copies of them are for nobody else. */
const ofUserAlone = { mode: 0o600 };

/** In one step, so that Claude Code never meets half of it; through a link to where it leads. */
async function replace(path: string, text: string): Promise<void> {
  const target = await realpath(path).catch(() => path);
  await mkdir(dirname(target), { recursive: true });
  const known = await stat(target).catch(() => null);
  const unfinished = `${target}.${process.pid}.tmp`;
  await writeFile(unfinished, text, { mode: known === null ? 0o600 : known.mode & 0o777 });
  await rename(unfinished, target);
}

/** Shows the change beside what is there, and asks. */
async function isWanted({ settings }: Place, before: string, after: string): Promise<boolean> {
  const shown = preview({ before, after });
  try {
    const [left, right] = ['before', 'after'].map((name) =>
      Uri.from({ scheme, path: `/${name}/settings.json` }),
    );
    await commands.executeCommand('vscode.diff', left, right, l10n.t('{0}, with the change', settings), {
      preview: true,
    });
    const yes = l10n.t('Change the settings');
    const answer = await window.showInformationMessage(
      l10n.t('Let Claude Code’s status line tell Token Burn of your plan’s limits?'),
      {
        modal: true,
        detail: l10n.t(
          'Claude Code tells its status line how much of the plan is used. A script beside its settings keeps the last of that on this machine and then shows your own status line, if you have one. Nothing is sent anywhere. The change to {0} can be seen behind this question, and taken back with “Stop Reading Claude Code’s Plan Limits”.',
          settings,
        ),
      },
      yes,
    );
    return answer === yes;
  } finally {
    shown.dispose();
  }
}

const scheme = 'token-burn-change';

function preview(texts: { readonly before: string; readonly after: string }): Disposable {
  return workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: ({ path }) => (path.startsWith('/before/') ? texts.before : texts.after),
  });
}

const scriptName = 'status-line.sh';

function placeIn(config: string): Place {
  const folder = join(config, folderName);
  return { settings: join(config, 'settings.json'), folder, command: commandFor(join(folder, scriptName)) };
}

/** `null` where there are none; `unreadable` where they cannot be read or changed, or a link leads nowhere. */
async function readSettings(path: string): Promise<string | null | 'unreadable'> {
  try {
    const text = await readFile(path, 'utf8');
    await access(path, constants.W_OK);
    return text;
  } catch {
    const isThere = await lstat(path).then(
      () => true,
      (error: unknown) => !(error instanceof Error && 'code' in error && error.code === 'ENOENT'),
    );
    return isThere ? 'unreadable' : null;
  }
}

async function readText(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(() => null);
}
