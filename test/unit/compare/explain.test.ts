import assert from 'node:assert/strict';
import { noCommonTokens } from '../../compare/commonTokens.ts';
import { type Comparison, explain, nothing, type OwnReceipt, type PeerView } from '../../compare/explain.ts';
import { type Entry, plainBilling } from '../../compare/imitation.ts';
import { underOurNames } from '../../compare/names.ts';

function output(count: number) {
  return { ...noCommonTokens, output: count };
}

/** A receipt of ten tokens at a dollar each. */
function receipt(more: Partial<OwnReceipt> = {}): OwnReceipt {
  return {
    ...{ day: '2026-08-19', session: 's', model: 'm', tokens: output(10), cost: 10 },
    ...{ hasTerms: false, webSearches: 0, isSuperseded: false },
    ...more,
  };
}

function entry(more: Partial<Entry> = {}): Entry {
  return {
    ...{ receipt: '1', day: '2026-08-19', session: 's', model: 'm', tokens: output(10) },
    ...{ billing: plainBilling, because: {} },
    ...more,
  };
}

interface Told {
  readonly ours?: Readonly<Record<string, OwnReceipt>>;
  readonly entries?: readonly Entry[];
  readonly missed?: PeerView['imitated']['missed'];
  /** What the program reports of output, by model; a dollar a token. */
  readonly theirs?: Readonly<Record<string, number>>;
  readonly costOf?: PeerView['costOf'];
}

function view({ entries = [entry()], missed = new Map(), theirs = { m: 10 }, costOf }: Told): PeerView {
  const sums = Object.entries(theirs).map(([model, count]) => ({
    ...{ group: '2026-08-19', model, tokens: output(count), cost: costOf === null ? 0 : count },
  }));
  const byTokens = ({ tokens }: Entry) => tokens.output;
  return { sums, imitated: { entries, missed }, costOf: costOf === undefined ? byTokens : costOf };
}

function compare(told: Told): readonly Comparison[] {
  return explain('day', new Map(Object.entries(told.ours ?? { '1': receipt() })), view(told));
}

/** Output and dollars of each part, by model. */
function parts(comparisons: readonly Comparison[]) {
  return Object.fromEntries(
    comparisons.map(({ model, explained, unexplained }) => {
      const rules = [...explained].map(([rule, { tokens, cost }]) => [rule, [tokens.output, cost]]);
      const rest =
        unexplained === nothing ? [] : [['unexplained', [unexplained.tokens.output, unexplained.cost]]];
      return [model, Object.fromEntries([...rules, ...rest])];
    }),
  );
}

describe('an explanation', () => {
  it('needs no rule where numbers are the same', () => {
    assert.deepEqual(parts(compare({})), { m: {} });
  });

  it('names the rule whose change of each response adds up to the other number', () => {
    const entries = [entry({ tokens: output(7), because: { tokens: 'lastUsage' } })];
    assert.deepEqual(parts(compare({ entries, theirs: { m: 7 } })), { m: { lastUsage: [-3, -3] } });
  });

  it('is none where the rules predict another number than the program has', () => {
    const entries = [entry({ tokens: output(7), because: { tokens: 'lastUsage' } })];
    const told = parts(compare({ entries, theirs: { m: 8 } }));
    assert.deepEqual(told, { m: { lastUsage: [-3, -3], unexplained: [1, 1] } });
  });

  it('is none where an imitation is right and has no rule for it', () => {
    const told = parts(compare({ entries: [entry({ tokens: output(7) })], theirs: { m: 7 } }));
    assert.deepEqual(told, { m: { unexplained: [-3, -3] } });
  });

  it('tells of responses that only one side counts', () => {
    const ours = { '1': receipt(), '2': receipt(), '3': receipt({ isSuperseded: true }) };
    const entries = [
      entry(),
      entry({ because: { extra: 'everyCopy' } }),
      entry({ receipt: '3', because: { extra: 'replayAlone' } }),
      entry({ receipt: null, because: { extra: 'refusedByUs' } }),
    ];
    const told = compare({ ours, entries, missed: new Map([['2', 'nullField']]), theirs: { m: 40 } });
    assert.deepEqual(parts(told), {
      m: { everyCopy: [10, 10], replayAlone: [10, 10], refusedByUs: [10, 10], nullField: [-10, -10] },
    });
    assert.equal(told[0]?.ours.tokens.output, 20);
  });

  it('moves what has another name', () => {
    const entries = [entry({ model: 'm-fast', because: { model: 'fastName' } }), entry({ receipt: '2' })];
    const ours = { '1': receipt(), '2': receipt() };
    assert.deepEqual(parts(compare({ ours, entries, theirs: { m: 10, 'm-fast': 10 } })), {
      m: { fastName: [-10, -10] },
      'm-fast': { fastName: [10, 10] },
    });
  });

  it('takes a name that stands for one of ours alone for ours', () => {
    const ours = new Map([['1', receipt({ model: 'm-20250929' })]]);
    const { peer, names } = underOurNames(view({}), ours);
    assert.deepEqual([...names], [['m-20250929', 'm']]);
    assert.deepEqual(parts(explain('day', ours, peer)), { 'm-20250929': {} });
  });

  it('keeps names apart that stand for two of ours', () => {
    const ours = new Map([
      ['1', receipt({ model: 'm-20250929' })],
      ['2', receipt({ model: 'm-20251001' })],
    ]);
    const { names } = underOurNames(view({ entries: [entry(), entry({ receipt: '2' })] }), ours);
    assert.deepEqual([...names], []);
  });
});

describe('an explanation of money', () => {
  const price = (told: Told) => Object.keys(parts(compare(told)).m ?? {});

  it('tells why the same tokens cost something else', () => {
    const logged = entry({ billing: { ...plainBilling, loggedCost: 3 } });
    assert.deepEqual(price({ ours: { '1': receipt({ cost: 12 }) } }), ['otherPrices']);
    assert.deepEqual(price({ ours: { '1': receipt({ cost: null }) } }), ['ownUnpriced']);
    assert.deepEqual(price({ ours: { '1': receipt({ cost: 12, hasTerms: true }) } }), ['withoutTerms']);
    assert.deepEqual(price({ ours: { '1': receipt({ cost: 10.02, webSearches: 2 }) } }), ['withoutSearches']);
    assert.deepEqual(price({ ours: { '1': receipt({ cost: 12, webSearches: 2 }) } }), ['otherPrices']);
    assert.deepEqual(price({ ours: { '1': receipt({ cost: 12 }) }, entries: [logged] }), ['loggedCost']);
    assert.deepEqual(price({ costOf: null }), ['withoutPrices']);
  });

  it('takes the rounding of floating numbers for no difference', () => {
    assert.deepEqual(price({ ours: { '1': receipt({ cost: 10 + 1e-12 }) } }), []);
  });

  it('is none where prices do not add up to the sum', () => {
    assert.deepEqual(price({ costOf: () => 9 }), ['otherPrices', 'unexplained']);
  });

  it('tells how many of our receipts have no price', () => {
    const [told] = compare({ ours: { '1': receipt({ cost: null }), '2': receipt() }, theirs: { m: 20 } });
    assert.deepEqual([told?.receipts, told?.unpriced], [2, 1]);
  });
});
