/** Has Claude Code tell Token Burn of all its requests, on the user's command and after they have seen what changes. */

import { randomBytes, randomInt } from 'node:crypto';
import { mkdir, rm, rmdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { l10n, window } from 'vscode';
import { readToChange, replaceFile } from '../changes/changedFile.ts';
import { bytesBefore, forgetBytes, keepBytes, ofUserAlone, readText } from '../changes/keptBytes.ts';
import { isChangeWanted, tellChanged, tellUnreadable } from '../changes/settingsQuestion.ts';
import { type Door, doorIn, hasTelemetry, withoutTelemetry, withTelemetry } from './telemetrySettings.ts';

/** As the receiver knows them, in the ledger's worker. */
const folderName = 'token-burn';
const receiverFile = 'receiver.json';

interface Place {
  readonly settings: string;
  readonly folder: string;
  readonly receiver: string;
  /** See `keptBytes.ts`. */
  readonly kept: string;
}

/**
 * @param configFolders see `claudeConfigFolders`
 * @param environment of the editor
 */
export async function receiveRequests(
  [config]: readonly [string, ...string[]],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const place = placeIn(config);
  const before = await readToChange(place.settings);
  const door = (await doorOf(place, before)) ?? (await newDoor());
  const changed = before === 'unreadable' ? before : withTelemetry(before ?? '', door);
  if (changed === 'unreadable' || before === 'unreadable') await tellUnreadable(place.settings);
  else if (changed === 'present') {
    await openDoor(place, door);
    await window.showInformationMessage(
      l10n.t('Claude Code is set to tell Token Burn of all its requests already.'),
    );
  } else if (changed === 'taken' || hasTelemetry(environment)) {
    await tellTaken(changed === 'taken' ? place.settings : l10n.t('the environment of this editor'));
  } else if (await isWanted(place, before ?? '', changed.text)) {
    await install(place, door, before, changed.text);
  }
}

/** Wherever it was set before: the folders may have been set since. */
export async function leaveRequests(configFolders: readonly string[]): Promise<void> {
  let isRestored = false;
  for (const place of configFolders.map(placeIn)) {
    const text = await readToChange(place.settings);
    const outcome = await restore(place, text);
    if (outcome === 'unreadable') {
      await tellUnreadable(place.settings);
      return;
    }
    if (outcome === 'absent' && (await readText(place.receiver)) === null) continue;
    await rm(place.receiver, { force: true });
    await forgetBytes(place.kept);
    await rmdir(place.folder).catch(() => {});
    isRestored = true;
  }
  await window.showInformationMessage(
    isRestored
      ? l10n.t(
          'From its next start on, Claude Code does not tell Token Burn of its requests any more. What was counted stays counted.',
        )
      : l10n.t('Claude Code was not set to tell Token Burn of its requests. Nothing was changed.'),
  );
}

/** What is kept to go by is thrown away only where the settings surely do not need it. */
async function restore(
  place: Place,
  text: string | null | 'unreadable',
): Promise<'restored' | 'absent' | 'unreadable'> {
  if (text === 'unreadable') return text;
  const before = text === null ? null : await bytesBefore(place.kept, text);
  if (before !== null) {
    if (before.text === null) await rm(place.settings);
    else await replaceFile(place.settings, before.text);
    return 'restored';
  }
  const door = await doorOf(place, text);
  const restored = door === null ? 'absent' : withoutTelemetry(text ?? '', door);
  if (typeof restored === 'string') return restored;
  await replaceFile(place.settings, restored.text);
  return 'restored';
}

async function install(place: Place, door: Door, before: string | null, after: string): Promise<void> {
  if ((await readToChange(place.settings)) !== before) {
    await tellChanged(place.settings);
    return;
  }
  await openDoor(place, door);
  await keepBytes(place.kept, before, after);
  await replaceFile(place.settings, after);
  await window.showInformationMessage(
    l10n.t('Done. Every request of Claude Code is counted from its next start on, while an editor is open.'),
  );
}

/** All windows look there. */
async function openDoor({ folder, receiver }: Place, door: Door): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(receiver, `${JSON.stringify(door)}\n`, ofUserAlone);
}

async function tellTaken(where: string): Promise<void> {
  await window.showWarningMessage(
    l10n.t(
      'Telemetry of Claude Code is set already in {0}, so it was left as it is: it can be sent to one place alone. Take its variables (CLAUDE_CODE_ENABLE_TELEMETRY and OTEL_…) out and try again.',
      where,
    ),
  );
}

function isWanted({ settings, folder }: Place, before: string, after: string): Promise<boolean> {
  return isChangeWanted(
    { path: settings, before, after },
    l10n.t('Let Claude Code tell Token Burn of every request?'),
    [
      l10n.t(
        'Claude Code’s transcripts hold no requests for titles, suggestions, compactions and searches of the web, though they are billed. This switches its telemetry on, for its requests alone, and sends it to Token Burn on this machine. The change to {0} can be seen behind this question.',
        settings,
      ),
      l10n.t(
        'Of each request Token Burn writes the model, tokens, time and ids into {0}, and no text. Nothing leaves this machine. What Claude Code does while no editor is open stays counted from its transcripts alone.',
        folder,
      ),
      l10n.t('“Stop Counting Claude Code Exactly” takes the change back.'),
    ].join('\n\n'),
  );
}

/** Of the receiver that is asked for, or that the settings name, where somebody took away what asks for it. */
async function doorOf(place: Place, text: string | null | 'unreadable'): Promise<Door | null> {
  const named = text === null || text === 'unreadable' ? null : doorIn(text);
  return named ?? (await doorAt(place));
}

async function doorAt({ receiver }: Place): Promise<Door | null> {
  try {
    const { port, secret } = JSON.parse((await readText(receiver)) ?? '') as Partial<Door>;
    return typeof port === 'number' && typeof secret === 'string' ? { port, secret } : null;
  } catch {
    return null;
  }
}

/** Below those that systems give to outgoing connections, so that none of these has it one day. */
const ports = [20_000, 32_000] as const;
const mostTries = 50;

async function newDoor(): Promise<Door> {
  const secret = randomBytes(24).toString('base64url');
  for (let tries = 1; ; tries++) {
    const port = randomInt(...ports);
    if (tries === mostTries || (await isFree(port))) return { port, secret };
  }
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

function placeIn(config: string): Place {
  const folder = join(config, folderName);
  return {
    settings: join(config, 'settings.json'),
    folder,
    receiver: join(folder, receiverFile),
    kept: join(folder, 'telemetry'),
  };
}
