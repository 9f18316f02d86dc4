/**
 * Sub-agents of the extension pi-subagents, and of what was made from it. Each logs a session of its own in a folder beside
 * its parent's, and the parent's log has what they took once more: as one sum, with the result of the tool that ran them.
 */

import { noTokens, subtract, type TokenCounts } from '../../domain/tokens.ts';
import { type LogRecord, nameOf, recordOf, recordsOf, textOf } from '../fields.ts';
import { isNamedAfterSession } from './memory.ts';
import { toUsage } from './usage.ts';

const noRecord: LogRecord = {};

/**
 * What of the usage with a tool's result no session of a sub-agent tells, so far as the result says where these are; `null`
 * where it does not, as with tools that ask models themselves. By what the log says alone: the order of reading must not matter.
 */
export function leftBySubAgents(message: LogRecord, tokens: TokenCounts): TokenCounts | null {
  const ran = subAgentsOf(message);
  const logged = ran.filter(({ isLogged }) => isLogged);
  if (logged.length === 0) return null;
  const told = logged.length === ran.length ? [tokens] : logged.map(({ result }) => tokensOf(result));
  return told.reduce(subtract, tokens);
}

interface SubAgent {
  readonly result: LogRecord;
  /** Whether its session lies among those that are read. */
  readonly isLogged: boolean;
}

/** Of a run that was waited for, or of several that had run in the background. */
function subAgentsOf(message: LogRecord): readonly SubAgent[] {
  const details = recordOf(message, 'details') ?? noRecord;
  const awaited = recordsOf(details, 'results').map((result) => ({ result, isLogged: hasSession(result) }));
  const background = recordsOf(details, 'completions').flatMap((run) =>
    recordsOf(run, 'results').map((result) => ({
      result,
      isLogged: hasSession(result) || isStep(run, result),
    })),
  );
  return [...awaited, ...background];
}

/** A session without a parent's file is put where nobody looks. */
function hasSession(subAgent: LogRecord): boolean {
  const folders = (textOf(subAgent, 'sessionFile') ?? '').split(/[\\/]/).slice(0, -1);
  const isUsual = folders.some((name, index) => name === 'sessions' && folders[index - 1] === 'agent');
  return isUsual || folders.some(isNamedAfterSession);
}

/**
 * Whether it is a step of a chain that was hung on to a run in the background. Its session is given no file, but the folder of
 * its run, beside the parent's file: no result can name it. Whatever else names none has no session of Pi here, as when it
 * ran on another machine.
 */
function isStep(run: LogRecord, subAgent: LogRecord): boolean {
  return nameOf(run, 'mode') === 'chain' && textOf(subAgent, 'sessionFile') === null;
}

function tokensOf(subAgent: LogRecord): TokenCounts {
  const usage = toUsage(recordOf(subAgent, 'usage') ?? noRecord);
  return typeof usage === 'string' ? noTokens : usage.tokens;
}
