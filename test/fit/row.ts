/** One text of which counts are known, as numbers: what weights are fitted to. Its words are in no file of ours. */

import { featureNames } from '../../src/estimator/engine/featureNames.ts';

/** What counted: Anthropic's endpoint for two families of Claude, the vocabularies of others for the rest. */
export const counterNames = [
  'claude-3',
  'claude-4.7',
  'claude-5',
  'gemma-3',
  'llama-3',
  'qwen-3',
  'deepseek-3',
  'tekken',
] as const;

export type CounterName = (typeof counterNames)[number];

/**
 * `rosetta` are programs of Rosetta Code and `udhr` are translations of the Universal Declaration of Human Rights, both
 * with recorded counts of Claude's. The rest are texts of our own making and of packages: see `ownTexts.ts`.
 */
export type SetName = 'rosetta' | 'udhr' | 'corpus' | 'messages' | 'names';

export interface Row {
  readonly set: SetName;
  /** A programming language by its looks, a language, or a kind of text: what is left out together. */
  readonly kind: string;
  readonly id: string;
  /** Tokens of `o200k_base`. */
  readonly tokens: number;
  /** Of the text alone, without the frame of a message; `null` where nobody counted. */
  readonly counts: Readonly<Record<CounterName, number | null>>;
  /** In the order of `featureNames`. */
  readonly features: readonly number[];
}

const columns = ['set', 'kind', 'id', 'tokens', ...counterNames, ...featureNames] as const;

/** A line a row, tabs between columns, no digits that say nothing: 0 is an empty cell among the features. */
export function toTable(rows: readonly Row[]): string {
  const lines = rows.map(({ set, kind, id, tokens, counts, features }) =>
    [
      ...[set, kind, id, tokens],
      ...counterNames.map((name) => counts[name] ?? ''),
      ...features.map((value) => value || ''),
    ].join('\t'),
  );
  return [columns.join('\t'), ...lines, ''].join('\n');
}

/** Throws for a table with other columns: its features are not those that weights would be used with. */
export function parseTable(table: string): readonly Row[] {
  const [head, ...lines] = table.replace(/\n$/, '').split('\n');
  if (head !== columns.join('\t')) throw new Error('the table of counts has other columns: make it anew');
  return lines.map(parseRow);
}

function parseRow(line: string): Row {
  const [set = '', kind = '', id = '', tokens, ...cells] = line.split('\t');
  return {
    set: set as SetName,
    kind,
    id,
    tokens: Number(tokens),
    counts: Object.fromEntries(
      counterNames.map((name, index) => [name, cells[index] === '' ? null : Number(cells[index])]),
    ) as Row['counts'],
    features: featureNames.map((_, index) => Number(cells[counterNames.length + index])),
  };
}
