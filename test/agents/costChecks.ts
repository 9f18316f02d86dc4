/** Compares the ledger's money with the agent's own record of it and with figures worked out by hand. */

import { noMoney, type Pico, parseDollars, pico, toDecimalDollars } from '../../src/domain/money.ts';
import { noTokens, promptTokens, tokenClasses } from '../../src/domain/tokens.ts';
import type { AgentUnderTest, ReportedCosts } from './agentUnderTest.ts';
import type { LedgerReading, LedgerReceipt } from './ledgerReading.ts';
import { differ } from './receiptChecks.ts';
import type { Sandbox } from './sandbox.ts';
import type { Scenario } from './scenario.ts';
import { type PlayedTurn, sessionKeys } from './trial.ts';

export function checkWorkedExample({ cost }: Scenario, { receipts }: LedgerReading): string[] {
  if (cost === undefined) return [];
  return differ('cost of all', dollars(parseDollars(cost)), dollars(sumOf([...receipts.values()])));
}

/** A session that has a cost crosses its budget once, however often its logs are read. */
export function checkCrossings(
  { isUnpriced }: Scenario,
  turns: readonly PlayedTurn[],
  { crossings }: LedgerReading,
): string[] {
  return sessionKeys(turns).flatMap((key) =>
    differ(
      `session ${key}: budget crossings`,
      isUnpriced ? 0 : 1,
      crossings.filter((one) => one === key).length,
    ),
  );
}

/**
 * Looks at the record that the agent left of each session, in total and model by model. What has no price is left out:
 * there the agents guess.
 */
export async function checkReportedCosts(
  agent: AgentUnderTest,
  { isUnpriced }: Scenario,
  sandbox: Sandbox,
  turns: readonly PlayedTurn[],
  reading: LedgerReading,
): Promise<string[]> {
  if (agent.reportedCosts === undefined || isUnpriced) return [];
  const deviations: string[] = [];
  const covered: LedgerReceipt[] = [];
  // A fork goes on with the sums of the session that it was forked from.
  for (const key of sessionKeys(turns)) {
    covered.push(...receiptsBelow(key, reading));
    const reported = await agent.reportedCosts(sandbox, key);
    deviations.push(...compare(`session ${key}`, reported, covered));
  }
  return deviations;
}

/** Looks at the sums of tokens that the agent left of each session. */
export async function checkReportedTokens(
  agent: AgentUnderTest,
  sandbox: Sandbox,
  turns: readonly PlayedTurn[],
  { sessions }: LedgerReading,
): Promise<string[]> {
  if (agent.reportedTokens === undefined) return [];
  const deviations: string[] = [];
  const covered = { prompt: 0, cacheRead: 0, output: 0 };
  // As with costs.
  for (const key of sessionKeys(turns)) {
    const tokens = sessions.find((session) => session.key === key)?.tree.tokens ?? noTokens;
    covered.prompt += promptTokens(tokens);
    covered.cacheRead += tokens.cacheRead ?? 0;
    covered.output += tokens.output ?? 0;
    const reported = await agent.reportedTokens(sandbox, key);
    const name = `session ${key} as the agent sums it up`;
    deviations.push(
      ...differ(`${name}: prompt`, reported.prompt, covered.prompt),
      ...differ(`${name}: from the cache`, reported.cacheRead, covered.cacheRead),
      ...differ(`${name}: output`, reported.output, covered.output),
    );
  }
  return deviations;
}

function compare(name: string, reported: ReportedCosts, receipts: readonly LedgerReceipt[]): string[] {
  const models = new Set([...receipts.map(({ model }) => model), ...reported.byModel.keys()]);
  return [
    ...differ(`${name}: cost as the agent reports it`, dollars(reported.total), dollars(sumOf(receipts))),
    ...[...models].flatMap((model) =>
      differ(
        `${name}: cost of ${model} as the agent reports it`,
        dollars(reported.byModel.get(model) ?? noMoney),
        dollars(sumOf(receipts.filter((receipt) => receipt.model === model))),
      ),
    ),
    ...[...reported.tokens].flatMap(([model, tokens]) =>
      [...tokenClasses, 'reasoning' as const].flatMap((kind) =>
        differ(
          `${name}: ${kind} of ${model} as the agent reports it`,
          tokens[kind],
          receipts.reduce((sum, own) => sum + (own.model === model ? (own.tokens[kind] ?? 0) : 0), 0),
        ),
      ),
    ),
  ];
}

function receiptsBelow(sessionKey: string, { sessions, receipts }: LedgerReading): LedgerReceipt[] {
  const root = sessions.find(({ key }) => key === sessionKey);
  const keys = new Set<string>();
  const visit = (node: typeof root) => {
    if (node === undefined) return;
    keys.add(node.key);
    node.subAgents.forEach(visit);
  };
  visit(root);
  return [...receipts.values()].filter((receipt) => keys.has(receipt.sessionKey));
}

function sumOf(receipts: readonly LedgerReceipt[]): Pico {
  return receipts.reduce((sum, { cost }) => pico(sum + (cost ?? noMoney)), noMoney);
}

/** All digits that money can have. */
function dollars(amount: Pico): string {
  return `$${toDecimalDollars(amount, 12)}`;
}
