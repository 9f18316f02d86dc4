/** Where the content of a response ends, and where what may be calls stands in it: both by one look at its bytes. */

import { contentEndWord, sideChainWord, useWord } from '../fields';
import { closeBracket, findWord, isWordAt, quote, wordLength } from './bytes';
import { lastSide } from './lines';

/** Where the word stands for the first and the last time that is in the type of every call; -1 where it does not. */
export let firstUse: i32 = -1;
export let lastUse: i32 = -1;

/** Where a content ends that begins at a bracket; -1 where the line has to be read to tell. */
export function contentEnd(start: i32, end: i32): i32 {
  const close = closeOf(start, end);
  const hasSide = close >= 0 && lastSide >= start && findWord(sideChainWord, start, close) >= 0;
  return close < 0 || hasSide ? -1 : close + 1;
}

function closeOf(start: i32, end: i32): i32 {
  firstUse = -1;
  lastUse = -1;
  const brackets = i8x16.splat(closeBracket);
  const colons = i8x16.splat(0x3a);
  const underscores = i8x16.splat(0x5f);
  const quotes = i8x16.splat(quote);
  const toColon = wordLength(contentEndWord) - 1;
  const toQuote = wordLength(useWord) - 1;
  for (let at = start; at < end; at += 32) {
    const low = v128.load(at);
    const high = v128.load(at, 16);
    const closes = v128.and(i8x16.eq(low, brackets), i8x16.eq(v128.load(at + toColon), colons));
    const uses = v128.and(i8x16.eq(low, underscores), i8x16.eq(v128.load(at + toQuote), quotes));
    const highCloses = v128.and(i8x16.eq(high, brackets), i8x16.eq(v128.load(at + toColon, 16), colons));
    const highUses = v128.and(i8x16.eq(high, underscores), i8x16.eq(v128.load(at + toQuote, 16), quotes));
    if (!v128.any_true(v128.or(v128.or(closes, uses), v128.or(highCloses, highUses)))) continue;
    const closeBits = i8x16.bitmask(closes) | (i8x16.bitmask(highCloses) << 16);
    const close = firstOf(contentEndWord, at, closeBits, end);
    const useBits = i8x16.bitmask(uses) | (i8x16.bitmask(highUses) << 16);
    noteUses(at, useBits, close < 0 ? end : close);
    if (close >= 0) return close;
  }
  return -1;
}

/** The first place of a word among those at which it may stand. */
function firstOf(word: i32, at: i32, bits: i32, end: i32): i32 {
  for (let left = bits; left !== 0; left &= left - 1) {
    const place = at + ctz(left);
    if (isWordAt(word, place, end)) return place;
  }
  return -1;
}

function noteUses(at: i32, bits: i32, end: i32): void {
  for (let left = bits; left !== 0; left &= left - 1) {
    const place = at + ctz(left);
    if (!isWordAt(useWord, place, end)) continue;
    if (firstUse < 0) firstUse = place;
    lastUse = place;
  }
}
