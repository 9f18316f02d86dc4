/** By what a response is known again wherever its lines were copied to. */

import { createHash } from 'node:crypto';
import type { ReceiptId } from '../../domain/receipt.ts';
import type { TokenCounts } from '../../domain/tokens.ts';
import { idOf, type LogRecord } from '../fields.ts';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A response as far as its identity goes. */
export interface IdSource {
  readonly line: LogRecord;
  readonly message: LogRecord;
  readonly text: string;
  readonly sessionKey: string;
  readonly model: string;
  readonly tokens: TokenCounts;
}

/**
 * `message.id` and `requestId` where both are there. Behind gateways they may not be:
 *
 * - Without a request id, one message id may serve many responses. The prompt's counts, which are the same on all
 *   lines of one response, then tell them apart.
 * - Without a message id each line stands for itself. Its `uuid` is kept when a fork copies it; a made-up one is
 *   good in its session alone.
 */
export function responseIdOf(source: IdSource): ReceiptId {
  const request = idOf(source.line, 'requestId');
  const message = idOf(source.message, 'id');
  if (message !== null && request !== null) return { response: message, request };
  if (message !== null) return { response: `${message}/${promptMark(source)}`, request: '' };
  const line = idOf(source.line, 'uuid');
  if (line !== null)
    return { response: uuid.test(line) ? line : `${source.sessionKey}/${line}`, request: '' };
  return { response: `${source.sessionKey}/${digest(source.text)}`, request: '' };
}

function promptMark({ model, tokens }: IdSource): string {
  const writes = [tokens.cacheWrite5m, tokens.cacheWrite1h, tokens.cacheWriteUnknown];
  return [model, tokens.uncachedInput, tokens.cacheRead, ...writes].map((part) => part ?? '').join('.');
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
