/**
 * Takes lines of a transcript, one after the other, for as long as they are like the line that gave the context: responses
 * that differ from it in their ids, their time, their counts and their content alone, results of the calls in them, and
 * lines that tell nothing.
 */

import {
  assistantWord,
  contentField,
  idField,
  isSidechainField,
  pauseTurnWord,
  promptWord,
  requestIdField,
  restField,
  stopReasonField,
  toolUseWord,
  typeField,
  usageField,
  usageWord,
  uuidField,
} from '../fields';
import {
  callCountAt,
  earliestMsAt,
  ended,
  firstLineAt,
  firstMsAt,
  full,
  isNamedAt,
  lastMsAt,
  latestMsAt,
  leafCountAt,
  leavesAt,
  mostCalls,
  mostReplies,
  openCountAt,
  otherContext,
  promptCountAt,
  reasonsMetAt,
  replyCountAt,
  stopAt,
  toolsMetAt,
  turnAt,
  turnClosed,
  turnHeardMsAt,
  turnLineAt,
  turnOpen,
  turnUntold,
  unusual,
  uuidEndAt,
  uuidStartAt,
  waitingAt,
  wordStride,
} from '../layout';
import { areSame, findWord, isPlain, isWordAt, openBrace, openBracket, quote, wordLength } from './bytes';
import {
  addCall,
  brokenCall,
  callIdEnd,
  callIdStart,
  callNameEnd,
  callNameStart,
  noCall,
  readCall,
  startingCall,
} from './calls';
import { isInContext, isInPlace, setContext } from './context';
import { hashRun } from './hashes';
import { lastSide, lineEndAt } from './lines';
import { isPersons } from './prompts';
import { addReply, isMissing, lineMs, readNumbers, readTime } from './replies';
import { openCall, openCallCount, resetCalls, takeResult } from './results';
import { fillRows } from './rows';
import { textNumber } from './texts';
import {
  endOf,
  has,
  headBytes,
  idleEnd,
  idleLine,
  isOfType,
  lineKind,
  messageStart,
  promptLine,
  startOf,
  userLine,
  walkLine,
} from './walk';

/** A line was taken: goes on. */
const taken: i32 = -1;
/** Longer texts are no ids or names. */
const longestText: i32 = 256;
const mostOpenCalls: i32 = 64;

/** Takes lines from a place on; all between the two places are whole. Returns why it stopped. */
export function run(from: i32, to: i32): i32 {
  reset();
  for (let at = from; at < to; ) {
    const lineEnd = lineEndAt(at, to);
    const outcome = lineEnd < 0 ? unusual : takeLine(at, lineEnd);
    if (outcome !== taken) return stop(at, outcome);
    at = lineEnd + 1;
  }
  return stop(to, ended);
}

function stop(at: i32, outcome: i32): i32 {
  hashRun();
  store<i32>(openCountAt, openCallCount());
  store<i32>(stopAt, at);
  return outcome;
}

/** Makes rows of what the last run found, see `rows.ts`. */
export function fill(dayMs: f64, prompts: f64, hasPrompts: i32): void {
  fillRows(dayMs, prompts, hasPrompts);
}

/** Takes lines like the one at which it stopped from now on. */
export function adopt(): void {
  setContext();
}

function reset(): void {
  store<i32>(replyCountAt, 0);
  store<i32>(callCountAt, 0);
  store<i32>(promptCountAt, 0);
  store<i32>(turnAt, turnUntold);
  store<i32>(uuidStartAt, -1);
  store<i64>(reasonsMetAt, 0);
  store<i64>(toolsMetAt, 0);
  store<f64>(earliestMsAt, Infinity);
  store<f64>(lastMsAt, -Infinity);
  resetCalls();
}

function takeLine(start: i32, end: i32): i32 {
  if (walkLine(start, end)) {
    if (lineKind === promptLine) return takePrompt(start, end) ? taken : unusual;
    return isOfType(assistantWord) ? takeReply(start) : unusual;
  }
  if (lineKind === userLine) return isFound(start) && takeResult(start, end) ? taken : unusual;
  return lineKind === idleLine && tellsNothing(start, end) ? taken : unusual;
}

/** Takes what a person wrote to a session that has a name, as `titles.ts` and `prompts.ts` know it. */
function takePrompt(start: i32, end: i32): bool {
  if (load<i32>(isNamedAt) === 0 || has(restField) || !isInPlace() || !readTime() || !isId(uuidField))
    return false;
  if (isSought(startOf(uuidField) + 1, endOf(uuidField) - 1)) return false;
  if (!isPersons(messageStart + wordLength(promptWord), end)) return false;
  noteLine(start, turnOpen);
  store<i32>(promptCountAt, load<i32>(promptCountAt) + 1);
  return true;
}

/** Whether what a line of the user's is stands at its beginning. */
function isFound(start: i32): bool {
  const typeEnd = endOf(typeField);
  const isMarked = has(isSidechainField) && startOf(isSidechainField) < startOf(typeField);
  return isMarked && typeEnd - start <= headBytes && lastSide < typeEnd;
}

/** A crash can leave half a line that the next one follows without a break: the usage in it must not go unseen. */
function tellsNothing(start: i32, end: i32): bool {
  if (idleEnd - start > headBytes) return false;
  const isWhole = has(typeField) && has(isSidechainField) && lastSide < idleEnd;
  return isWhole || findWord(usageWord, start, end) < 0;
}

function takeReply(start: i32): i32 {
  if (!isUsual() || !readNumbers()) return unusual;
  const call = readCall();
  if (call === brokenCall || isSought(startOf(uuidField) + 1, endOf(uuidField) - 1)) return unusual;
  if (!isInContext()) return otherContext;
  if (load<i32>(replyCountAt) === mostReplies || load<i32>(callCountAt) === mostCalls) return full;
  if (call !== noCall && openCall(callIdStart, callIdEnd) !== 0) return unusual;
  if (openCallCount() + load<i32>(waitingAt) >= mostOpenCalls) return full;
  const reason = reasonNumber();
  const tool = call === noCall ? 0 : textNumber(callNameStart, callNameEnd, toolsMetAt);
  if (reason < 0 || tool < 0) return full;
  const reply = addReply(reason);
  if (call !== noCall) addCall(reply, tool, call === startingCall);
  noteLine(start, turnAfter(call !== noCall));
  return taken;
}

function reasonNumber(): i32 {
  const start = startOf(stopReasonField);
  if (isMissing(stopReasonField)) return textNumber(0, 0, reasonsMetAt);
  return textNumber(start + 1, endOf(stopReasonField) - 1, reasonsMetAt);
}

function isUsual(): bool {
  if (has(restField) || !has(usageField) || !has(contentField)) return false;
  if (load<u8>(startOf(usageField)) !== openBrace || load<u8>(startOf(contentField)) !== openBracket)
    return false;
  if (!isId(uuidField) || !isId(idField) || !isId(requestIdField)) return false;
  return isMissing(stopReasonField) || isShort(stopReasonField);
}

function isId(field: i32): bool {
  return has(field) && isShort(field) && endOf(field) - startOf(field) > 2;
}

/** Whether a field is a text that stands as it is between its quotes. */
function isShort(field: i32): bool {
  const start = startOf(field);
  const end = endOf(field);
  return load<u8>(start) === quote && end - start <= longestText && isPlain(start, end);
}

/** Whether something is sought for by the `uuid` of a response. */
function isSought(start: i32, end: i32): bool {
  for (let leaf = 0; leaf < load<i32>(leafCountAt); leaf++) {
    const at = leavesAt + leaf * wordStride;
    if (load<i32>(at) === end - start && areSame(start, at + 4, end - start)) return true;
  }
  return false;
}

/** See `isOpenAfterReply` in `turns.ts`. */
function turnAfter(hasCall: bool): i32 {
  if (isMissing(stopReasonField) || endOf(stopReasonField) - startOf(stopReasonField) === 2) {
    return hasCall ? turnOpen : turnUntold;
  }
  const start = startOf(stopReasonField);
  const end = endOf(stopReasonField);
  return isWordAt(toolUseWord, start, end) || isWordAt(pauseTurnWord, start, end) ? turnOpen : turnClosed;
}

/** Notes of a line that was taken what the next lines need of it. */
function noteLine(start: i32, turn: i32): void {
  if (load<i32>(uuidStartAt) < 0) {
    store<i32>(firstLineAt, start);
    store<f64>(firstMsAt, lineMs);
  }
  store<i32>(uuidStartAt, startOf(uuidField) + 1);
  store<i32>(uuidEndAt, endOf(uuidField) - 1);
  store<f64>(earliestMsAt, min(load<f64>(earliestMsAt), lineMs));
  store<f64>(lastMsAt, max(load<f64>(lastMsAt), lineMs));
  store<f64>(latestMsAt, lineMs);
  if (turn === turnUntold) return;
  store<i32>(turnAt, turn);
  store<i32>(turnLineAt, start);
  store<f64>(turnHeardMsAt, load<f64>(lastMsAt));
}
