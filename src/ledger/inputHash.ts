/**
 * What inputs of calls are known again by, which must not be kept: the two XXH32 by the seeds 0 and 1, in 64 bits. They are
 * fast wherever they are made, as many as logs hold; a log that is made to collide with itself only harms its own numbers.
 *
 * @see https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md
 */

const primes = [2654435761, 2246822519, 3266489917, 668265263, 374761393] as const;
const [prime1, prime2, prime3, prime4, prime5] = primes.map((prime) => prime | 0) as [
  number,
  number,
  number,
  number,
  number,
];

/** @param input a text, or its bytes in UTF-8 */
export function hashInput(input: string | Uint8Array): bigint {
  const bytes = typeof input === 'string' ? Buffer.from(input) : input;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return (BigInt(xxh32(view, 1)) << 32n) | BigInt(xxh32(view, 0) >>> 0);
}

/** As a signed number of 32 bits. */
function xxh32(bytes: DataView, seed: number): number {
  const length = bytes.byteLength;
  const stripesEnd = length - (length % 16);
  let hash = stripesEnd === 0 ? seed + prime5 : stripes(bytes, seed, stripesEnd);
  hash = (hash + length) | 0;
  let at = stripesEnd;
  for (; at + 4 <= length; at += 4) {
    hash = Math.imul(turn(hash + Math.imul(bytes.getInt32(at, true), prime3), 17), prime4);
  }
  for (; at < length; at++) hash = Math.imul(turn(hash + Math.imul(bytes.getUint8(at), prime5), 11), prime1);
  hash = Math.imul(hash ^ (hash >>> 15), prime2);
  hash = Math.imul(hash ^ (hash >>> 13), prime3);
  return hash ^ (hash >>> 16);
}

function stripes(bytes: DataView, seed: number, end: number): number {
  let a = (seed + prime1 + prime2) | 0;
  let b = (seed + prime2) | 0;
  let c = seed | 0;
  let d = (seed - prime1) | 0;
  for (let at = 0; at < end; at += 16) {
    a = round(a, bytes.getInt32(at, true));
    b = round(b, bytes.getInt32(at + 4, true));
    c = round(c, bytes.getInt32(at + 8, true));
    d = round(d, bytes.getInt32(at + 12, true));
  }
  return (turn(a, 1) + turn(b, 7) + turn(c, 12) + turn(d, 18)) | 0;
}

function round(lane: number, word: number): number {
  return Math.imul(turn(lane + Math.imul(word, prime2), 13), prime1);
}

/** Turns the lowest 32 bits of a number to the left. */
function turn(number: number, bits: number): number {
  return (number << bits) | (number >>> (32 - bits));
}
