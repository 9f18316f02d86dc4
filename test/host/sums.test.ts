import assert from 'node:assert/strict';
import { pico } from '../../src/domain/money.ts';
import { noTotals, type Totals } from '../../src/domain/totals.ts';
import { createFormat } from '../../src/editor/format.ts';
import {
  costText,
  doubts,
  reportedText,
  spokenCost,
  spokenTokens,
  tokensText,
} from '../../src/editor/sessions/sums.ts';

const format = createFormat('en');
const dollar = 1_000_000_000_000n;

function totals(changed: Partial<Totals>): Totals {
  const tokens = { ...noTotals.tokens, output: 2_000 };
  return { ...noTotals, receipts: 4, tokens, cost: pico(2n * dollar), ...changed };
}

const texts = (some: Totals) => [tokensText(some, format), costText(some, format)];
const spoken = (some: Totals) => [spokenTokens(some, format), spokenCost(some, format)];

describe('sums in words', () => {
  it('are plain where they are whole', () => {
    assert.deepEqual(texts(totals({})), ['2,000', '$2.00']);
    assert.deepEqual(doubts(totals({}), format), []);
  });

  it('are about right where the agent counted roughly, and say so', () => {
    const rough = totals({ roughReceipts: 3 });
    assert.deepEqual(texts(rough), ['~2,000', '~$2.00']);
    assert.deepEqual(spoken(rough), ['tokens: about 2,000', 'cost: about $2.00']);
    assert.deepEqual(doubts(rough, format), ['Responses that the agent only counted roughly: 3 of 4.']);
  });

  it('are the least there can be where any count is missing, rough or not', () => {
    const partial = totals({ roughReceipts: 3, partialReceipts: 1 });
    assert.deepEqual(texts(partial), ['≥2,000', '≥$2.00']);
    assert.equal(doubts(partial, format).length, 2);
  });

  it('say that a session was logged as a whole', () => {
    assert.match(doubts(totals({ wholeSessionReceipts: 1 }), format).join(), /the whole session/);
  });
});

describe('what an agent reports as cost', () => {
  const reported = (ours: bigint) => ({ receipts: 4, cost: pico((3n * dollar) / 2n), ours: pico(ours) });

  it('is not there where it reports none', () => assert.equal(reportedText(totals({}), format), null));

  it('stands beside ours where they differ', () => {
    assert.equal(
      reportedText(totals({ reported: reported(2n * dollar) }), format),
      '$1.50, by list prices $2.00',
    );
  });

  it('stands alone where both say the same, or ours is not known', () => {
    assert.equal(reportedText(totals({ reported: reported((3n * dollar) / 2n) }), format), '$1.50');
    const unpriced = totals({ reported: reported(0n), unpricedReceipts: 4 });
    assert.deepEqual([reportedText(unpriced, format), costText(unpriced, format)], ['$1.50', 'unpriced']);
  });
});
