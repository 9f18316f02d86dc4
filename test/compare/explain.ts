/** Explains the numbers of another program by what an imitation of it does differently with each response. */

import { type CommonTokens, isNone, minus, noCommonTokens, plus } from './commonTokens.ts';
import type { Entry, Imitated } from './imitation.ts';
import type { RuleName } from './rules.ts';

/** By what numbers are put side by side. */
export type Grouping = 'day' | 'session';

/** A receipt of ours, as far as other programs may differ. */
export interface OwnReceipt {
  readonly day: string;
  readonly session: string;
  readonly model: string;
  readonly tokens: CommonTokens;
  /** Whether it is the replay of another and not counted. */
  readonly isSuperseded: boolean;
}

/** The numbers of one group and model. */
export interface Comparison {
  readonly group: string;
  readonly model: string;
  readonly ours: CommonTokens;
  readonly theirs: CommonTokens;
  /** What each rule adds to ours; empty parts are left out. */
  readonly explained: ReadonlyMap<RuleName, CommonTokens>;
  /** `theirs` less `ours` and all that is explained: nothing, where the rules predict the other program's number. */
  readonly unexplained: CommonTokens;
}

export interface PeerSum {
  readonly group: string;
  readonly model: string;
  readonly tokens: CommonTokens;
}

/** One comparison for each group and model that either side has, in order. */
export function explain(
  grouping: Grouping,
  ours: ReadonlyMap<string, OwnReceipt>,
  theirs: readonly PeerSum[],
  imitated: Imitated,
): readonly Comparison[] {
  const sheet = new Sheet();
  for (const receipt of ours.values()) {
    if (!receipt.isSuperseded) sheet.at(receipt[grouping], receipt.model).addOurs(receipt.tokens);
  }
  for (const { group, model, tokens } of theirs) sheet.at(group, model).addTheirs(tokens);
  const paired = new Set<string>();
  for (const entry of imitated.entries) addEntry(sheet, grouping, ours, entry, paired);
  for (const [key, receipt] of ours) {
    if (receipt.isSuperseded || paired.has(key)) continue;
    const less = minus(noCommonTokens, receipt.tokens);
    sheet.at(receipt[grouping], receipt.model).explain(imitated.missed.get(key), less);
  }
  return sheet.comparisons();
}

function addEntry(
  sheet: Sheet,
  grouping: Grouping,
  ours: ReadonlyMap<string, OwnReceipt>,
  entry: Entry,
  paired: Set<string>,
): void {
  const { receipt: key, because, model, tokens } = entry;
  const cell = sheet.at(entry[grouping], model);
  const receipt = key === null || paired.has(key) ? undefined : ours.get(key);
  if (key === null || receipt === undefined || receipt.isSuperseded) {
    cell.explain(because.extra, tokens);
    return;
  }
  paired.add(key);
  const renamed = model === receipt.model ? because[grouping] : because.model;
  const from = sheet.at(receipt[grouping], receipt.model);
  if (from !== cell) {
    from.explain(renamed, minus(noCommonTokens, receipt.tokens));
    cell.explain(renamed, receipt.tokens);
  }
  cell.explain(because.tokens, minus(tokens, receipt.tokens));
}

class Cell {
  #ours = noCommonTokens;
  #theirs = noCommonTokens;
  readonly #explained = new Map<RuleName, CommonTokens>();

  addOurs(tokens: CommonTokens): void {
    this.#ours = plus(this.#ours, tokens);
  }

  addTheirs(tokens: CommonTokens): void {
    this.#theirs = plus(this.#theirs, tokens);
  }

  /** What no rule is named for stays unexplained. */
  explain(rule: RuleName | undefined, tokens: CommonTokens): void {
    if (rule === undefined || isNone(tokens)) return;
    this.#explained.set(rule, plus(this.#explained.get(rule) ?? noCommonTokens, tokens));
  }

  comparison(group: string, model: string): Comparison {
    const explained = new Map([...this.#explained].filter(([, tokens]) => !isNone(tokens)));
    const predicted = [...explained.values()].reduce(plus, this.#ours);
    const unexplained = minus(this.#theirs, predicted);
    return { group, model, ours: this.#ours, theirs: this.#theirs, explained, unexplained };
  }
}

class Sheet {
  readonly #cells = new Map<string, Cell>();

  at(group: string, model: string): Cell {
    const name = JSON.stringify([group, model]);
    const known = this.#cells.get(name);
    if (known !== undefined) return known;
    const cell = new Cell();
    this.#cells.set(name, cell);
    return cell;
  }

  comparisons(): readonly Comparison[] {
    return [...this.#cells]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, cell]) => {
        const [group, model] = JSON.parse(name) as [string, string];
        return cell.comparison(group, model);
      })
      .filter(({ ours, theirs, unexplained }) => ![ours, theirs, unexplained].every(isNone));
  }
}
