import assert from 'node:assert/strict';
import { noTotalsByAccount, type TotalsByAccount } from '../../src/domain/account.ts';
import { pico } from '../../src/domain/money.ts';
import { noTotals, type Totals } from '../../src/domain/totals.ts';
import { createFormat } from '../../src/editor/format.ts';
import {
  accountText,
  priceRemark,
  spendingText,
  spokenSpending,
} from '../../src/editor/sessions/spending.ts';

const format = createFormat('en');

function spent(dollars: number, rest: Partial<Totals> = {}): Totals {
  return { ...noTotals, receipts: 1, cost: pico(BigInt(dollars) * 10n ** 12n), ...rest };
}

const words = (some: Partial<TotalsByAccount>) => spendingText({ ...noTotalsByAccount, ...some }, format);

describe('spending in words', () => {
  it('is one sum where no account is told', () => {
    assert.equal(words({ untold: spent(3) }), '$3.00');
    assert.equal(words({}), '$0.00');
  });

  it('never adds money paid to what plans would have cost', () => {
    assert.equal(words({ api: spent(12), plan: spent(48) }), 'API $12.00 · plan $48.00');
    assert.equal(
      words({ api: spent(12), plan: spent(48), untold: spent(1) }),
      'API $12.00 · plan $48.00 · other $1.00',
    );
    assert.equal(words({ plan: spent(48) }), 'plan $48.00');
  });

  it('says of each part what is missing from it', () => {
    const partial = spent(2, { partialReceipts: 1 });
    const unpriced = spent(0, { unpricedReceipts: 1 });
    assert.equal(words({ api: partial, plan: unpriced }), 'API ≥$2.00 · plan unpriced');
  });

  it('is spoken in whole words', () => {
    const spending = { ...noTotalsByAccount, api: spent(1), plan: spent(2), untold: spent(3) };
    assert.deepEqual(spokenSpending(spending, format), [
      'paid to APIs, cost: $1.00',
      'at list price under plans, cost: $2.00',
      'at list price, not told how it is paid, cost: $3.00',
    ]);
    assert.deepEqual(spokenSpending({ ...noTotalsByAccount, untold: spent(3) }, format), ['cost: $3.00']);
  });

  it('is explained by the account', () => {
    assert.notEqual(accountText('api'), accountText('plan'));
    assert.match(priceRemark('plan'), /not money paid/);
    assert.doesNotMatch(priceRemark('untold'), /paid/i);
  });
});
