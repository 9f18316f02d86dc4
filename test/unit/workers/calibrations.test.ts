import assert from 'node:assert/strict';
import type { Variance } from '../../../src/domain/variance.ts';
import { Calibrations } from '../../../src/workers/calibrations.ts';

/** Models are kin by their first letter; those that begin with an x are exact. */
const kinOf = (model: string) => ({ identity: model[0], scale: 7, isExact: model.startsWith('x') });

let lastId = 0;
const variance = (model: string, billedTokens: number, more: Partial<Variance> = {}): Variance => ({
  agent: 'claude-code',
  id: { response: String(++lastId), request: '' },
  kind: 'addition',
  model,
  projectPath: '/p',
  atMs: lastId,
  estimatedTokens: 1_000,
  billedTokens,
  scale: 7,
  ...more,
});
const several = (count: number, make: () => Variance) => Array.from({ length: count }, make);

function learned(...variances: readonly Variance[]): Calibrations {
  const calibrations = new Calibrations(kinOf);
  calibrations.replace(variances);
  return calibrations;
}

describe('calibrations by family', () => {
  it('hold for kin and for no other family: a new one begins anew', () => {
    const calibrations = learned(...several(12, () => variance('a1', 1_200)));
    assert.equal(calibrations.calibrationOf('a2', '/p')?.receipts, 12);
    assert.equal(calibrations.calibrationOf('b1', '/p'), null);
  });

  it('are none of families that are exact, and of estimates by other rules', () => {
    assert.equal(learned(variance('x1', 1_200)).calibrationOf('x1', '/p'), null);
    assert.equal(learned(variance('a1', 1_200, { scale: 8 })).calibrationOf('a1', '/p'), null);
  });

  it('forget what is replaced', () => {
    const calibrations = learned(variance('a1', 1_200));
    assert.ok(calibrations.calibrationOf('a1', '/p'));
    calibrations.replace([]);
    assert.equal(calibrations.calibrationOf('a1', '/p'), null);
  });

  it('have the newest receipts first, in whatever order they come', () => {
    const old = several(200, () => variance('a1', 900));
    const recent = several(60, () => variance('a1', 1_300));
    const factor = (...variances: readonly Variance[]) =>
      learned(...variances).calibrationOf('a1', '/p')?.factor;
    assert.equal(factor(...old, ...recent), factor(...recent, ...old));
    assert.ok((factor(...old, ...recent) ?? 0) > 1.05);
  });
});

describe('baselines', () => {
  const opening = (billedTokens: number, more: Partial<Variance> = {}) =>
    variance('a1', billedTokens, { kind: 'opening', estimatedTokens: 100, ...more });

  it('are what first prompts held beyond the text that the log shows, calibrated as that is', () => {
    const openings = [opening(15_100), opening(16_100), opening(99_000)];
    assert.deepEqual(learned(...openings).baselinesOf('a1', '/p'), [
      { agent: 'claude-code', tokens: 16_000, errorShare: 1, sessions: 3, isOfProject: true },
    ]);
    const [alike] = learned(opening(15_100), opening(16_100), opening(17_700)).baselinesOf('a1', '/p');
    assert.equal(alike?.errorShare, 0.1);
    const [single] = learned(opening(15_100)).baselinesOf('a1', '/p');
    assert.ok((single?.errorShare ?? 0) > 0.2);
    const calibrated = learned(...openings, ...several(190, () => variance('a1', 2_000)));
    assert.ok(Math.abs((calibrated.baselinesOf('a1', '/p')[0]?.tokens ?? 0) - 15_900) < 10);
  });

  it('are of the project where it has any, of all projects where not, and one an agent', () => {
    const openings = [
      opening(20_100, { projectPath: '/q' }),
      opening(10_100, { agent: 'codex' }),
      opening(16_100),
      opening(17_100, { projectPath: null }),
    ];
    const calibrations = learned(...openings);
    assert.deepEqual(
      calibrations.baselinesOf('a1', '/p').map(({ agent, tokens }) => [agent, tokens]),
      [
        ['claude-code', 16_000],
        ['codex', 10_000],
      ],
    );
    const [elsewhere] = calibrations.baselinesOf('a1', '/elsewhere');
    assert.deepEqual([elsewhere?.tokens, elsewhere?.isOfProject], [17_000, false]);
    assert.deepEqual(calibrations.baselinesOf('b1', '/p'), []);
  });

  it('follow the last sessions', () => {
    const openings = [...several(20, () => opening(10_100)), ...several(9, () => opening(20_100))];
    assert.equal(learned(...openings).baselinesOf('a1', '/p')[0]?.tokens, 20_000);
  });
});
