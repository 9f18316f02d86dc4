/** What a chat tells about its session beside what it cost. */

import { type SessionFacts, toTitle } from '../../domain/session.ts';
import { fieldOf, type LogRecord, textOf } from '../fields.ts';
import { toHumanPrompt } from '../prompts.ts';
import { promptTexts } from './texts.ts';

type Title = NonNullable<SessionFacts['title']>;

export function summaryTitle(record: LogRecord): Title | undefined {
  const title = toTitle(textOf(record, 'summary') ?? '');
  return title === undefined ? undefined : { text: title, source: 'summary' };
}

export function promptTitle(message: LogRecord): Title | undefined {
  for (const text of promptTexts(message)) {
    const title = toTitle(toHumanPrompt(text) ?? '');
    if (title !== undefined) return { text: title, source: 'prompt' };
  }
  return undefined;
}

/** The first of the directories that a sub-agent's header lists. */
export function projectNamed(record: LogRecord): string | undefined {
  const directories = fieldOf(record, 'directories');
  const [first] = Array.isArray(directories) ? directories : [];
  return typeof first === 'string' && first !== '' ? first : undefined;
}

/** As versions before and after 2026 put it. */
const directory =
  /(?:\*\*Workspace Directories:\*\*\s*\n\s*- |I'm currently working in the (?:directory|following directories): (?:\n\s*- )?)([^\n]+)/;

/** The working directory in a text that tells the model of its surroundings. */
export function projectIn(texts: readonly string[]): string | null {
  for (const text of texts) {
    if (!text.includes('Gemini CLI') && !text.includes('Qwen Code')) continue;
    const path = directory.exec(text)?.[1]?.trim();
    if (path !== undefined) return path;
  }
  return null;
}
