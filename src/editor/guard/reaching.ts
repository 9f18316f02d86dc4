/**
 * Reaching a session's own process. A process of its own asks the system, which may take its time: the editor's thread
 * does not wait.
 */

import type { SessionKey } from '../../domain/budget.ts';
import type { Interrupted } from '../../guard/interrupt.ts';
import { type AccountantPlace, askAccountant } from './accountantProgram.ts';

/** The id of the process, where it is the session's beyond doubt; else `null`. @throws what kept it from being asked */
export async function processOf(session: SessionKey, place: AccountantPlace): Promise<number | null> {
  return (await ask(session, [], place)) as number | null;
}

/** Tells it to stop, as Ctrl+C does. @throws as {@link processOf} */
export async function interruptProcess(
  session: SessionKey,
  id: number,
  place: AccountantPlace,
): Promise<Interrupted> {
  return (await ask(session, [String(id)], place)) as Interrupted;
}

const longestMs = 10_000;

function ask({ agent, key }: SessionKey, more: readonly string[], place: AccountantPlace): Promise<unknown> {
  return askAccountant({ command: 'process', args: [agent, key, ...more], longestMs }, place);
}
