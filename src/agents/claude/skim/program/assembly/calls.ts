/** The one call in the content of a response. Told as in `bareLine.ts`. */

import { agentWord, callerWord, callIdWord, contentField, inputWord, nameWord, taskWord } from '../fields';
import {
  callCountAt,
  callIdEndAt,
  callIdStartAt,
  callInputEndAt,
  callInputStartAt,
  callReplyAt,
  callResultAt,
  callStride,
  callsAt,
  isSpawnAt,
  toolAt,
} from '../layout';
import { closeBrace, isWordAt, openBrace, quote, wordLength } from './bytes';
import { firstUse, lastUse } from './contents';
import { noteOpen } from './results';
import { endOf, flatObjectEnd, isLabelByte, startOf } from './walk';

export const noCall: i32 = 0;
export const plainCall: i32 = 1;
/** It starts a sub-agent. */
export const startingCall: i32 = 2;
/** The line has to be read to tell. */
export const brokenCall: i32 = 3;

const mostOpening: i32 = 256;

export let callIdStart: i32 = 0;
export let callIdEnd: i32 = 0;
export let callNameStart: i32 = 0;
export let callNameEnd: i32 = 0;
let callInputStart: i32 = 0;
let callInputEnd: i32 = 0;

/** Finds the one call of a content, which is told as in `bareLine.ts`. */
export function readCall(): i32 {
  const start = startOf(contentField) + 1;
  const end = endOf(contentField) - 1;
  if (firstUse < 0) return noCall;
  callIdStart = wordEndAt(callIdWord, start, end);
  if (callIdStart < 0) return brokenCall;
  callIdEnd = labelEnd(callIdStart, end);
  callNameStart = callIdEnd < 0 ? -1 : wordEndAt(nameWord, callIdEnd, end);
  callNameEnd = callNameStart < 0 ? -1 : labelEnd(callNameStart, end);
  callInputStart = callNameEnd < 0 ? -1 : wordEndAt(inputWord, callNameEnd, end);
  if (callInputStart < 0 || callInputStart - start > mostOpening) return brokenCall;
  const closing = inputEnd(callInputStart, end);
  if (closing < 0 || lastUse >= callInputStart) return brokenCall;
  callInputStart--;
  callInputEnd = closing + 1;
  return isName(agentWord) || isName(taskWord) ? startingCall : plainCall;
}

function isName(word: i32): bool {
  return wordEndAt(word, callNameStart, callNameEnd) === callNameEnd;
}

/** Where a word ends that stands at a place; -1 where it does not. */
function wordEndAt(word: i32, at: i32, end: i32): i32 {
  return isWordAt(word, at, end) ? at + wordLength(word) : -1;
}

/** Where a text of letters, digits, `_` and `-` ends, given where it begins; -1 where it is no such text. */
function labelEnd(start: i32, end: i32): i32 {
  let at = start;
  while (at < end && isLabelByte(load<u8>(at))) at++;
  return at > start && load<u8>(at) === quote ? at : -1;
}

/** Where the input of the last call in a content ends, before its brace; -1 where it takes the whole line to tell. */
function inputEnd(start: i32, end: i32): i32 {
  const first = max(start, end - mostOpening);
  if (end - 2 < first || load<u8>(end - 1) !== closeBrace || load<u8>(end - 2) !== closeBrace) return -1;
  let brace = end - 3;
  while (brace > first && load<u8>(brace) !== closeBrace && load<u8>(brace) !== openBrace) brace--;
  const caller = brace + 1 - wordLength(callerWord);
  if (caller < first || !isWordAt(callerWord, caller, end)) return end - 2;
  return flatObjectEnd(brace, end) === end - 1 ? caller : -1;
}

/** @param tool number of the text that names it */
export function addCall(reply: i32, tool: i32, isSpawn: bool): void {
  const count = load<i32>(callCountAt);
  const call = callsAt + count * callStride;
  store<i32>(call + callReplyAt, reply);
  store<i32>(call + callIdStartAt, callIdStart);
  store<i32>(call + callIdEndAt, callIdEnd);
  store<i32>(call + toolAt, tool);
  store<i32>(call + callInputStartAt, callInputStart);
  store<i32>(call + callInputEndAt, callInputEnd);
  store<i32>(call + callResultAt, 0);
  store<i32>(call + isSpawnAt, i32(isSpawn));
  store<i32>(callCountAt, count + 1);
  noteOpen();
}
