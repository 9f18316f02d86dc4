/**
 * Reaching a session's own process. A process of its own asks the system, which may take its time: the editor's thread
 * does not wait.
 */

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { SessionKey } from '../../domain/budget.ts';
import type { Interrupted } from '../../guard/interrupt.ts';
import type { GuardPlace } from './guardPlace.ts';

type Place = Pick<GuardPlace, 'distFolder' | 'dataFolder'>;

/** The id of the process, where it is the session's beyond doubt; else `null`. @throws what kept it from being asked */
export async function processOf(session: SessionKey, place: Place): Promise<number | null> {
  return (await ask(session, [], place)) as number | null;
}

/** Tells it to stop, as Ctrl+C does. @throws as {@link processOf} */
export async function interruptProcess(session: SessionKey, id: number, place: Place): Promise<Interrupted> {
  return (await ask(session, [String(id)], place)) as Interrupted;
}

const longestMs = 10_000;

function ask({ agent, key }: SessionKey, more: readonly string[], place: Place): Promise<unknown> {
  const args = [join(place.distFolder, 'accountant.js'), 'process', place.dataFolder, agent, key, ...more];
  const environment = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const options = { env: environment, timeout: longestMs, windowsHide: true };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, options, (error, output) => {
      if (error !== null) reject(error);
      else resolve(JSON.parse(output));
    });
  });
}
