/**
 * Where a line ends, and what the same look at its bytes tells besides: each byte of a log is looked at once for both.
 */

import { sideChainWord } from '../fields';
import { isWordAt } from './bytes';

const lineFeed: u8 = 0x0a;
/** With which the word begins that names a side. */
const firstOfSide: u8 = 0x53;

/** Where in the line the word is for the last time that names its side; -1 where it is not. */
export let lastSide: i32 = -1;

/** Where the line ends that begins at a place, before its break; -1 where none comes before an end. */
export function lineEndAt(start: i32, end: i32): i32 {
  lastSide = -1;
  for (let at = start; at < end; at += 64) {
    if (!mayTell(at)) continue;
    for (let part = at; part < at + 64; part += 16) {
      const feeds = i8x16.bitmask(i8x16.eq(v128.load(part), i8x16.splat(lineFeed)));
      const firsts = i8x16.bitmask(i8x16.eq(v128.load(part), i8x16.splat(firstOfSide)));
      // Those before the break.
      noteSides(part, firsts & ((feeds & -feeds) - 1), end);
      if (feeds === 0) continue;
      const place = part + ctz(feeds);
      return place < end ? place : -1;
    }
  }
  return -1;
}

/** Whether a break or the beginning of the word is among 64 bytes. */
function mayTell(at: i32): bool {
  const feed = i8x16.splat(lineFeed);
  const first = i8x16.splat(firstOfSide);
  const a = v128.load(at);
  const b = v128.load(at, 16);
  const c = v128.load(at, 32);
  const d = v128.load(at, 48);
  const feeds = v128.or(
    v128.or(i8x16.eq(a, feed), i8x16.eq(b, feed)),
    v128.or(i8x16.eq(c, feed), i8x16.eq(d, feed)),
  );
  const firsts = v128.or(
    v128.or(i8x16.eq(a, first), i8x16.eq(b, first)),
    v128.or(i8x16.eq(c, first), i8x16.eq(d, first)),
  );
  return v128.any_true(v128.or(feeds, firsts));
}

/** @param bits those of the bytes at a place with which the word may begin */
function noteSides(at: i32, bits: i32, end: i32): void {
  for (let left = bits; left !== 0; left &= left - 1) {
    const place = at + ctz(left);
    if (load<u8>(place + 1) === 0x69 && isWordAt(sideChainWord, place, end)) lastSide = place;
  }
}
