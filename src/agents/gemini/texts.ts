/** The texts of a message. */

import { fieldOf, type LogRecord, nameOf, recordsOf } from '../fields.ts';

/** @param name the field with them: a text, or parts of which some are texts */
export function textsOf(message: LogRecord, name: string): readonly string[] {
  const content = fieldOf(message, name);
  if (typeof content === 'string') return [content];
  const texts = recordsOf(message, name).map((part) => fieldOf(part, 'text'));
  return texts.filter((text) => typeof text === 'string');
}

/** What the person wrote, without what files that it names were put in its place. */
export function promptTexts(message: LogRecord): readonly string[] {
  const shown = textsOf(message, 'displayContent');
  const texts = shown.length > 0 ? shown : textsOf(message, 'content');
  return nameOf(message, 'type') === 'user' ? texts.filter((text) => !isContext(text)) : [];
}

/** Whether a message is of the person, rather than the result of a tool or what the program says in their name. */
export function isPrompt(message: LogRecord): boolean {
  return promptTexts(message).length > 0;
}

function isContext(text: string): boolean {
  return text.startsWith('<session_context>') || text.startsWith('This is the Gemini CLI.');
}
