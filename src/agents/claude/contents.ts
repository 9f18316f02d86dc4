/** The content of a message as far as it is text. */

import type { Author, Passage } from '../../domain/conversation.ts';
import { fieldOf, isRecord, type LogRecord, nameOf } from '../fields.ts';

export const gap: readonly Passage[] = [{ kind: 'gap' }];

/** A text, or blocks of text and of tools' results. Anything else in it, such as an image, is a gap. */
export function contentPassages(content: unknown, author: Author = 'conversation'): readonly Passage[] {
  return passagesOf(content, author, (block) =>
    nameOf(block, 'type') === 'tool_result'
      ? passagesOf(fieldOf(block, 'content'), author, (inner) => textPassages(inner, author))
      : textPassages(block, author),
  );
}

function passagesOf(
  content: unknown,
  author: Author,
  ofBlock: (block: LogRecord) => readonly Passage[],
): readonly Passage[] {
  if (content === null) return [];
  if (typeof content === 'string') return [{ kind: 'text', author, text: content }];
  if (!Array.isArray(content)) return gap;
  return content.flatMap((block) => (isRecord(block) ? ofBlock(block) : gap));
}

function textPassages(block: LogRecord, author: Author): readonly Passage[] {
  const type = nameOf(block, 'type');
  const text = fieldOf(block, 'text');
  return (type === 'text' || type === '') && typeof text === 'string'
    ? [{ kind: 'text', author, text }]
    : gap;
}
