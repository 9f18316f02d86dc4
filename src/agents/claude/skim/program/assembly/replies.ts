/**
 * The responses of a run. Lines of one response become one, by the rule by which the ledger takes the better of two
 * readings; where that would take more than numbers to decide, both are kept.
 */

import {
  cacheReadField,
  cacheWriteField,
  idField,
  inputField,
  outputField,
  requestIdField,
  thinkingField,
  timestampField,
  webSearchesField,
  write1hField,
  write5mField,
} from '../fields';
import {
  cacheReadNumber,
  idEndAt,
  idStartAt,
  inputNumber,
  msNumber,
  numberCount,
  numbersAt,
  outputNumber,
  promptCountAt,
  promptsBeforeAt,
  reasonAt,
  repliesAt,
  replyCountAt,
  replyStride,
  requestEndAt,
  requestStartAt,
  textStride,
  textsAt,
  thinkingNumber,
  webSearchesNumber,
  write1hNumber,
  write5mNumber,
  writtenNumber,
} from '../layout';
import { areSame, letterN, quote } from './bytes';
import { endOf, has, isDigit, startOf } from './walk';

/** What one response may claim at most, see `maxTokensPerResponse` and `mostWebSearches`. */
const mostTokens: f64 = 100_000_000;
const mostSearches: f64 = 10_000;

/** Of a count that is not too large. */
const mostDigits: i32 = 9;

/** Milliseconds of its day. */
export let lineMs: f64 = 0;

/** Where a response that is added stands, and its numbers before. */
function nextReply(): i32 {
  return repliesAt + load<i32>(replyCountAt) * replyStride;
}

export function numberAt(reply: i32, number: i32): f64 {
  return load<f64>(reply + numbersAt + number * 8);
}

/** Whether the line has a time such as {@link dayMs} reads, which is then its own. */
export function readTime(): bool {
  lineMs = dayMs();
  return lineMs >= 0;
}

export function readNumbers(): bool {
  if (!readTime()) return false;
  const numbers = nextReply() + numbersAt;
  store<f64>(numbers + msNumber * 8, lineMs);
  return (
    readCount(numbers, inputNumber, inputField, mostTokens) &&
    readCount(numbers, cacheReadNumber, cacheReadField, mostTokens) &&
    readCount(numbers, writtenNumber, cacheWriteField, mostTokens) &&
    readCount(numbers, write5mNumber, write5mField, mostTokens) &&
    readCount(numbers, write1hNumber, write1hField, mostTokens) &&
    readCount(numbers, outputNumber, outputField, mostTokens) &&
    readCount(numbers, thinkingNumber, thinkingField, mostTokens) &&
    readCount(numbers, webSearchesNumber, webSearchesField, mostSearches)
  );
}

function readCount(numbers: i32, number: i32, field: i32, most: f64): bool {
  const start = startOf(field);
  const isThere = !isMissing(field);
  const length = endOf(field) - start;
  if (isThere && (!isDigit(load<u8>(start)) || length > mostDigits)) return false;
  const count = isThere ? digits(start, length) : NaN;
  store<f64>(numbers + number * 8, count);
  return !isThere || count <= most;
}

function digits(start: i32, length: i32): f64 {
  let number: i64 = 0;
  for (let at = start; at < start + length; at++) number = number * 10 + (load<u8>(at) - 0x30);
  return <f64>number;
}

const timeBytes: i32 = 26;

/** Milliseconds of the day of a time such as `"2026-01-31T12:00:00.000Z"`; -1 where it is written in another way. */
function dayMs(): f64 {
  const start = startOf(timestampField);
  if (!has(timestampField) || endOf(timestampField) - start !== timeBytes || load<u8>(start) !== quote)
    return -1;
  const hour = twoDigits(start + 12);
  const minute = twoDigits(start + 15);
  const second = twoDigits(start + 18);
  const tenths = twoDigits(start + 21);
  const last = load<u8>(start + 23);
  if (!areTimeMarks(start) || !isDigit(last) || hour < 0 || minute < 0 || second < 0 || tenths < 0) return -1;
  if (hour > 23 || minute > 59 || second > 59) return -1;
  return <f64>(((hour * 60 + minute) * 60 + second) * 1000 + tenths * 10 + (last - 0x30));
}

function areTimeMarks(start: i32): bool {
  const isZoned = load<u8>(start + 24) === 0x5a && load<u8>(start + 11) === 0x54;
  return (
    isZoned && load<u8>(start + 14) === 0x3a && load<u8>(start + 17) === 0x3a && load<u8>(start + 20) === 0x2e
  );
}

function twoDigits(at: i32): i32 {
  const tens = load<u8>(at);
  const ones = load<u8>(at + 1);
  return isDigit(tens) && isDigit(ones) ? (tens - 0x30) * 10 + (ones - 0x30) : -1;
}

export function isMissing(field: i32): bool {
  return !has(field) || load<u8>(startOf(field)) === letterN;
}

/**
 * Returns the number of the response.
 *
 * @param reason number of the text that says why it ended
 */
export function addReply(reason: i32): i32 {
  const count = load<i32>(replyCountAt);
  const reply = nextReply();
  store<i32>(reply + idStartAt, startOf(idField) + 1);
  store<i32>(reply + idEndAt, endOf(idField) - 1);
  store<i32>(reply + requestStartAt, startOf(requestIdField) + 1);
  store<i32>(reply + requestEndAt, endOf(requestIdField) - 1);
  store<i32>(reply + reasonAt, reason);
  store<i32>(reply + promptsBeforeAt, load<i32>(promptCountAt));
  if (count > 0 && isMerged(reply - replyStride, reply)) return count - 1;
  store<i32>(replyCountAt, count + 1);
  return count;
}

function isSameText(a: i32, b: i32, startAt: i32): bool {
  const start = load<i32>(a + startAt);
  const length = load<i32>(a + startAt + 4) - start;
  const other = load<i32>(b + startAt);
  return load<i32>(b + startAt + 4) - other === length && areSame(start, other, length);
}

/** Whether two responses are one, of which the better reading now stands in place of the first. */
function isMerged(known: i32, next: i32): bool {
  if (load<i32>(known + promptsBeforeAt) !== load<i32>(next + promptsBeforeAt)) return false;
  if (!isSameText(known, next, idStartAt) || !isSameText(known, next, requestStartAt)) return false;
  for (let number = inputNumber; number < numberCount; number++) {
    if (isNaN(numberAt(known, number)) !== isNaN(numberAt(next, number))) return false;
  }
  const order = orderOf(known, next);
  if (order === 0 && !isRepeated(known, next)) return false;
  if (order < 0) memory.copy(known, next, replyStride);
  return true;
}

/** Below 0 where the second reading is the better one, see `betterReading`. */
function orderOf(known: i32, next: i32): f64 {
  const byOutput = numberAt(known, outputNumber) - numberAt(next, outputNumber);
  if (byOutput !== 0 && !isNaN(byOutput)) return byOutput;
  const byTotal = totalOf(known) - totalOf(next);
  if (byTotal !== 0) return byTotal;
  const byWrites = writtenForUnknown(next) - writtenForUnknown(known);
  if (byWrites !== 0) return byWrites;
  const byDetails = <f64>i32(hasReason(known)) - <f64>i32(hasReason(next));
  return byDetails !== 0 ? byDetails : numberAt(next, msNumber) - numberAt(known, msNumber);
}

function hasReason(reply: i32): bool {
  return load<i32>(textsAt + load<i32>(reply + reasonAt) * textStride) > 0;
}

/** All tokens of a response that are billed as its own. */
function totalOf(reply: i32): f64 {
  const prompt = known(numberAt(reply, inputNumber)) + known(numberAt(reply, cacheReadNumber));
  return prompt + writtenOf(reply) + known(numberAt(reply, outputNumber));
}

/** See the function of that name in `usage.ts`. */
export function isSplitBelieved(reply: i32): bool {
  const written = known(numberAt(reply, writtenNumber));
  const minutes = numberAt(reply, write5mNumber);
  const hour = numberAt(reply, write1hNumber);
  const hasBuckets = !isNaN(minutes) || !isNaN(hour);
  return hasBuckets && (known(minutes) + known(hour) === written || written === 0);
}

function writtenOf(reply: i32): f64 {
  if (!isSplitBelieved(reply)) return known(numberAt(reply, writtenNumber));
  return known(numberAt(reply, write5mNumber)) + known(numberAt(reply, write1hNumber));
}

/** What was written to the cache for a time that is not told. */
function writtenForUnknown(reply: i32): f64 {
  return isSplitBelieved(reply) ? 0 : known(numberAt(reply, writtenNumber));
}

export function known(count: f64): f64 {
  return isNaN(count) ? 0 : count;
}

function isRepeated(known: i32, next: i32): bool {
  for (let number = msNumber; number < numberCount; number++) {
    const a = numberAt(known, number);
    if (a !== numberAt(next, number) && !isNaN(a)) return false;
  }
  return load<i32>(known + reasonAt) === load<i32>(next + reasonAt);
}
