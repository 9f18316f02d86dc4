/** What a line offers as the title of its session. */

import { type SessionFacts, toTitle } from '../../domain/session.ts';
import { isTrue, type LogRecord, nameOf, recordOf, textOf } from '../fields.ts';
import { toHumanPrompt } from '../prompts.ts';
import { userTexts } from './turns.ts';

type Title = NonNullable<SessionFacts['title']>;

/** The title that a line was written for. A `summary` is not here: it names its session only by one of its lines. */
export function givenTitle(line: LogRecord, type: string): Title | undefined {
  if (type === 'custom-title') return titled(textOf(line, 'customTitle'), 'custom');
  return type === 'ai-title' ? titled(textOf(line, 'aiTitle'), 'generated') : undefined;
}

/** The words of the person on a `user` line, `null` where a program wrote it. */
export function humanPrompt(line: LogRecord): string | null {
  if (isTrue(line, 'isMeta') || isTrue(line, 'isCompactSummary')) return null;
  const origin = recordOf(line, 'origin');
  if (origin !== null && nameOf(origin, 'kind') !== 'human') return null;
  for (const text of userTexts(line)) {
    const prompt = toHumanPrompt(text);
    if (prompt !== null) return prompt;
  }
  return null;
}

export function titled(text: string | null, source: Title['source']): Title | undefined {
  const title = text === null ? undefined : toTitle(text);
  return title === undefined ? undefined : { text: title, source };
}
