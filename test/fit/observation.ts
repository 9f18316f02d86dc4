/** What a fit learns from: rows with a count, and for Claude published averages in place of single counts. */

import { claudeRatios, isClaude } from './ratios.ts';
import type { CounterName, Row } from './row.ts';

export interface Observation {
  readonly source: 'rosetta' | 'udhr' | 'own' | 'ratio';
  readonly kind: string;
  readonly id: string;
  readonly tokens: number;
  readonly features: readonly number[];
  readonly count: number;
  /** How many single texts it counts for. */
  readonly texts: number;
}

/** A declaration is a whole language, an average a whole kind: both stand for more texts than one. */
const textsPer = { rosetta: 1, udhr: 10, own: 1, ratio: 3 } as const;

/** The size at which an average counts, in tokens: that of a large text. */
const ratioTokens = 3_000;

export function observationsFor(name: CounterName, rows: readonly Row[]): readonly Observation[] {
  return [...rows.flatMap((row) => counted(name, row)), ...(isClaude(name) ? averages(name, rows) : [])];
}

function counted(
  name: CounterName,
  { set, kind, id, tokens, features, counts }: Row,
): readonly Observation[] {
  const count = counts[name];
  if (count === null) return [];
  const source = set === 'rosetta' || set === 'udhr' ? set : 'own';
  return [{ source, kind: `${set} ${kind}`, id, tokens, features, count, texts: textsPer[source] }];
}

function averages(name: 'claude-3' | 'claude-4.7', rows: readonly Row[]): readonly Observation[] {
  return Object.entries(claudeRatios).map(([kind, { [name]: ratio }]) => {
    const some = rows.filter((row) => row.kind === kind && (row.set === 'corpus' || row.set === 'names'));
    const scale = ratioTokens / some.reduce((sum, row) => sum + row.tokens, 0);
    const features = (some[0]?.features ?? []).map(
      (_, index) => scale * some.reduce((sum, row) => sum + (row.features[index] ?? 0), 0),
    );
    return {
      source: 'ratio' as const,
      ...{ kind: `ratio ${kind}`, id: kind, features },
      tokens: ratioTokens,
      count: ratioTokens * ratio,
      texts: textsPer.ratio,
    };
  });
}
