/**
 * A request of Copilot CLI as a receipt. The events know what the provider calls it and the database does not; older
 * events know the output of a response and nothing else. What all of them have is the session, the output and the
 * order, so a response is known by these: the third of its session with 120 tokens of output, say.
 */

import { createHash } from 'node:crypto';
import type { Receipt, ReceiptId } from '../../domain/receipt.ts';
import { idOf, type LogRecord, textOf } from '../fields.ts';

export function responseId(sessionId: string, output: number | null, nth: number): ReceiptId {
  return { response: `${sessionId}/${output ?? ''}/${nth}`, request: '' };
}

/**
 * What the provider calls the response that a record or message is of; `null` where it does not tell. Some providers give
 * sealed ids of hundreds of characters: of these a digest is remembered.
 */
export function apiCallIdOf(record: LogRecord): string | null {
  return idOf(record, 'apiCallId') ?? digestOf(textOf(record, 'apiCallId'));
}

function digestOf(text: string | null): string | null {
  return text && createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

/** A sub-agent is a session below that of the user. */
export function sessionKeyOf(sessionId: string, agentId: string | null): string {
  return agentId === null ? sessionId : `${sessionId}/${agentId}`;
}

export function toReceipt(own: Omit<Receipt, 'agent' | 'webSearches' | 'terms'>): Receipt {
  return { agent: 'copilot-cli', webSearches: 0, terms: {}, ...own };
}

/** Outputs of a session, or of sessions, each with how often it was met. */
export type Outputs<Output> = Map<Output, number>;

/** How many responses with this output there were, this one included. */
export function nthOf<Output>(outputs: Outputs<Output>, output: Output): number {
  const nth = (outputs.get(output) ?? 0) + 1;
  outputs.set(output, nth);
  return nth;
}
