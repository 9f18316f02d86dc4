/**
 * Where a line ends, and what the same look at its bytes tells besides: each byte of a log is looked at once for both.
 */

import { sideChainWord } from '../fields';
import { isWordAt } from './bytes';

const lineFeed: u8 = 0x0a;

/** Where in the line the word is for the last time that names its side; -1 where it is not. */
export let lastSide: i32 = -1;

/** Where the line ends that begins at a place, before its break; -1 where none comes before an end. */
export function lineEndAt(start: i32, end: i32): i32 {
  const feeds = i8x16.splat(lineFeed);
  // With which the word begins.
  const firsts = i8x16.splat(0x53);
  lastSide = -1;
  for (let at = start; at < end; at += 16) {
    const bytes = v128.load(at);
    const feed = i8x16.eq(bytes, feeds);
    const first = i8x16.eq(bytes, firsts);
    if (!v128.any_true(v128.or(feed, first))) continue;
    const feedBits = i8x16.bitmask(feed);
    // Those before the break.
    noteSides(at, i8x16.bitmask(first) & ((feedBits & -feedBits) - 1), end);
    if (feedBits !== 0) {
      const place = at + ctz(feedBits);
      return place < end ? place : -1;
    }
  }
  return -1;
}

/** @param bits those of the bytes at a place with which the word may begin */
function noteSides(at: i32, bits: i32, end: i32): void {
  for (let left = bits; left !== 0; left &= left - 1) {
    const place = at + ctz(left);
    if (load<u8>(place + 1) === 0x69 && isWordAt(sideChainWord, place, end)) lastSide = place;
  }
}
