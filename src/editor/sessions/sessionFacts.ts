/** What a session tells about itself beside its title: the rows below it, as values. */

import { type TokenClass, tokenClasses } from '../../domain/tokens.ts';
import type { SessionNode } from '../../ledger/views.ts';

export type Fact =
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

export function factsOf(session: SessionNode): readonly Fact[] {
  const { models, projectPath, gitBranch, tree } = session;
  const facts: Fact[] = [];
  if (models.length > 0) facts.push({ kind: 'models', models });
  if (projectPath !== null) facts.push({ kind: 'project', path: projectPath, branch: gitBranch });
  facts.push(...tokensOf(session));
  if (tree.unpricedReceipts > 0) facts.push({ kind: 'unpriced', tokens: tree.unpricedTokens });
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
