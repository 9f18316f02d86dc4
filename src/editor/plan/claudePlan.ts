/** Has Claude Code tell of its plan's limits, on the user's command and after they have seen what changes. */

import { chmod, mkdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
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

export async function readPlan(environment: Environment): Promise<void> {
  const place = placeOf(environment);
  const before = (await readText(place.settings)) ?? '';
  const wrapped = wrapStatusLine(before, place.command);
  if (wrapped === 'present') {
    await window.showInformationMessage(
      l10n.t(
        'Claude Code already tells Token Burn of your plan’s limits. They show once it has answered in a terminal.',
      ),
    );
  } else if (wrapped === 'unreadable') {
    await window.showErrorMessage(
      l10n.t('{0} could not be understood, so it was left as it is. Mend it and try again.', place.settings),
    );
  } else if (await isWanted(place, before, wrapped.text)) {
    await install(place, before, wrapped.text, wrapped.ownCommand);
  }
}

export async function leavePlan(environment: Environment): Promise<void> {
  const place = placeOf(environment);
  const isChanged = await restore(place);
  await rm(place.folder, { recursive: true, force: true });
  await window.showInformationMessage(
    isChanged
      ? l10n.t('Claude Code’s status line is as it was before.')
      : l10n.t('Claude Code’s settings did not hold Token Burn’s status line. Nothing was changed in them.'),
  );
}

/** Returns whether the settings were changed. */
async function restore(place: Place): Promise<boolean> {
  const text = await readText(place.settings);
  if (text === null) return false;
  const [before, after, own] = await Promise.all(
    [beforeFile, afterFile, ownCommandFile].map((name) => readText(join(place.folder, name))),
  );
  const isUntouched = before !== null && text === after;
  const restored = isUntouched ? (before ?? '') : unwrapStatusLine(text, place.command, own ?? null);
  if (restored === null) return false;
  if (isUntouched && restored === '') await rm(place.settings);
  else await replace(place.settings, restored);
  return true;
}

async function install(
  place: Place,
  before: string,
  after: string,
  ownCommand: string | null,
): Promise<void> {
  const { folder, settings } = place;
  await mkdir(folder, { recursive: true });
  const script = join(folder, scriptName);
  await writeFile(script, scriptText(statusFile));
  await chmod(script, 0o755);
  if (ownCommand !== null) await writeFile(join(folder, ownCommandFile), ownCommand);
  await writeFile(join(folder, beforeFile), before);
  await writeFile(join(folder, afterFile), after);
  await replace(settings, after);
  await window.showInformationMessage(
    l10n.t('Done. Limits show above the sessions once Claude Code has answered in a terminal.'),
  );
}

/** In one step, so that Claude Code never meets half of it; through a link to where it leads. */
async function replace(path: string, text: string): Promise<void> {
  const target = await realpath(path).catch(() => path);
  await mkdir(dirname(target), { recursive: true });
  const unfinished = `${target}.${process.pid}.tmp`;
  await writeFile(unfinished, text);
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

function placeOf(environment: Environment): Place {
  const [named = ''] = (environment.CLAUDE_CONFIG_DIR ?? '').split(',');
  const config = named.trim() === '' ? join(homedir(), '.claude') : named.trim();
  const folder = join(config, folderName);
  return { settings: join(config, 'settings.json'), folder, command: commandFor(join(folder, scriptName)) };
}

async function readText(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(() => null);
}

type Environment = Readonly<Record<string, string | undefined>>;
