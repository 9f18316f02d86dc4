/** Cutting lines out of a text. */

import type { LineSpan } from './references.ts';

/** The lines of a span with their line breaks. */
export function linesOf(text: string, lines: LineSpan | null): string {
  if (lines === null) return text;
  const start = afterLines(text, 0, lines.first - 1);
  return text.slice(start, afterLines(text, start, lines.last - lines.first + 1));
}

/** Where `count` lines after `start` are over. */
function afterLines(text: string, start: number, count: number): number {
  let at = start;
  for (let line = 0; line < count; line++) {
    const next = text.indexOf('\n', at);
    if (next === -1) return text.length;
    at = next + 1;
  }
  return at;
}
