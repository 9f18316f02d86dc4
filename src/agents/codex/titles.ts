/** The words of the person in a rollout. */

import { type SessionFacts, toTitle } from '../../domain/session.ts';
import { fieldOf, type LogRecord, nameOf, recordOf, recordsOf } from '../fields.ts';
import { toHumanPrompt } from '../prompts.ts';

/** @param event a `user_message`, or an `item_completed` as paginated rollouts have in its place */
export function promptTitle(event: LogRecord): SessionFacts['title'] {
  for (const text of userTexts(event)) {
    const prompt = toHumanPrompt(text);
    const title = prompt === null ? undefined : toTitle(prompt);
    if (title !== undefined) return { text: title, source: 'prompt' };
  }
  return undefined;
}

function userTexts(event: LogRecord): readonly string[] {
  const item = recordOf(event, 'item');
  const isMessage = item !== null && nameOf(item, 'type') === 'UserMessage';
  const texts = isMessage
    ? recordsOf(item, 'content').map((part) => fieldOf(part, 'text'))
    : [fieldOf(event, 'message')];
  return texts.filter((text) => typeof text === 'string');
}
