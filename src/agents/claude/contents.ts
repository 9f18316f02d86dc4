/** The content of a message as far as it is text. */

import type { Author, Passage } from '../../domain/conversation.ts';
import { fieldOf, isRecord, type LogRecord, nameOf } from '../fields.ts';

export const gap: readonly Passage[] = [{ kind: 'gap' }];

/** A text, or blocks of text and of tools' results. Anything else in it, such as an image, is a gap. */
export function contentPassages(content: unknown, author: Author = 'conversation'): readonly Passage[] {
  if (content === null) return [];
  if (typeof content === 'string') return [{ kind: 'text', author, text: content }];
  if (!Array.isArray(content)) return gap;
  return content.flatMap((block) => (isRecord(block) ? blockPassages(block, author) : gap));
}

function blockPassages(block: LogRecord, author: Author): readonly Passage[] {
  const type = nameOf(block, 'type');
  if (type === 'tool_result') return contentPassages(fieldOf(block, 'content'), author);
  const text = fieldOf(block, 'text');
  return (type === 'text' || type === '') && typeof text === 'string'
    ? [{ kind: 'text', author, text }]
    : gap;
}
