/** Bytes in memory, looked at by sixteens. What is found must lie before an end; what lies behind it may be anything. */

import { wordStride, wordsAt } from '../layout';

export const quote: u8 = 0x22;
export const backslash: u8 = 0x5c;
export const openBrace: u8 = 0x7b;
export const closeBrace: u8 = 0x7d;
export const openBracket: u8 = 0x5b;
export const closeBracket: u8 = 0x5d;
export const comma: u8 = 0x2c;
export const colon: u8 = 0x3a;
export const letterN: u8 = 0x6e;

/** Where the next quote, backslash or control character of a text is; the end where there is none. */
function special(start: i32, end: i32): i32 {
  const quotes = i8x16.splat(quote);
  const backslashes = i8x16.splat(backslash);
  const spaces = i8x16.splat(0x20);
  for (let at = start; at < end; at += 16) {
    const bytes = v128.load(at);
    const ends = v128.or(i8x16.eq(bytes, quotes), i8x16.eq(bytes, backslashes));
    const found = i8x16.bitmask(v128.or(ends, i8x16.lt_u(bytes, spaces)));
    if (found !== 0) return min(at + ctz(found), end);
  }
  return end;
}

/** Where a text ends, given where its quote is: after the other quote. -1 where it does not. */
export function textEnd(start: i32, end: i32, mayBeEscaped: bool): i32 {
  for (let at = start + 1; at < end; ) {
    at = special(at, end);
    if (at >= end) return -1;
    const byte = load<u8>(at);
    if (byte === quote) return at + 1;
    if (byte !== backslash || !mayBeEscaped) return -1;
    at += 2;
  }
  return -1;
}

/** As {@link textEnd}, of a text of which all that is escaped is so as JSON knows it. */
export function validTextEnd(start: i32, end: i32): i32 {
  for (let at = start + 1; at < end; ) {
    at = special(at, end);
    if (at >= end) return -1;
    const byte = load<u8>(at);
    if (byte === quote) return at + 1;
    if (byte !== backslash) return -1;
    const length = escapeLength(at, end);
    if (length === 0) return -1;
    at += length;
  }
  return -1;
}

/** Bytes of what a backslash escapes, itself included; 0 where JSON knows no such thing. */
function escapeLength(at: i32, end: i32): i32 {
  const escaped = load<u8>(at + 1);
  if (escaped === 0x75) return at + 6 <= end && areHexDigits(at + 2, at + 6) ? 6 : 0;
  const isControl =
    escaped === 0x62 || escaped === 0x66 || escaped === 0x6e || escaped === 0x72 || escaped === 0x74;
  return isControl || escaped === quote || escaped === backslash || escaped === 0x2f ? 2 : 0;
}

function areHexDigits(start: i32, end: i32): bool {
  for (let at = start; at < end; at++) if (hexDigit(load<u8>(at)) < 0) return false;
  return true;
}

/** What a hexadecimal digit stands for; -1 where there is none. */
export function hexDigit(byte: u8): i32 {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x61 + 10 : -1;
}

/** Whether all bytes are ASCII and none is a backslash. */
export function isPlain(start: i32, end: i32): bool {
  for (let at = start; at < end; at++) {
    const byte = load<u8>(at);
    if (byte >= 0x80 || byte === backslash) return false;
  }
  return true;
}

export function areSame(a: i32, b: i32, length: i32): bool {
  let at = 0;
  for (; at + 16 <= length; at += 16) {
    if (i8x16.bitmask(i8x16.eq(v128.load(a + at), v128.load(b + at))) !== 0xffff) return false;
  }
  const rest = i8x16.bitmask(i8x16.eq(v128.load(a + at), v128.load(b + at)));
  const looked = (1 << (length - at)) - 1;
  return (rest & looked) === looked;
}

export function wordLength(word: i32): i32 {
  return load<i32>(wordsAt + word * wordStride);
}

export function wordBytes(word: i32): i32 {
  return wordsAt + word * wordStride + 4;
}

/** Whether a word stands at a place, all of it before an end. */
export function isWordAt(word: i32, at: i32, end: i32): bool {
  const length = wordLength(word);
  return at + length <= end && areSame(at, wordBytes(word), length);
}

/** Where a word of two bytes or more is; -1 where it is not. */
export function findWord(word: i32, start: i32, end: i32): i32 {
  const length = wordLength(word);
  const bytes = wordBytes(word);
  const first = i8x16.splat(load<u8>(bytes));
  const last = i8x16.splat(load<u8>(bytes + length - 1));
  const stop = end - length;
  for (let at = start; at <= stop; at += 16) {
    const begins = i8x16.eq(v128.load(at), first);
    const ends = i8x16.eq(v128.load(at + length - 1), last);
    for (let found = i8x16.bitmask(v128.and(begins, ends)); found !== 0; found &= found - 1) {
      const place = at + ctz(found);
      if (place > stop) return -1;
      if (areSame(place, bytes, length)) return place;
    }
  }
  return -1;
}
