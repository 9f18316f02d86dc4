/** Compares the receipts in the ledger with what the model served, one by one. */

import type { AgentId } from '../../src/domain/agent.ts';
import type { Quality } from '../../src/domain/receipt.ts';
import { tokenClasses } from '../../src/domain/tokens.ts';
import { type LedgerReading, type LedgerReceipt, receiptKey } from './ledgerReading.ts';
import type { ServedReply } from './model/loopbackModel.ts';
import { asideActor } from './model/script.ts';
import type { Scenario } from './scenario.ts';

/** Each deviation as a sentence; none when every served response has its one receipt and there is no other. */
export function checkReceipts(
  agent: AgentId,
  { isUnpriced }: Scenario,
  served: readonly ServedReply[],
  { receipts }: LedgerReading,
): string[] {
  const expected = new Set(served.map((reply) => receiptKey(agent, reply.ids)));
  const foreign = [...receipts].filter(([key]) => !expected.has(key));
  return [
    ...served.flatMap((reply) => checkReceipt(reply, isUnpriced, receipts.get(receiptKey(agent, reply.ids)))),
    ...foreign.map(
      ([, { sessionKey, model }]) => `a receipt of ${model} in ${sessionKey} that was never served`,
    ),
  ];
}

function checkReceipt(reply: ServedReply, isUnpriced: boolean, receipt: LedgerReceipt | undefined): string[] {
  const name = `response ${reply.callNumber} (${reply.actor})`;
  if (receipt === undefined) return [`${name}: no receipt`];
  const { tokens, webSearches } = reply.usage;
  return [
    ...[...tokenClasses, 'reasoning' as const].flatMap((kind) =>
      differ(`${name}: ${kind}`, tokens[kind], receipt.tokens[kind]),
    ),
    ...differ(`${name}: model`, reply.model, receipt.model),
    ...differ(`${name}: web searches`, webSearches, receipt.webSearches),
    ...differ(`${name}: quality`, 'exact', qualityOf(reply, receipt)),
    ...differ(`${name}: has no price`, isUnpriced, receipt.cost === null),
  ];
}

/** What an agent asks for itself it may log as the sum of several responses, which here is one. */
function qualityOf({ actor }: ServedReply, { quality }: LedgerReceipt): Quality | undefined {
  return actor === asideActor && quality === 'derived' ? 'exact' : quality;
}

/** A sentence where two values are not the same. */
export function differ(what: string, expected: unknown, actual: unknown): string[] {
  return expected === actual ? [] : [`${what}: expected ${expected}, ledger says ${actual}`];
}
