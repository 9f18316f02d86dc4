/**
 * A request of Copilot CLI as a receipt. The events know what the provider calls it and the database does not; older
 * events know the output of a response and nothing else. What all of them have is the session, the output and the
 * order, so a response is known by these: the third of its session with 120 tokens of output, say.
 */

import type { Receipt, ReceiptId } from '../../domain/receipt.ts';

export function responseId(sessionId: string, output: number | null, nth: number): ReceiptId {
  return { response: `${sessionId}/${output ?? ''}/${nth}`, request: '' };
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
