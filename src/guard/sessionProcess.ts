/** Which process a session's agent is, noted while its hooks come: later nothing else ties the two beyond doubt. */

import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
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

/** Whether it still is that one must be seen before it is told anything. */
export function readProcess(folder: string, session: SessionKey): KnownProcess | null {
  try {
    const record = parseRecord(readFileSync(processPath(folder, session), 'utf8')) ?? {};
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
  const processes = join(folder, guardFiles.processes);
  try {
    for (const name of readdirSync(processes)) {
      const path = join(processes, name);
      const notedMs = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
      if (notedMs < beforeMs) rmSync(path, { force: true });
    }
  } catch {
    // There are none.
  }
}

function processPath(folder: string, session: SessionKey): string {
  return join(folder, guardFiles.processes, sessionFile(session));
}
