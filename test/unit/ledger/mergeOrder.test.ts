import assert from 'node:assert/strict';
import { pico } from '../../../src/domain/money.ts';
import { noTokens } from '../../../src/domain/tokens.ts';
import {
  betterCredit,
  betterFact,
  betterReading,
  type Credit,
  circumstancesText,
  compareTexts,
  type Fact,
  isReplay,
  type Reading,
  termsText,
} from '../../../src/ledger/merge.ts';
import { Random } from './random.ts';

const reading: Reading = {
  claim: 'own',
  reader: 1,
  atMs: 1_000,
  model: 'm',
  tokens: { ...noTokens, output: 10 },
  webSearches: 0,
  terms: {},
  circumstances: {},
  reportedCost: null,
  quality: 'exact',
};
const credit: Credit = { sessionKey: 's', claim: 'own', bornMs: 5 };
const fact: Fact = { value: 'v', reader: 1, rank: 1, atMs: 5, position: 5 };

/** Each is better than the one before it. */
function assertRising<Value>(better: (a: Value, b: Value) => Value, values: readonly Value[]): void {
  for (const [index, value] of values.entries()) {
    for (const other of values.slice(0, index)) {
      assert.equal(better(value, other), value);
      assert.equal(better(other, value), value);
    }
  }
}

/** One of them stands, whichever comes first. */
function assertOneStands<Value>(better: (a: Value, b: Value) => Value, values: readonly Value[]): void {
  for (const [index, a] of values.entries()) {
    for (const b of values.slice(index + 1)) assert.equal(better(a, b), better(b, a));
  }
}

describe('which statement stands', () => {
  it('is, of readings, that of the session itself, the newer reader’s, the larger output’s, the larger total’s, the earlier one', () => {
    const { tokens } = reading;
    assertRising(betterReading, [
      { ...reading, claim: 'copied', tokens: { ...tokens, output: 99 } },
      { ...reading, claim: 'delegated', reader: 3, tokens: { ...tokens, output: 1 } },
      { ...reading, claim: 'copied', reader: 4, tokens: { ...tokens, output: 0 } },
      { ...reading, tokens: { ...tokens, output: null, uncachedInput: 999 } },
      { ...reading, tokens: { ...tokens, output: 0 } },
      { ...reading, atMs: 2_000 },
      reading,
      { ...reading, atMs: 9_000, tokens: { ...tokens, cacheRead: 1 } },
      { ...reading, atMs: 9_000, tokens: { ...tokens, output: 11 } },
      { ...reading, claim: 'sideChain', tokens: { ...tokens, output: 12 } },
      { ...reading, reader: 2, tokens: { ...tokens, output: 1 } },
    ]);
  });

  it('is, of readings that differ in anything else, the same one whichever came first', () => {
    const { tokens } = reading;
    assertOneStands(betterReading, [
      reading,
      { ...reading, model: 'n' },
      { ...reading, quality: 'derived' },
      { ...reading, webSearches: 1 },
      { ...reading, terms: { speed: 'fast' } },
      { ...reading, terms: { serviceTier: 'batch' } },
      { ...reading, terms: { region: 'us' } },
      { ...reading, reportedCost: pico(7) },
      { ...reading, reportedCost: pico(8) },
      { ...reading, tokens: { ...tokens, reasoning: 4 } },
      { ...reading, tokens: { ...tokens, cacheRead: null } },
      { ...reading, circumstances: { stopReason: 'end_turn' } },
      { ...reading, circumstances: { gitBranch: 'main' } },
      { ...reading, circumstances: { durationMs: 3 } },
      { ...reading, circumstances: { turn: 3 } },
      { ...reading, circumstances: { contextTokens: 3 } },
    ]);
  });

  it('is, of claims, the stronger, the older log’s, the smaller key’s', () => {
    assertRising(betterCredit, [
      { ...credit, claim: 'copied', bornMs: 1 },
      { ...credit, claim: 'sideChain', bornMs: 1 },
      { ...credit, bornMs: 6, sessionKey: 'a' },
      { ...credit, sessionKey: 't' },
      credit,
      { ...credit, bornMs: 4, sessionKey: 'z' },
    ]);
  });

  it('is, of facts, the newer reader’s, the stronger source’s, the latest', () => {
    assertRising(betterFact, [
      { ...fact, rank: 0, atMs: 9, position: 9 },
      { ...fact, atMs: 4, position: 9 },
      { ...fact, position: 4, value: 'z' },
      { ...fact, value: 'u' },
      fact,
      { ...fact, position: 6, value: 'a' },
      { ...fact, atMs: 6, position: 0 },
      { ...fact, rank: 2, atMs: 0 },
      { ...fact, reader: 2, rank: 0, atMs: 0, position: 0 },
    ]);
  });

  it('is the one that was there, where two say the same', () => {
    const [sameReading, sameCredit, sameFact] = [{ ...reading }, { ...credit }, { ...fact }];
    assert.equal(betterReading(reading, sameReading), reading);
    assert.equal(betterCredit(credit, sameCredit), credit);
    assert.equal(betterFact(fact, sameFact), fact);
  });
});

describe('the order of statements', () => {
  const random = new Random(Number(process.env.SEED ?? 7));
  const count = () => random.pick([null, 0, 1, 2]);

  function randomReading(): Reading {
    return {
      claim: random.pick(['own', 'sideChain', 'copied', 'delegated'] as const),
      reader: random.below(3),
      atMs: random.below(3),
      model: random.pick(['m', 'n']),
      tokens: { ...noTokens, output: count(), uncachedInput: count() },
      webSearches: random.below(2),
      terms: random.pick([{}, { speed: 'fast' }]),
      circumstances: random.pick([{}, { turn: 1 }]),
      reportedCost: random.pick([null, pico(1)]),
      quality: random.pick(['exact', 'sessionTotal'] as const),
    };
  }

  const creditOf = ({ claim }: Reading): Credit => ({
    claim,
    bornMs: random.below(3),
    sessionKey: random.pick(['s', 't']),
  });

  /** What is left of statements that are heard one after the other. */
  const heard = (readings: readonly Reading[]) => readings.reduce(betterReading);
  const plain = ({ claim: _, ...reading }: Reading) =>
    JSON.stringify({ ...reading, reportedCost: `${reading.reportedCost}` });

  it('leaves the same however they come, and a reading of the kind of the claim that stands', () => {
    for (let round = 0; round < 5_000; round++) {
      const readings = Array.from({ length: 3 }, randomReading);
      const [best, other] = [heard(readings), heard(random.shuffle(readings))];
      assert.equal(plain(other), plain(best));
      const credit = readings.map(creditOf).reduce(betterCredit);
      const isFirstHand = (claim: string) => claim === 'own' || claim === 'sideChain';
      assert.equal(isFirstHand(best.claim), isFirstHand(credit.claim));
      // The ledger keeps the claim that stands in place of the reading's own.
      const stored = {
        ...heard(readings.slice(0, 2)),
        claim: readings.slice(0, 2).map(creditOf).reduce(betterCredit).claim,
      };
      assert.equal(plain(heard([stored, ...readings.slice(2)])), plain(best));
    }
  });
});

describe('a replay', () => {
  const chain = { claim: 'sideChain', request: '5', prompt: 'p' } as const;

  it('is a side chain’s copy of what a session has, or of another side chain’s with a smaller request', () => {
    assert.equal(isReplay(chain, [{ ...chain, claim: 'own' }]), true);
    assert.equal(isReplay(chain, [{ ...chain, claim: 'copied', request: '9' }]), true);
    assert.equal(isReplay(chain, [{ ...chain, request: '4' }]), true);
  });

  it('is not the only one, not the first of its kind, and not one of another or of no prompt', () => {
    assert.equal(isReplay(chain, []), false);
    assert.equal(isReplay(chain, [{ ...chain, request: '6' }]), false);
    assert.equal(isReplay(chain, [{ ...chain }]), false);
    assert.equal(isReplay(chain, [{ ...chain, claim: 'own', prompt: 'q' }]), false);
    assert.equal(isReplay({ ...chain, prompt: null }, [{ ...chain, claim: 'own', prompt: null }]), false);
    assert.equal(isReplay({ ...chain, claim: 'own' }, [{ ...chain, claim: 'own', request: '1' }]), false);
  });
});

describe('terms and circumstances as text', () => {
  it('are none where all is as usual, and the same in any order of the fields', () => {
    assert.equal(termsText({}), null);
    assert.equal(termsText({ region: 'us', speed: 'fast' }), '{"speed":"fast","region":"us"}');
    assert.equal(termsText({ serviceTier: 'flex' }), '{"serviceTier":"flex"}');
    assert.equal(circumstancesText({ durationMs: 1, turn: 2, contextTokens: 3 }), null);
    assert.equal(
      circumstancesText({
        gitBranch: 'b',
        projectPath: '/p',
        provider: 'x',
        effort: 'high',
        stopReason: 'stop',
      }),
      '{"stopReason":"stop","effort":"high","provider":"x","projectPath":"/p","gitBranch":"b"}',
    );
  });

  it('are put in order by their code units', () => {
    assert.deepEqual([compareTexts('a', 'a'), compareTexts('a', 'b'), compareTexts('b', 'a')], [0, -1, 1]);
  });
});
