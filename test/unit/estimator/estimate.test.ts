import assert from 'node:assert/strict';
import { excessShareOf } from '../../../src/estimator/estimate.ts';
import { familyOf } from '../../../src/estimator/models.ts';

const claude = familyOf('claude-sonnet-5-5');
const counted = (tokens: number) => ({ tokens, isExact: true });

describe('what of a margin receipts do not speak of', () => {
  it('falls with the length of a text, to nothing', () => {
    const shares = [100, 1_000, 100_000].map((tokens) => excessShareOf(claude, counted(tokens)));
    assert.deepEqual(shares.toSorted().toReversed(), shares);
    assert.ok((shares[0] ?? 0) > 0.05 && (shares[2] ?? 1) < 0.005, shares.join());
  });

  it('is what another kind of text is in doubt by', () => {
    const familiar = excessShareOf(claude, counted(10_000), counted(700));
    const strange = excessShareOf(claude, counted(10_000), counted(8_000));
    assert.ok(familiar < 0.02 && strange > 0.75, `${familiar} ${strange}`);
  });

  it('is nothing of what is exact', () => {
    assert.equal(excessShareOf(familyOf('gpt-5.5'), counted(10)), 0);
  });
});
