/**
 * Walks through a line of JSON in its bytes and notes where the fields stand that are looked for, without making a value
 * of any. It knows JSON as programs write it, and goes no further where it meets anything else: white space, an object in
 * an unknown place, a name twice, a backslash in a text that nobody reads.
 */

import {
  assistantWord,
  cacheWritesField,
  cacheWritesShape,
  contentField,
  cwdField,
  falseWord,
  fieldCount,
  firstTellingWord,
  gitBranchField,
  idleField,
  isSidechainField,
  iterationsField,
  lastTellingWord,
  lineShape,
  messageField,
  messageShape,
  messageTypeWord,
  nullWord,
  outputDetailsField,
  outputDetailsShape,
  promptWord,
  serverToolsField,
  serverToolsShape,
  typeField,
  usageField,
  usageShape,
  userWord,
} from '../fields';
import { fieldsAt, nameBytesAt, nameStride, shapesAt } from '../layout';
import {
  areSame,
  closeBrace,
  closeBracket,
  colon,
  comma,
  isWordAt,
  openBrace,
  openBracket,
  quote,
  textEnd,
  validTextEnd,
  wordLength,
} from './bytes';
import { contentEnd } from './contents';

/** What a line turned out to be on the way. */
export const unknownLine: i32 = 0;
export const userLine: i32 = 1;
/** Of a type that tells nothing. */
export const idleLine: i32 = 2;
/** One of the user's with a text alone, so far. */
export const promptLine: i32 = 3;

/** What kind a line is must stand in so many bytes at its beginning, see `lineKind.ts`. */
export const headBytes: i32 = 768;

export let lineKind: i32 = unknownLine;
/** Where the object begins that holds what the user sends. */
export let messageStart: i32 = -1;
/** Where what shows what kind an idle line is ends: its type, or the brace of an object before it. */
export let idleEnd: i32 = -1;

/** Where the value of a field begins; -1 where there is none. */
export function startOf(field: i32): i32 {
  return load<i32>(fieldsAt + field * 8);
}

/** Where the value of a field ends, a closing quote included. */
export function endOf(field: i32): i32 {
  return load<i32>(fieldsAt + field * 8 + 4);
}

export function has(field: i32): bool {
  return startOf(field) >= 0;
}

export function isOfType(word: i32): bool {
  return has(typeField) && isWordAt(word, startOf(typeField), endOf(typeField));
}

/** Whether between two places there is one object, of which all was understood. */
export function walkLine(start: i32, end: i32): bool {
  memory.fill(fieldsAt, 0xff, fieldCount * 8);
  lineKind = unknownLine;
  return load<u8>(start) === openBrace && objectEnd(start, end, lineShape) === end;
}

function objectEnd(start: i32, end: i32, shape: i32): i32 {
  let at = start;
  do {
    at++;
    const nameEnd = nameEndAt(at, end);
    if (nameEnd < 0) return -1;
    const field = fieldNamed(shape, at + 1, nameEnd - 1);
    if (field < 0 && !isWord(at + 1, nameEnd - 1)) return -1;
    const valueStart = nameEnd + 1;
    at = valueEnd(valueStart, end, shape, field);
    if (at < 0 || !note(field, valueStart, at)) return -1;
    if (field === typeField && tellsNothing()) return -1;
  } while (load<u8>(at) === comma);
  return load<u8>(at) === closeBrace ? at + 1 : -1;
}

/** Where a name with its quotes ends, which a colon follows; -1 where there is none. */
function nameEndAt(at: i32, end: i32): i32 {
  if (load<u8>(at) !== quote) return -1;
  const nameEnd = textEnd(at, end, false);
  return nameEnd >= 0 && load<u8>(nameEnd) === colon ? nameEnd : -1;
}

/** -1 where none of that name is looked for. */
function fieldNamed(shape: i32, start: i32, end: i32): i32 {
  const length = end - start;
  const key = (length << 8) | <i32>load<u8>(start);
  for (let name = load<i32>(shapesAt + shape * 4); load<i32>(name) !== 0; name += nameStride) {
    if (load<i32>(name) === key && areSame(start, name + nameBytesAt, length)) return load<i32>(name, 4);
  }
  return -1;
}

/** Whether there are letters, digits and `_` alone, as in all names that are known. */
function isWord(start: i32, end: i32): bool {
  for (let at = start; at < end; at++) if (!isWordByte(load<u8>(at))) return false;
  return start < end;
}

export function isWordByte(byte: u8): bool {
  const letter = byte | 0x20;
  return (letter >= 0x61 && letter <= 0x7a) || isDigit(byte) || byte === 0x5f;
}

function note(field: i32, start: i32, end: i32): bool {
  if (field < 0) return true;
  if (has(field)) return false;
  store<i32>(fieldsAt + field * 8, start);
  store<i32>(fieldsAt + field * 8 + 4, end);
  return true;
}

/** Whether the type that has just been met is none of those that tell something. */
function tellsNothing(): bool {
  if (isOfType(assistantWord) || isOfType(userWord)) return false;
  for (let word = firstTellingWord; word <= lastTellingWord; word++) if (isOfType(word)) return false;
  // What follows a message is its line's, or what is left of another line.
  if (!has(messageField) && isLabel(startOf(typeField), endOf(typeField))) noteIdle(endOf(typeField));
  return true;
}

function noteIdle(end: i32): void {
  lineKind = idleLine;
  idleEnd = end;
}

/** Whether letters, digits, `_` and `-` stand between quotes. */
function isLabel(start: i32, end: i32): bool {
  if (load<u8>(start) !== quote || end - start < 3) return false;
  for (let at = start + 1; at < end - 1; at++) if (!isLabelByte(load<u8>(at))) return false;
  return true;
}

export function isLabelByte(byte: u8): bool {
  return isWordByte(byte) || byte === 0x2d;
}

function valueEnd(at: i32, end: i32, shape: i32, field: i32): i32 {
  const first = load<u8>(at);
  if (first === quote) return textEnd(at, end, field === cwdField || field === gitBranchField);
  if (first === openBrace) return innerEnd(at, end, shape, field);
  if (first === openBracket) return listEnd(at, end, field);
  return plainEnd(at, end);
}

function innerEnd(at: i32, end: i32, shape: i32, field: i32): i32 {
  const inner = innerShape(shape, field);
  if (field === idleField && !has(typeField)) noteIdle(at + 1);
  if (inner === 0) return -1;
  if (field === messageField && has(typeField) && !isOfType(assistantWord)) {
    return isOfType(userWord) ? userMessageEnd(at, end) : -1;
  }
  return objectEnd(at, end, inner);
}

/** Where a message of the user's ends that is a text alone; else it is looked into by others, and the walk ends. */
function userMessageEnd(at: i32, end: i32): i32 {
  messageStart = at;
  lineKind = userLine;
  if (!isWordAt(promptWord, at, end)) return -1;
  const textEnd = validTextEnd(at + wordLength(promptWord) - 1, end);
  if (textEnd < 0 || load<u8>(textEnd) !== closeBrace) return -1;
  lineKind = promptLine;
  return textEnd + 1;
}

/** 0 where an object is not looked into. */
function innerShape(shape: i32, field: i32): i32 {
  if (shape === lineShape) return field === messageField ? messageShape : 0;
  if (shape === messageShape) return field === usageField ? usageShape : 0;
  if (shape !== usageShape) return 0;
  if (field === cacheWritesField) return cacheWritesShape;
  if (field === serverToolsField) return serverToolsShape;
  return field === outputDetailsField ? outputDetailsShape : 0;
}

function listEnd(at: i32, end: i32, field: i32): i32 {
  if (field === iterationsField) return iterationsEnd(at, end);
  return field === contentField && has(isSidechainField) ? contentEnd(at, end) : -1;
}

/**
 * Where a list ends whose one iteration repeats the usage of its message; -1 where it may tell of another model's, or there
 * are several, of which the usage is the sum.
 */
function iterationsEnd(start: i32, end: i32): i32 {
  if (load<u8>(start + 1) === closeBracket) return start + 2;
  const at = repeatedEnd(start + 1, end, true);
  return at >= 0 && load<u8>(at) === closeBracket ? at + 1 : -1;
}

/** Where an object ends in which no other lies; -1 where one does, or it is none. */
export function flatObjectEnd(start: i32, end: i32): i32 {
  return repeatedEnd(start, end, false);
}

/** Where an object ends that is an iteration of its message, or lies in one. */
function repeatedEnd(start: i32, end: i32, mayHoldMore: bool): i32 {
  if (load<u8>(start) !== openBrace) return -1;
  if (load<u8>(start + 1) === closeBrace) return start + 2;
  let at = start;
  do {
    at++;
    const nameEnd = nameEndAt(at, end);
    if (nameEnd < 0) return -1;
    const isType = fieldNamed(lineShape, at + 1, nameEnd - 1) === typeField;
    const valueStart = nameEnd + 1;
    const first = load<u8>(valueStart);
    if (first === openBrace) at = mayHoldMore ? repeatedEnd(valueStart, end, false) : -1;
    else at = first === quote ? textEnd(valueStart, end, false) : plainEnd(valueStart, end);
    if (at < 0 || (isType && mayHoldMore && !isWordAt(messageTypeWord, valueStart, at))) return -1;
  } while (load<u8>(at) === comma);
  return load<u8>(at) === closeBrace ? at + 1 : -1;
}

/** Where a whole number or one of the three words ends; -1 where there is neither. */
function plainEnd(start: i32, end: i32): i32 {
  const first = load<u8>(start);
  if (!isDigit(first)) {
    for (let word = nullWord; word <= falseWord; word++) {
      if (isWordAt(word, start, end)) return start + wordLength(word);
    }
    return -1;
  }
  let at = start + 1;
  while (at < end && isDigit(load<u8>(at))) at++;
  return first === 0x30 && at > start + 1 ? -1 : at;
}

export function isDigit(byte: u8): bool {
  return byte >= 0x30 && byte <= 0x39;
}
