/** Telling text from other files, and reading it. */

import type { CountedText } from '../countedText.ts';

/** Text has no NUL; git decides by as many bytes. */
const sampledBytes = 8_000;

/** @returns `null` for what is not text; bytes that are no UTF-8 read as U+FFFD */
export function decodeText(bytes: Uint8Array): string | null {
  const wide = wideEncoding(bytes);
  if (wide === null && bytes.subarray(0, sampledBytes).includes(0)) return null;
  return new TextDecoder(wide ?? 'utf-8').decode(bytes);
}

function wideEncoding([first, second]: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : null;
}

/** The first bytes of a text, as UTF-8. */
export function headOf(text: string, bytes: number): string {
  return new TextDecoder().decode(new TextEncoder().encode(text).subarray(0, bytes));
}

/** `undefined` of a document whose text is not all at hand: what is on the disk stands for it. */
export function wholeText(live: CountedText | undefined): string | undefined {
  const text = live?.textUpTo(live.length);
  return text?.length === live?.length ? text : undefined;
}
