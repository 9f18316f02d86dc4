/** What a session tells about itself beside its title: the rows below it, as values. */

import type { Account } from '../../domain/account.ts';
import type { AgentId } from '../../domain/agent.ts';
import type { Standing } from '../../domain/budget.ts';
import { type TokenClass, tokenClasses } from '../../domain/tokens.ts';
import type { Totals } from '../../domain/totals.ts';
import type { SessionNode, SessionStop, UnguardedRun } from '../../ledger/views.ts';

/** A longer title would push the numbers of its row out of sight: it is cut there and has a row of its own below. */
export const longestLabel = 20;

export type Fact =
  | { readonly kind: 'title'; readonly title: string }
  | { readonly kind: 'agent'; readonly agent: AgentId }
  | { readonly kind: 'budget'; readonly budget: Standing; readonly tree: Totals }
  | { readonly kind: 'stop'; readonly stop: SessionStop }
  | { readonly kind: 'guard'; readonly unguarded: UnguardedRun }
  | { readonly kind: 'state'; readonly isRunning: boolean; readonly lastMs: number }
  | { readonly kind: 'cost'; readonly totals: Totals }
  | { readonly kind: 'account'; readonly account: Exclude<Account, 'untold'> }
  | { readonly kind: 'reported'; readonly totals: Totals }
  | { readonly kind: 'models'; readonly models: readonly string[] }
  | { readonly kind: 'project'; readonly path: string; readonly branch: string | null }
  | { readonly kind: 'unpriced'; readonly tokens: number }
  | {
      readonly kind: TokenClass;
      /** With sub-agents. */
      readonly tokens: number;
      /** The part of the output that was reasoning; 0 for every other class. */
      readonly reasoningTokens: number;
      readonly isLowerBound: boolean;
    };

/** @param isRoot a sub-agent is of the same agent as the session above it */
export function factsOf(session: SessionNode, isRoot: boolean): readonly Fact[] {
  const {
    agent,
    title,
    isRunning,
    lastMs,
    models,
    projectPath,
    gitBranch,
    tree,
    budget,
    stop,
    unguarded,
    account,
  } = session;
  const facts: Fact[] = [];
  if (title !== null && title.length > longestLabel) facts.push({ kind: 'title', title });
  if (isRoot) facts.push({ kind: 'agent', agent });
  facts.push({ kind: 'state', isRunning, lastMs }, { kind: 'cost', totals: tree });
  if (isRoot && account !== 'untold') facts.push({ kind: 'account', account });
  if (tree.reported.receipts > 0) facts.push({ kind: 'reported', totals: tree });
  if (stop !== null) facts.push({ kind: 'stop', stop });
  if (unguarded !== null) facts.push({ kind: 'guard', unguarded });
  if (budget !== null) facts.push({ kind: 'budget', budget, tree });
  if (models.length > 0) facts.push({ kind: 'models', models });
  if (projectPath !== null) facts.push({ kind: 'project', path: projectPath, branch: gitBranch });
  facts.push(...tokensOf(session));
  if (tree.unpricedTokens > 0) facts.push({ kind: 'unpriced', tokens: tree.unpricedTokens });
  return facts;
}

/** Classes that were not used are left out: an agent without a cache has no cache rows. */
function tokensOf({ tree }: SessionNode): readonly Fact[] {
  return tokenClasses
    .filter((kind) => tree.tokens[kind] > 0)
    .map((kind) => ({
      kind,
      tokens: tree.tokens[kind],
      reasoningTokens: kind === 'output' ? tree.tokens.reasoning : 0,
      isLowerBound: tree.partialReceipts > 0,
    }));
}
