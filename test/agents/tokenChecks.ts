/** Compares the ledger's tokens with the agent's own count of them. */

import type { AgentUnderTest, CountedTokens } from './agentUnderTest.ts';
import type { LedgerReading } from './ledgerReading.ts';
import { differ } from './receiptChecks.ts';
import type { Sandbox } from './sandbox.ts';

export async function checkCountedTokens(
  agent: AgentUnderTest,
  sandbox: Sandbox,
  reading: LedgerReading,
): Promise<string[]> {
  if (agent.countedTokens === undefined) return [];
  const reported = await agent.countedTokens(sandbox);
  const counted = sumsOf(reading);
  const names = ['receipts', 'prompt', 'cacheRead', 'output'] as const;
  return names.flatMap((name) => differ(`${name} as the agent reports them`, reported[name], counted[name]));
}

function sumsOf({ receipts }: LedgerReading): CountedTokens {
  const all = [...receipts.values()];
  const sum = (name: 'uncachedInput' | 'cacheRead' | 'output') =>
    all.reduce((total, { tokens }) => total + (tokens[name] ?? 0), 0);
  return {
    receipts: all.length,
    prompt: sum('uncachedInput') + sum('cacheRead'),
    cacheRead: sum('cacheRead'),
    output: sum('output'),
  };
}
