/** The hashes that stand for the responses and calls of a run, as `identity.ts` of the ledger makes them. */

import { witnessWord } from '../fields';
import {
  callCountAt,
  callHashAt,
  callIdEndAt,
  callIdStartAt,
  callInputEndAt,
  callInputStartAt,
  callReplyAt,
  callStride,
  callsAt,
  idStartAt,
  inputHashAt,
  repliesAt,
  replyCountAt,
  replyStride,
  requestHashAt,
  requestStartAt,
  responseHashAt,
} from '../layout';
import { wordBytes, wordLength } from './bytes';
import { storeInputHash } from './inputHash';
import { addBytes, addNul, beginText, storeHash } from './sha1';

export function hashRun(): void {
  const replies = load<i32>(replyCountAt);
  for (let reply = 0; reply < replies; reply++) hashReply(repliesAt + reply * replyStride);
  const calls = load<i32>(callCountAt);
  for (let call = 0; call < calls; call++) hashCall(callsAt + call * callStride);
}

function hashReply(reply: i32): void {
  beginText();
  addBytes(wordBytes(witnessWord), wordLength(witnessWord));
  addSpan(reply + idStartAt);
  storeHash(reply + responseHashAt);
  beginText();
  addSpan(reply + requestStartAt);
  storeHash(reply + requestHashAt);
}

function hashCall(call: i32): void {
  const start = load<i32>(call + callIdStartAt);
  beginText();
  addSpan(repliesAt + load<i32>(call + callReplyAt) * replyStride + requestStartAt);
  addNul();
  addBytes(start, load<i32>(call + callIdEndAt) - start);
  storeHash(call + callHashAt);
  storeInputHash(load<i32>(call + callInputStartAt), load<i32>(call + callInputEndAt), call + inputHashAt);
}

/** Adds the text of which a place says where it begins, and the next where it ends. */
function addSpan(at: i32): void {
  const start = load<i32>(at);
  addBytes(start, load<i32>(at + 4) - start);
}
