import assert from 'node:assert/strict';
import type { Variance } from '../../../src/domain/variance.ts';
import { applyCalibration, calibrate, fit } from '../../../src/estimator/calibration.ts';
import type { Estimate } from '../../../src/estimator/estimate.ts';
import { randomFrom } from './texts.ts';

const receipt = (ratio: number, estimatedTokens = 1_000) => ({
  estimatedTokens,
  billedTokens: Math.round(estimatedTokens * ratio),
});
const times = (count: number, ratio: number, estimatedTokens?: number) =>
  Array.from({ length: count }, () => receipt(ratio, estimatedTokens));

/** Numbers from 0 up to but not including 1. */
function shares(seed: number): () => number {
  const random = randomFrom(seed);
  return () => random(1_000_000) / 1_000_000;
}

describe('calibration', () => {
  it('leaves an estimate as it is before the first receipt, and moves by little for the first', () => {
    assert.deepEqual(fit([]), { factor: 1, errorShare: null, receipts: 0 });
    const { factor } = fit([receipt(1.3)]);
    assert.ok(factor > 1.05 && factor < 1.2, String(factor));
  });

  it('comes near to what receipts say, from above and from below', () => {
    for (const ratio of [0.8, 1.3]) {
      const { factor, receipts } = fit(times(20, ratio));
      assert.ok(Math.abs(factor / ratio - 1) < 0.03, `${factor} for ${ratio}`);
      assert.equal(receipts, 20);
    }
  });

  it('leaves a mean error of at most four percent after ten receipts of a thousand tokens', () => {
    const random = shares(9);
    for (const bias of [0.87, 1, 1.15]) {
      const texts = () => receipt(bias * (0.94 + 0.12 * random()));
      const errors = Array.from({ length: 300 }, () => {
        const { factor } = fit(Array.from({ length: 10 }, texts));
        const { estimatedTokens, billedTokens } = texts();
        return Math.abs((estimatedTokens * factor) / billedTokens - 1);
      });
      const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
      assert.ok(mean <= 0.04, `${mean} for ${bias}`);
    }
  });

  it('is not moved far by one odd receipt, however large and wherever it comes', () => {
    const usual = fit(times(10, 1.1)).factor;
    for (const odd of [receipt(10), receipt(10, 500_000), receipt(0.01, 500_000)]) {
      for (const place of [0, 5, 10]) {
        const { factor, receipts } = fit(times(10, 1.1).toSpliced(place, 0, odd));
        assert.ok(Math.abs(factor / usual - 1) < 0.01, `${factor} beside ${usual}`);
        assert.equal(receipts, 10);
      }
    }
    assert.ok(Math.abs(fit([receipt(10, 500_000)]).factor - 1) <= 0.5);
  });

  it('is not led by one large receipt where small ones disagree', () => {
    const { factor } = fit([receipt(1.4, 400_000), ...times(12, 1.05)]);
    assert.ok(factor < 1.1, String(factor));
  });

  it('follows when receipts come to say something else', () => {
    const { factor } = fit([...times(120, 1.4), ...times(80, 1)]);
    assert.ok(factor > 1.3, String(factor));
  });

  it('measures its margin by receipts that it was not fitted on, once there are enough', () => {
    assert.equal(fit(times(8, 1.1)).errorShare, null);
    const random = shares(3);
    const scattered = (count: number) =>
      Array.from({ length: count }, () => receipt(1.2 * (0.9 + 0.2 * random())));
    const fresh = scattered(1_000);
    const { factor, errorShare } = fit(scattered(100));
    assert.ok(errorShare !== null);
    const within = fresh.filter(
      ({ billedTokens, estimatedTokens }) =>
        Math.abs(billedTokens / (estimatedTokens * factor) - 1) <= errorShare,
    );
    assert.ok(Math.abs(within.length / fresh.length - 0.9) < 0.06, String(within.length));
  });

  it('stays a number between sane bounds whatever receipts say', () => {
    const random = shares(11);
    for (let n = 0; n < 300; n++) {
      const receipts = Array.from({ length: 1 + Math.floor(random() * 30) }, () => ({
        estimatedTokens: 1 + Math.floor(random() ** 8 * 100_000_000),
        billedTokens: 1 + Math.floor(random() ** 8 * 100_000_000),
      }));
      const { factor, errorShare } = fit(receipts);
      assert.ok(factor >= 0.5 && factor <= 2.5, String(factor));
      assert.ok(errorShare === null || (errorShare >= 0 && errorShare < 3), String(errorShare));
    }
  });
});

describe('calibration for a project', () => {
  const receiptsIn = (projectPath: string | null, count: number, ratio: number): Variance[] =>
    times(count, ratio).map((numbers, index) => ({
      ...numbers,
      agent: 'claude-code',
      id: { response: `${projectPath} ${index}`, request: '' },
      model: 'm',
      atMs: 0,
      projectPath,
      kind: 'addition',
      scale: 1,
    }));

  it('follows the project’s own receipts, on the ground of what other projects say', () => {
    const others = [...receiptsIn('/q', 20, 1.3), ...receiptsIn(null, 5, 1.3)];
    const nothingOwn = calibrate(others, '/p');
    assert.ok(Math.abs(nothingOwn.factor / 1.3 - 1) < 0.03);
    assert.deepEqual([nothingOwn.receipts, nothingOwn.receiptsOfProject], [25, 0]);
    const few = calibrate([...receiptsIn('/p', 1, 1), ...others], '/p');
    assert.ok(few.factor < nothingOwn.factor && few.factor > 1.1, String(few.factor));
    const many = calibrate([...receiptsIn('/p/sub', 20, 1), ...others], '/p');
    assert.ok(Math.abs(many.factor - 1) < 0.03, String(many.factor));
    assert.deepEqual([many.receipts, many.receiptsOfProject], [45, 20]);
  });

  it('takes the margin of all receipts while the project has few of its own', () => {
    const others = receiptsIn('/q', 20, 1.3);
    assert.notEqual(calibrate(others, '/p').errorShare, null);
    assert.equal(calibrate(receiptsIn('/p', 4, 1.3), '/p').errorShare, null);
    assert.deepEqual(calibrate([], '/p'), { factor: 1, errorShare: null, receipts: 0, receiptsOfProject: 0 });
  });
});

describe('a calibrated estimate', () => {
  const cold: Estimate = {
    model: { id: 'm', name: 'M', vendor: '', contextWindowTokens: null, isExact: false },
    tokens: 1_000,
    errorShare: 0.2,
  };

  const familiar = { isExactCount: true, excessShare: 0 };

  it('has the measured margin in place of its family’s, and never claims to be exact', () => {
    const measured = applyCalibration(cold, { factor: 1.25, errorShare: 0.05 }, familiar);
    assert.deepEqual([measured.tokens, measured.errorShare], [1_250, 0.05]);
    const few = applyCalibration(cold, { factor: 1.1, errorShare: null }, familiar);
    assert.equal(few.errorShare, 0.2);
    assert.ok(applyCalibration(cold, { factor: 1, errorShare: 0 }, familiar).errorShare > 0);
  });

  it('keeps what a text has beyond the margin of what receipts are of', () => {
    const strange = { isExactCount: true, excessShare: 0.96 };
    const { errorShare } = applyCalibration(cold, { factor: 1, errorShare: 0.28 }, strange);
    assert.equal(errorShare, 1);
  });

  it('keeps the wider margin where part of the text was guessed at', () => {
    const guess = { isExactCount: false, excessShare: 0 };
    assert.equal(applyCalibration(cold, { factor: 1, errorShare: 0.05 }, guess).errorShare, 0.2);
  });
});
