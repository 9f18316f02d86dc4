/** Sessions as the ledger would tell them, for tests of what is made of them. */

import { addTotals, noTotals, type Totals } from '../../../src/domain/totals.ts';
import type { SessionNode } from '../../../src/ledger/views.ts';

/** A session whose sums are right: its tree is its own and that of its sub-agents. */
export function sessionNode(facts: Partial<SessionNode> & Pick<SessionNode, 'key'>): SessionNode {
  const own = facts.own ?? totals({ uncachedInput: 100, output: 20 });
  const subAgents = facts.subAgents ?? [];
  return {
    agent: 'claude-code',
    title: null,
    projectPath: null,
    gitBranch: null,
    role: null,
    models: [],
    startedMs: 0,
    lastMs: 0,
    isRunning: false,
    budget: null,
    stop: null,
    unguarded: null,
    account: 'untold',
    ...facts,
    own,
    subAgents,
    tree: subAgents.map(({ tree }) => tree).reduce(addTotals, own),
  };
}

export function totals(tokens: Partial<Totals['tokens']>, rest: Partial<Totals> = {}): Totals {
  return { ...noTotals, receipts: 1, ...rest, tokens: { ...noTotals.tokens, ...tokens } };
}
