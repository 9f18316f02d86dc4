/** Whether the agent is at work after a line, or has handed back to its user. */

import { fieldOf, isTrue, type LogRecord, nameOf, recordOf, recordsOf } from '../fields.ts';

/** `undefined` when the line leaves things as they are. */
export function isTurnOpenAfter(line: LogRecord, type: string): boolean | undefined {
  if (type === 'assistant') return isOpenAfterAssistant(line);
  if (type === 'system') return nameOf(line, 'subtype') === 'turn_duration' ? false : undefined;
  return type === 'user' ? isOpenAfterUser(line) : undefined;
}

function isOpenAfterAssistant(line: LogRecord): boolean | undefined {
  const message = recordOf(line, 'message');
  if (message === null) return undefined;
  const blocks = recordsOf(message, 'content');
  const hasCall = blocks.some((block) => nameOf(block, 'type') === 'tool_use');
  return isOpenAfterReply(nameOf(message, 'stop_reason'), hasCall);
}

/** @param stopReason `''` where none is logged */
function isOpenAfterReply(stopReason: string, hasCall: boolean): boolean | undefined {
  if (stopReason === 'tool_use' || stopReason === 'pause_turn') return true;
  if (stopReason !== '') return false;
  // Versions that log blocks while they stream give no reason until the last one.
  return hasCall || undefined;
}

function isOpenAfterUser(line: LogRecord): boolean | undefined {
  const texts = userTexts(line);
  if (texts.some((text) => text.startsWith('[Request interrupted by user'))) return false;
  // What the user ran locally, such as `/clear`, is logged and answered by no model.
  const isLocal = texts.every((text) => /^\s*<(?:local-)?command-|^\s*<bash-|^Caveat:/.test(text));
  return isLocal || isTrue(line, 'isMeta') ? undefined : true;
}

/** The texts of a `user` line; tool results are none. */
export function userTexts(line: LogRecord): readonly string[] {
  const message = recordOf(line, 'message');
  if (message === null) return [];
  const content = fieldOf(message, 'content');
  if (typeof content === 'string') return [content];
  const texts = recordsOf(message, 'content').map((block) => fieldOf(block, 'text'));
  return texts.filter((text) => typeof text === 'string');
}
