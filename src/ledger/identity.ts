/** Hashes that stand for the providers' ids and for bytes of logs. */

import { hash } from 'node:crypto';
import type { ReceiptId } from '../domain/receipt.ts';
import type { Witness } from '../domain/variance.ts';

/** The identity of a receipt, in two signed 64-bit numbers as SQLite keeps them. */
export interface HashedId {
  readonly response: bigint;
  readonly request: bigint;
}

/**
 * Hashes agent and response id, and the request id. Among ten million responses, two of the same hash are as likely
 * as one in 370,000, and where an agent logs request ids both hashes must agree: next to nothing. SHA-1 is taken
 * for its speed; a log that is made to collide with itself only harms its own numbers.
 */
export function hashId(agent: Witness, id: ReceiptId): HashedId {
  return {
    response: hash64(`${agent}\0${id.response}`),
    request: id.request === '' ? 0n : hash64(id.request),
  };
}

/** The identity of a tool's call among those of its response. */
export function hashCall(request: string, call: string): bigint {
  return hash64(`${request}\0${call}`);
}

/** A short fingerprint of bytes, to see whether they are still the same. */
export function fingerprint(bytes: Uint8Array): string {
  return hash('sha1', bytes, 'hex').slice(0, 16);
}

/** The first eight bytes of the hash, little end first. A text of bytes costs a third of what a buffer of them does. */
function hash64(text: string): bigint {
  const digest = hash('sha1', text, 'binary');
  return (BigInt(int32At(digest, 4)) << 32n) | BigInt(int32At(digest, 0) >>> 0);
}

function int32At(bytes: string, at: number): number {
  const low = bytes.charCodeAt(at) | (bytes.charCodeAt(at + 1) << 8);
  return low | (bytes.charCodeAt(at + 2) << 16) | (bytes.charCodeAt(at + 3) << 24);
}
