/** Finds responses in the ledger by their figures, for agents whose logs do not keep what the model called them. */

import type { AgentId } from '../../src/domain/agent.ts';
import { tokenClasses } from '../../src/domain/tokens.ts';
import { type LedgerReading, type LedgerReceipt, receiptKey } from './ledgerReading.ts';
import type { ServedReply } from './model/loopbackModel.ts';

/**
 * The reading with receipts under the ids that the model gave, where all figures are those that it served. The model's
 * figures differ from call to call, so that a receipt with wrong ones matches none.
 */
export function namedByFigures(
  agent: AgentId,
  served: readonly ServedReply[],
  reading: LedgerReading,
): LedgerReading {
  const waiting = [...served];
  const receipts = [...reading.receipts].map(([key, receipt]) => {
    const index = waiting.findIndex((reply) => hasFiguresOf(receipt, reply));
    const [reply] = index < 0 ? [] : waiting.splice(index, 1);
    return [reply === undefined ? key : receiptKey(agent, reply.ids), receipt] as const;
  });
  return { ...reading, receipts: new Map(receipts) };
}

function hasFiguresOf({ model, tokens }: LedgerReceipt, { model: served, usage }: ServedReply): boolean {
  return model === served && tokenClasses.every((name) => tokens[name] === usage.tokens[name]);
}
