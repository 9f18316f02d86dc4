/** The calls in a run, and their results, of which one may stand on a line of the user's. Told as in `toolResults.ts`. */

import {
  agentIdWord,
  failedWord,
  nextResultWord,
  notFailedWord,
  otherResultTextWord,
  otherResultWord,
  resultEndWord,
  resultTextWord,
  resultWord,
} from '../fields';
import {
  callBytesAt,
  callCountAt,
  callIdEndAt,
  callIdStartAt,
  callResultAt,
  callStride,
  callsAt,
  isSpawnAt,
  spawnsAt,
  waitingAt,
} from '../layout';
import { areSame, backslash, findWord, hexDigit, isWordAt, quote, wordLength } from './bytes';
import { headBytes, isDigit, isWordByte, messageStart } from './walk';

/** Ends of lists that are tried, as a text may hold what looks like one. */
const mostEnds: i32 = 8;
const closingBytes: i32 = 64;
/** Of longer texts only so much is looked at, half at the beginning and half at the end. */
const sampledBytes: i32 = 2048;

/** Calls that have no result yet. */
let open: i32 = 0;

export function openCallCount(): i32 {
  return open;
}

export function resetCalls(): void {
  open = 0;
}

export function noteOpen(): void {
  open++;
}

/** The call of an id that has no result yet, by its place; 0 where there is none. */
export function openCall(idStart: i32, idEnd: i32): i32 {
  let left = open;
  const first = callsAt;
  for (
    let call = callsAt + (load<i32>(callCountAt) - 1) * callStride;
    left > 0 && call >= first;
    call -= callStride
  ) {
    if (load<i32>(call + callResultAt) !== 0) continue;
    const start = load<i32>(call + callIdStartAt);
    const length = load<i32>(call + callIdEndAt) - start;
    if (length === idEnd - idStart && areSame(start, idStart, length)) return call;
    left--;
  }
  return 0;
}

/** Takes the result on a line, if it begins with one. Returns whether that is all there is to it. */
export function takeResult(lineStart: i32, end: i32): bool {
  let idStart = afterWord(resultWord, messageStart, end);
  const isOther = idStart < 0;
  if (isOther) idStart = afterWord(otherResultWord, messageStart, end);
  const idEnd = idStart < 0 ? -1 : idEndAt(idStart, end);
  const textStart = idEnd < 0 ? -1 : afterWord(isOther ? otherResultTextWord : resultTextWord, idEnd, end);
  if (textStart < 0 || textStart - lineStart > headBytes) return false;
  const call = openCall(idStart, idEnd);
  const waiting = load<i32>(waitingAt);
  if (call === 0) return waiting === 0 && load<i32>(spawnsAt) === 0;
  // What it says of a sub-agent takes the whole line. What stands before the message says whose the line is.
  if (load<i32>(call + isSpawnAt) !== 0 && findWord(agentIdWord, messageStart, end) >= 0) return false;
  const isAlone = open + waiting === 1;
  return (isAlone || findWord(nextResultWord, textStart, end) < 0) && takeText(call, textStart, end);
}

/** Where a word ends that stands at a place; -1 where it does not. */
function afterWord(word: i32, at: i32, end: i32): i32 {
  return isWordAt(word, at, end) ? at + wordLength(word) : -1;
}

function idEndAt(start: i32, end: i32): i32 {
  let at = start;
  while (at < end && isWordByte(load<u8>(at))) at++;
  return at > start ? at : -1;
}

function takeText(call: i32, textStart: i32, end: i32): bool {
  let from = textStart;
  for (let tried = 0; tried < mostEnds; tried++) {
    const brace = findWord(resultEndWord, from, end);
    if (brace < 0) return false;
    const first = max(textStart - 1, brace - closingBytes);
    const textEnd = closingQuote(first, brace);
    if (textEnd >= 0) {
      const isFailed = textEnd < brace - 1 && isWordAt(failedWord, textEnd + 1, brace);
      store<i32>(call + callResultAt, isFailed ? 2 : 1);
      store<f64>(call + callBytesAt, textBytes(textStart, textEnd));
      open--;
      return true;
    }
    if (mayCloseOther(load<u8>(brace - 1))) return false;
    from = brace + 1;
  }
  return false;
}

/** Where the quote is that ends the text of a result, if what stands before a brace is that; else -1. */
function closingQuote(first: i32, brace: i32): i32 {
  const failed = brace - wordLength(failedWord);
  const notFailed = brace - wordLength(notFailedWord);
  if (failed > first && isWordAt(failedWord, failed, brace)) return unescaped(first, failed - 1);
  if (notFailed > first && isWordAt(notFailedWord, notFailed, brace)) return unescaped(first, notFailed - 1);
  return unescaped(first, brace - 1);
}

/** The place itself where a quote is that no backslash escapes, behind another byte; else -1. */
function unescaped(first: i32, place: i32): i32 {
  if (load<u8>(place) !== quote) return -1;
  let at = place - 1;
  while (at >= first && load<u8>(at) === backslash) at--;
  return at >= first && (place - 1 - at) % 2 === 0 ? place : -1;
}

/** What else can stand before a brace outside of texts: the end of a list, an object, a number or a word. */
function mayCloseOther(byte: u8): bool {
  return byte === 0x5d || byte === 0x7d || isDigit(byte) || byte === 0x65 || byte === 0x6c;
}

/** UTF-8 bytes of a text, given where it stands between its quotes: exact, or of a long one as its samples have it. */
function textBytes(start: i32, end: i32): f64 {
  const length = end - start;
  if (length <= sampledBytes) return <f64>(length - escapedBytes(start, end));
  const half = sampledBytes / 2;
  const escaped = escapedBytes(start, start + half) + escapedBytes(end - half, end);
  return Math.floor((<f64>length * <f64>(sampledBytes - escaped)) / <f64>sampledBytes + 0.5);
}

/** By how many bytes escapes are longer than what they stand for. */
function escapedBytes(start: i32, end: i32): i32 {
  let bytes = 0;
  for (let at = nextBackslash(start, end); at < end; ) {
    const isUnicode = at + 1 < end && load<u8>(at + 1) === 0x75;
    bytes += isUnicode ? 6 - unitBytes(at + 2, min(at + 6, end)) : 1;
    at = nextBackslash(at + (isUnicode ? 6 : 2), end);
  }
  return bytes;
}

function nextBackslash(start: i32, end: i32): i32 {
  const sought = i8x16.splat(backslash);
  for (let at = start; at < end; at += 16) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(at), sought));
    if (found !== 0) return min(at + ctz(found), end);
  }
  return end;
}

/** UTF-8 bytes of a UTF-16 unit in four hexadecimal digits, as `utf8Bytes` in `toolResults.ts` has them. */
function unitBytes(start: i32, end: i32): i32 {
  if (end - start < 4) return 3;
  let unit = 0;
  for (let at = start; at < end; at++) {
    const digit = hexDigit(load<u8>(at));
    if (digit < 0) return 3;
    unit = unit * 16 + digit;
  }
  if (unit < 0x80) return 1;
  return unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3;
}
