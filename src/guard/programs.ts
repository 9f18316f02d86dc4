/**
 * Puts the guard's programs where agents find them. They are copies, so that an update of the editor, which takes away
 * the folder that they came from, leaves the hooks working.
 */

import { hash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type LogRecord, nameOf, parseRecord, recordOf } from '../agents/fields.ts';
import { openclawPlugin } from './agents/openclawPlugin.ts';
import { guardFiles, guardFolderIn, replaceFile } from './guardFolder.ts';
import { launcherText, windowsLauncherText } from './launcher.ts';

export interface Programs {
  /** Where the build put the accountant and the catalogue. */
  readonly distFolder: string;
  /** Of the extension, such as `0.1.0`. */
  readonly version: string;
  /** An executable that is a Node, or becomes one by `ELECTRON_RUN_AS_NODE`. */
  readonly runtime: string;
}

/** Runtimes of so many editors are remembered. */
const mostRuntimes = 8;

/**
 * Writes what is missing, other than it should be, or older. What a newer extension wrote stays.
 *
 * @throws what the disk says
 */
export function refreshPrograms(dataFolder: string, { distFolder, version, runtime }: Programs): void {
  const folder = guardFolderIn(dataFolder);
  for (const name of [guardFiles.beats, guardFiles.faults]) {
    mkdirSync(join(folder, name), { recursive: true, mode: 0o700 });
  }
  const path = join(folder, guardFiles.runtime);
  refresh(path, runtimes(runtime, textOf(path)));
  if (isOlder(version, versionIn(folder))) return;
  for (const name of [guardFiles.accountant, guardFiles.mcp, guardFiles.catalogue]) {
    refresh(join(folder, name), readFileSync(join(distFolder, name)));
  }
  refresh(join(folder, guardFiles.launch), launcherText, 0o700);
  refresh(join(folder, `${guardFiles.launch}.cmd`), windowsLauncherText, 0o700);
  refresh(join(folder, guardFiles.openclawPlugin), pluginText(folder));
  refresh(join(folder, guardFiles.version), JSON.stringify({ version, digests: digestsIn(folder) }));
}

/** Whether the programs are there, and are what was written. */
export function statePrograms(folder: string): 'sound' | 'missing' | 'changed' {
  const digests = digestsIn(folder);
  if (Object.values(digests).includes(null)) return 'missing';
  return isDeepStrictEqual(recordOf(versionRecord(folder), 'digests'), digests) ? 'sound' : 'changed';
}

const programs = [
  guardFiles.launch,
  `${guardFiles.launch}.cmd`,
  guardFiles.accountant,
  guardFiles.mcp,
  guardFiles.catalogue,
  guardFiles.openclawPlugin,
] as const;

/** Empty where it could not start the launcher: nothing names it then. */
function pluginText(folder: string): string {
  return openclawPlugin({ path: join(folder, guardFiles.launch), platform: process.platform }) ?? '';
}

function digestsIn(folder: string): Readonly<Record<string, string | null>> {
  return Object.fromEntries(programs.map((name) => [name, digestOf(bytesOf(join(folder, name)))]));
}

function digestOf(bytes: Buffer | null): string | null {
  return bytes === null ? null : hash('sha256', bytes);
}

function refresh(path: string, content: string | Buffer, mode?: number): void {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  if (bytesOf(path)?.equals(bytes) !== true) replaceFile(path, bytes, mode);
}

/** The newest first, and last whatever Node the agent itself finds. */
function runtimes(newest: string, before: string): string {
  const known = before.split('\n').filter((line) => line !== '' && line !== 'node' && line !== newest);
  const there = known.filter((line) => existsSync(line)).slice(0, mostRuntimes - 1);
  return [newest, ...there, 'node'].map((line) => `${line}\n`).join('');
}

function bytesOf(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}

/** Empty where there is none. */
function textOf(path: string): string {
  return bytesOf(path)?.toString() ?? '';
}

function versionIn(folder: string): string {
  return nameOf(versionRecord(folder), 'version');
}

function versionRecord(folder: string): LogRecord {
  return parseRecord(textOf(join(folder, guardFiles.version))) ?? {};
}

/** By the numbers of both. What has none is older than all. */
export function isOlder(version: string, than: string): boolean {
  const [ours, theirs] = [numbersOf(version), numbersOf(than)];
  const index = theirs.findIndex((number, at) => number !== (ours[at] ?? 0));
  return index >= 0 && (ours[index] ?? 0) < (theirs[index] ?? 0);
}

function numbersOf(version: string): readonly number[] {
  const match = /^(\d+)\.(\d+)\.(\d+)/.exec(version);
  return match === null ? [] : match.slice(1).map(Number);
}
