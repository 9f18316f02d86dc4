/** Knows receipts again by their figures, where an agent does not log what the provider calls a response. */

import type { AgentId } from '../../src/domain/agent.ts';
import { tokenClasses } from '../../src/domain/tokens.ts';
import { type LedgerReading, type LedgerReceipt, receiptKey } from './ledgerReading.ts';
import type { ServedReply } from './model/loopbackModel.ts';

/**
 * The reading with each receipt that says what a response was billed under that response's id. Figures differ from call
 * to call, and a receipt stands for one response: what is left over keeps its own id, as one that was never served.
 */
export function matchByFigures(
  agent: AgentId,
  served: readonly ServedReply[],
  reading: LedgerReading,
): LedgerReading {
  const left = new Map(reading.receipts);
  const matched = new Map<string, LedgerReceipt>();
  for (const reply of served) {
    const [key, receipt] = [...left].find(([, candidate]) => isOf(reply, candidate)) ?? [];
    if (key === undefined || receipt === undefined) continue;
    left.delete(key);
    matched.set(receiptKey(agent, reply.ids), receipt);
  }
  return { ...reading, receipts: new Map([...matched, ...left]) };
}

function isOf({ model, usage: { tokens } }: ServedReply, receipt: LedgerReceipt): boolean {
  return model === receipt.model && tokenClasses.every((name) => tokens[name] === receipt.tokens[name]);
}
