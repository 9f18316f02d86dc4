/** Short pieces as three 32-bit words, which compare and hash at once. */

/** What three words hold. Nearly all pieces and tokens are no longer. */
export const shortBytes = 12;

/** The masks that cut three words to so many bytes: for `length`, those at `3 * length`, and the two after. */
export const wordMasks = new Int32Array(3 * (shortBytes + 1));
for (let length = 0; length <= shortBytes; length++) {
  for (let word = 0; word < 3; word++) {
    const bytes = Math.min(4, Math.max(0, length - 4 * word));
    wordMasks[3 * length + word] = bytes === 4 ? -1 : (1 << (8 * bytes)) - 1;
  }
}

/** The word at `at` of a piece that has so many bytes there. */
export function wordAt(text: DataView, at: number, length: number, word: number): number {
  return text.getInt32(at + 4 * word, true) & (wordMasks[3 * length + word] ?? 0);
}

/** All 32 bits are mixed best at the top: take as many from there as a table needs. */
export function hashWords(first: number, second: number, third: number): number {
  const mixed = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca77) ^ Math.imul(third, 0xc2b2ae3d);
  return Math.imul(mixed ^ (mixed >>> 15), 0x27d4eb2f);
}

/** A hash of any number of bytes. */
export function hashBytes(text: DataView, start: number, end: number): number {
  let hash = end - start;
  let at = start;
  for (; at + 4 <= end; at += 4) hash = mix(hash, text.getInt32(at, true));
  const rest = end - at;
  if (rest > 0) hash = mix(hash, text.getInt32(at, true) & (wordMasks[3 * rest] ?? 0));
  return hash ^ (hash >>> 16);
}

function mix(hash: number, word: number): number {
  const mixed = Math.imul(hash ^ word, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}
