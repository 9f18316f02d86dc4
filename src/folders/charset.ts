/** How the bytes of a file are read as text: as VS Code does where nobody told it otherwise. */

/** The label of a `TextDecoder`; without a byte order mark text is UTF-8. */
export type Charset = 'utf-8' | 'utf-16le' | 'utf-16be';

/** VS Code and git take a file for binary that has a NUL byte so near its start. */
const probedBytes = 8192;

/** @returns `null` for what is no text */
export function charsetOf(start: Uint8Array): Charset | null {
  const [first, second] = start;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return start.subarray(0, probedBytes).includes(0) ? null : 'utf-8';
}
