/** How large a tool's result was for the model that it was given to. */

import { fieldOf, isRecord, nameOf } from './fields.ts';
import type { LogLine } from './reader.ts';

/** Bytes of a text, or `null` where they are not known. */
export type BytesOf = (text: string) => number | null;

/** The size in UTF-8, or none where the line is so long that its texts lost their ends. */
export function bytesUnless(isCut: boolean): BytesOf {
  return (text) => (isCut ? null : Buffer.byteLength(text));
}

/** Of a text or a list of them; `null` where there is more than text in it, such as a picture. */
export function resultBytes(content: unknown, bytesOf: BytesOf): number | null {
  if (content === null) return 0;
  if (typeof content === 'string') return bytesOf(content);
  if (!Array.isArray(content)) return null;
  const sizes = content.map((part) => bytesOfPart(part, bytesOf));
  return sizes.reduce<number | null>((sum, size) => (sum === null || size === null ? null : sum + size), 0);
}

function bytesOfPart(part: unknown, bytesOf: BytesOf): number | null {
  const isText = isRecord(part) && /^(?:input_|output_)?text$/.test(nameOf(part, 'type'));
  const text = isText ? fieldOf(part, 'text') : null;
  return typeof text === 'string' ? bytesOf(text) : null;
}

/** Whether a line is so long that its strings lost their ends. */
export function isCut({ byteLength }: LogLine, text: string): boolean {
  return byteLength > text.length && byteLength > Buffer.byteLength(text);
}
