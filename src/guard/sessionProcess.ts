/** Which process a session's agent is, noted while its hooks come: later nothing else ties the two beyond doubt. */

import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parseRecord, textOf } from '../agents/fields.ts';
import type { SessionKey } from '../domain/budget.ts';
import { guardFiles, replaceFile, sessionFile } from './guardFolder.ts';
import type { KnownProcess } from './interrupt.ts';

/** A session that goes on in another process is noted anew by then, or with the next answer to stop. */
const freshMs = 10 * 60_000;

/**
 * Never throws: what is not noted cannot be interrupted from afar.
 *
 * @param find is asked only where what is noted may be old
 */
export function noteProcess(
  folder: string,
  session: SessionKey,
  find: () => KnownProcess | null,
  { nowMs, isUrgent }: { readonly nowMs: number; readonly isUrgent: boolean },
): void {
  const path = processPath(folder, session);
  try {
    const notedMs = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (!isUrgent && Math.abs(nowMs - notedMs) < freshMs) return;
    // That none was found is noted, too.
    replaceFile(path, JSON.stringify(find() ?? {}));
  } catch {
    // Nothing rests on it but an offer.
  }
}

/**
 * Whether it still is that one must be seen before it is told anything.
 *
 * @returns `null` also where another session was noted later in the same process: nobody can tell whether it went on there
 */
export function readProcess(folder: string, session: SessionKey): KnownProcess | null {
  const all = noted(folder);
  const own = all.find(({ name }) => name === sessionFile(session));
  const known = own === undefined ? null : processIn(own.path);
  if (own === undefined || known === null) return null;
  const later = all.filter(({ name, atMs }) => name !== own.name && atMs >= own.atMs);
  return later.some(({ path }) => isDeepStrictEqual(processIn(path), known)) ? null : known;
}

function processIn(path: string): KnownProcess | null {
  try {
    const record = parseRecord(readFileSync(path, 'utf8')) ?? {};
    const { id } = record;
    const started = textOf(record, 'started') ?? '';
    return typeof id === 'number' && Number.isSafeInteger(id) && id > 1 && started !== ''
      ? { id, started }
      : null;
  } catch {
    return null;
  }
}

/** Forgets those that were noted before. */
export function forgetProcesses(folder: string, beforeMs: number): void {
  for (const { path, atMs } of noted(folder)) if (atMs < beforeMs) rmSync(path, { force: true });
}

interface Noted {
  readonly name: string;
  readonly path: string;
  readonly atMs: number;
}

function noted(folder: string): readonly Noted[] {
  const processes = join(folder, guardFiles.processes);
  try {
    return readdirSync(processes).map((name) => {
      const path = join(processes, name);
      return { name, path, atMs: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0 };
    });
  } catch {
    return [];
  }
}

function processPath(folder: string, session: SessionKey): string {
  return join(folder, guardFiles.processes, sessionFile(session));
}
