/**
 * Sub-agents of the extension pi-subagents, and of what was made from it. Each logs a session of its own in a folder beside
 * its parent's, and the parent's log has what they took once more: as one sum, with the result of the tool that ran them.
 */

import { noTokens, subtract, type TokenCounts } from '../../domain/tokens.ts';
import { type LogRecord, recordOf, recordsOf, textOf } from '../fields.ts';
import { isNamedAfterSession } from './memory.ts';
import { toUsage } from './usage.ts';

const noRecord: LogRecord = {};

/**
 * What of the usage with a tool's result no session of a sub-agent tells, so far as the result names their files; `null` where
 * it names none, as with tools that ask models themselves. By what the log says alone: the order of reading must not matter.
 */
export function leftBySubAgents(message: LogRecord, tokens: TokenCounts): TokenCounts | null {
  const ran = subAgentsOf(message);
  const logged = ran.filter(hasSession);
  if (logged.length === 0) return null;
  const told = logged.length === ran.length ? [tokens] : logged.map(tokensOf);
  return told.reduce(subtract, tokens);
}

/** Of a run that was waited for, or of several that had run in the background. */
function subAgentsOf(message: LogRecord): readonly LogRecord[] {
  const details = recordOf(message, 'details');
  if (details === null) return [];
  const completions = recordsOf(details, 'completions').flatMap((each) => recordsOf(each, 'results'));
  return [...recordsOf(details, 'results'), ...completions];
}

/** Whether its session lies among those that are read: one without a parent's file is put where nobody looks. */
function hasSession(subAgent: LogRecord): boolean {
  const folders = (textOf(subAgent, 'sessionFile') ?? '').split(/[\\/]/).slice(0, -1);
  const isUsual = folders.some((name, index) => name === 'sessions' && folders[index - 1] === 'agent');
  return isUsual || folders.some(isNamedAfterSession);
}

function tokensOf(subAgent: LogRecord): TokenCounts {
  const usage = toUsage(recordOf(subAgent, 'usage') ?? noRecord);
  return typeof usage === 'string' ? noTokens : usage.tokens;
}
