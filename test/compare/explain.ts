/** Explains the numbers of another program by what an imitation of it does differently with each response. */

import { isLong } from './ccusagePrices.ts';
import { type CommonTokens, isNone, minus, noCommonTokens, plus } from './commonTokens.ts';
import type { Entry, Imitated } from './imitation.ts';
import type { RuleName } from './rules.ts';

/** By what numbers are put side by side. */
export type Grouping = 'day' | 'session';

/** Tokens and what they cost, in dollars. */
export interface Amounts {
  readonly tokens: CommonTokens;
  readonly cost: number;
}

/** A receipt of ours, as far as other programs may differ. */
export interface OwnReceipt {
  readonly day: string;
  readonly session: string;
  readonly model: string;
  readonly tokens: CommonTokens;
  /** In dollars; `null` without a known price. */
  readonly cost: number | null;
  readonly hasTerms: boolean;
  readonly webSearches: number;
  /** Whether it is the replay of another and not counted. */
  readonly isSuperseded: boolean;
}

/** What another program reports of a group and model. */
export interface PeerSum extends Amounts {
  readonly group: string;
  readonly model: string;
}

/** The numbers of one group and model. */
export interface Comparison {
  readonly group: string;
  readonly model: string;
  readonly ours: Amounts;
  /** Our receipts, and those of them that have no price. */
  readonly receipts: number;
  readonly unpriced: number;
  readonly theirs: Amounts;
  /** What each rule adds to ours; empty parts are left out. */
  readonly explained: ReadonlyMap<RuleName, Amounts>;
  /** `theirs` less `ours` and all that is explained: nothing, where the rules predict the other program's number. */
  readonly unexplained: Amounts;
}

/** The other program, as far as it is understood. */
export interface PeerView {
  readonly sums: readonly PeerSum[];
  readonly imitated: Imitated;
  /** What it charges for a response; `null` for a program that has no prices. */
  readonly costOf: ((entry: Entry) => number) | null;
}

/** One comparison for each group and model that either side has, in order. */
export function explain(
  grouping: Grouping,
  ours: ReadonlyMap<string, OwnReceipt>,
  peer: PeerView,
): readonly Comparison[] {
  const sheet = new Sheet();
  for (const receipt of ours.values()) {
    if (!receipt.isSuperseded) sheet.at(receipt[grouping], receipt.model).addOurs(receipt);
  }
  for (const { group, model, tokens, cost } of peer.sums) sheet.at(group, model).addTheirs({ tokens, cost });
  const paired = new Set<string>();
  for (const entry of peer.imitated.entries) addEntry(sheet, grouping, ours, peer, entry, paired);
  for (const [key, receipt] of ours) {
    if (receipt.isSuperseded || paired.has(key)) continue;
    const missed = peer.imitated.missed.get(key);
    sheet.at(receipt[grouping], receipt.model).explain(missed, less(nothing, amountsOf(receipt)));
  }
  return sheet.comparisons();
}

function addEntry(
  sheet: Sheet,
  grouping: Grouping,
  ours: ReadonlyMap<string, OwnReceipt>,
  { costOf }: PeerView,
  entry: Entry,
  paired: Set<string>,
): void {
  const { receipt: key, because, model, tokens } = entry;
  const cell = sheet.at(entry[grouping], model);
  const cost = costOf === null ? 0 : costOf(entry);
  const receipt = key === null || paired.has(key) ? undefined : ours.get(key);
  if (key === null || receipt === undefined || receipt.isSuperseded) {
    cell.explain(because.extra, { tokens, cost });
    return;
  }
  paired.add(key);
  const from = sheet.at(receipt[grouping], receipt.model);
  if (from !== cell) {
    const moved = model === receipt.model ? because[grouping] : because.model;
    from.explain(moved, less(nothing, amountsOf(receipt)));
    cell.explain(moved, amountsOf(receipt));
  }
  const dearer = { tokens: noCommonTokens, cost: cost - (receipt.cost ?? 0) };
  const areSameTokens = isNone(minus(tokens, receipt.tokens));
  cell.explain(because.tokens, { tokens: minus(tokens, receipt.tokens), cost: 0 });
  const isByPrice = areSameTokens || costOf === null;
  cell.explain(isByPrice ? priceRule(entry, receipt, cost, costOf !== null) : because.tokens, dearer);
}

/** Why the same tokens cost another amount. */
function priceRule({ billing }: Entry, receipt: OwnReceipt, cost: number, hasPrices: boolean): RuleName {
  if (!hasPrices) return 'withoutPrices';
  if (billing.loggedCost !== null) return 'loggedCost';
  if (receipt.cost === null) return 'ownUnpriced';
  if (cost === 0) return 'noPrice';
  if (isSearchFee(receipt, cost)) return 'withoutSearches';
  if (receipt.hasTerms || billing.isFast) return 'withoutTerms';
  return isLong(receipt) ? 'longContext' : 'otherPrices';
}

const dollarsPerSearch = 0.01;

/** Whether it is the fee for searches alone that makes the difference. */
function isSearchFee({ webSearches, cost: ours }: OwnReceipt, theirs: number): boolean {
  const fee = webSearches * dollarsPerSearch;
  return fee > 0 && Math.abs((ours ?? 0) - fee - theirs) <= roundingDollars;
}

export const nothing: Amounts = { tokens: noCommonTokens, cost: 0 };

function amountsOf({ tokens, cost }: OwnReceipt): Amounts {
  return { tokens, cost: cost ?? 0 };
}

export function more(a: Amounts, b: Amounts): Amounts {
  return { tokens: plus(a.tokens, b.tokens), cost: a.cost + b.cost };
}

export function less(a: Amounts, b: Amounts): Amounts {
  return { tokens: minus(a.tokens, b.tokens), cost: a.cost - b.cost };
}

/** Dollars below which two sums of floating numbers are the same. */
const roundingDollars = 1e-7;

/** Whether nothing is left but the rounding of floating numbers. */
export function areNone({ tokens, cost }: Amounts, total = 0): boolean {
  return isNone(tokens) && Math.abs(cost) <= roundingDollars + 1e-9 * Math.abs(total);
}

class Cell {
  #ours = nothing;
  #theirs = nothing;
  #receipts = 0;
  #unpriced = 0;
  readonly #explained = new Map<RuleName, Amounts>();

  addOurs(receipt: OwnReceipt): void {
    this.#ours = more(this.#ours, amountsOf(receipt));
    this.#receipts++;
    if (receipt.cost === null) this.#unpriced++;
  }

  addTheirs(amounts: Amounts): void {
    this.#theirs = more(this.#theirs, amounts);
  }

  /** What no rule is named for stays unexplained. */
  explain(rule: RuleName | undefined, amounts: Amounts): void {
    if (rule === undefined) return;
    this.#explained.set(rule, more(this.#explained.get(rule) ?? nothing, amounts));
  }

  comparison(group: string, model: string): Comparison {
    const explained = new Map([...this.#explained].filter(([, amounts]) => !areNone(amounts)));
    const predicted = [...this.#explained.values()].reduce(more, this.#ours);
    const rest = less(this.#theirs, predicted);
    const unexplained = areNone(rest, this.#theirs.cost) ? nothing : rest;
    return {
      ...{ group, model, ours: this.#ours, theirs: this.#theirs, explained, unexplained },
      receipts: this.#receipts,
      unpriced: this.#unpriced,
    };
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
      .filter(({ ours, theirs, unexplained }) => ![ours, theirs, unexplained].every((each) => areNone(each)));
  }
}
