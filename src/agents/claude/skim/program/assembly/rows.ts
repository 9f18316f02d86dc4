/** The responses and calls of a run as rows of the ledger, see `receiptColumns.ts` there. */

import {
  cacheReadNumber,
  callBytesAt,
  callCountAt,
  callHashAt,
  callIdsAt,
  callReplyAt,
  callResultAt,
  callRowsAt,
  callStride,
  callsAt,
  inputHashAt,
  inputNumber,
  msNumber,
  outputNumber,
  promptsBeforeAt,
  reasonAt,
  reasonNumbersAt,
  receiptIdsAt,
  receiptRowsAt,
  repliesAt,
  replyCountAt,
  replyStride,
  requestHashAt,
  responseHashAt,
  sharedAt,
  thinkingNumber,
  toolAt,
  toolNumbersAt,
  webSearchesNumber,
  write1hNumber,
  write5mNumber,
  writtenNumber,
} from '../layout';
import {
  atMsColumn,
  cacheReadColumn,
  cacheWrite1hColumn,
  cacheWrite5mColumn,
  cacheWriteUnknownColumn,
  callColumnCount,
  circumstanceColumn,
  exactQuality,
  failedColumn,
  hasInputColumn,
  outputColumn,
  partialQuality,
  qualityColumn,
  reasoningColumn,
  receiptColumnCount,
  resultBytesColumn,
  rowIdCount,
  toolColumn,
  turnColumn,
  uncachedInputColumn,
  webSearchesColumn,
} from '../rowColumns';
import { isSplitBelieved, known, numberAt } from './replies';

/** In place of a cost that the agent recorded. */
const noCost: i64 = i64.MIN_VALUE;

/**
 * @param dayMs when the day of the run began
 * @param prompts of the session before the run; `NaN` where they are not counted
 * @param hasPrompts whether the prompts of the run are its session's
 */
export function fillRows(dayMs: f64, prompts: f64, hasPrompts: i32): void {
  const replies = load<i32>(replyCountAt);
  for (let reply = 0; reply < replies; reply++) {
    const from = repliesAt + reply * replyStride;
    const row = receiptRowsAt + reply * receiptColumnCount * 8;
    memory.copy(row, sharedAt, receiptColumnCount * 8);
    fillCounts(from, row);
    const turn = prompts + (hasPrompts ? <f64>load<i32>(from + promptsBeforeAt) : 0);
    put(row, atMsColumn, dayMs + numberAt(from, msNumber));
    put(row, circumstanceColumn, load<f64>(reasonNumbersAt + load<i32>(from + reasonAt) * 8));
    put(row, turnColumn, turn === 0 ? NaN : turn);
    const ids = receiptIdsAt + reply * rowIdCount * 8;
    store<i64>(ids, load<i64>(from + responseHashAt));
    store<i64>(ids + 8, load<i64>(from + requestHashAt));
    store<i64>(ids + 16, noCost);
  }
  const calls = load<i32>(callCountAt);
  for (let call = 0; call < calls; call++) fillCall(call);
}

function put(row: i32, column: i32, number: f64): void {
  store<f64>(row + column * 8, number);
}

/** See `toTokens` and `qualityOf` in `usage.ts`. */
function fillCounts(reply: i32, row: i32): void {
  const input = numberAt(reply, inputNumber);
  const cacheRead = numberAt(reply, cacheReadNumber);
  const output = numberAt(reply, outputNumber);
  const isSplit = isSplitBelieved(reply);
  const unknown = isSplit ? 0 : numberAt(reply, writtenNumber);
  put(row, uncachedInputColumn, input);
  put(row, cacheReadColumn, cacheRead);
  put(row, cacheWrite5mColumn, isSplit ? known(numberAt(reply, write5mNumber)) : 0);
  put(row, cacheWrite1hColumn, isSplit ? known(numberAt(reply, write1hNumber)) : 0);
  put(row, cacheWriteUnknownColumn, unknown);
  put(row, outputColumn, output);
  put(row, reasoningColumn, numberAt(reply, thinkingNumber));
  put(row, webSearchesColumn, known(numberAt(reply, webSearchesNumber)));
  put(row, qualityColumn, isNaN(input + cacheRead + unknown + output) ? partialQuality : exactQuality);
}

function fillCall(call: i32): void {
  const from = callsAt + call * callStride;
  const row = callRowsAt + call * callColumnCount * 8;
  const result = load<i32>(from + callResultAt);
  put(row, toolColumn, load<f64>(toolNumbersAt + load<i32>(from + toolAt) * 8));
  put(row, resultBytesColumn, result === 0 ? NaN : load<f64>(from + callBytesAt));
  put(row, failedColumn, result === 0 ? NaN : <f64>i32(result === 2));
  put(row, hasInputColumn, 1);
  const reply = repliesAt + load<i32>(from + callReplyAt) * replyStride;
  const ids = callIdsAt + call * rowIdCount * 8;
  store<i64>(ids, load<i64>(reply + responseHashAt));
  store<i64>(ids + 8, load<i64>(from + callHashAt));
  store<i64>(ids + 16, load<i64>(from + inputHashAt));
}
