import assert from 'node:assert/strict';
import { familyOf, unknownFamily } from '../../../src/estimator/models.ts';
import { overheadsOf } from '../../../src/workers/overheads.ts';

const claude = familyOf('claude-sonnet-5-5');
const baseline = {
  agent: 'claude-code',
  tokens: 15_000,
  errorShare: 0.1,
  sessions: 4,
  isOfProject: true,
} as const;

describe('what is sent beside all texts', () => {
  it('is the baseline of the agent where it has been learned, with the frame in it', () => {
    assert.deepEqual(overheadsOf('claude-code', [baseline], claude), [
      { kind: 'baseline', tokens: 15_000, errorShare: 0.1 },
    ]);
  });

  it('is the frame of a message, and what is not known, where nothing was learned of the agent', () => {
    assert.deepEqual(overheadsOf('codex', [baseline], claude), [
      { kind: 'frame', tokens: claude.frame?.firstTokens, errorShare: 0 },
      { kind: 'baseline', tokens: null, errorShare: 0 },
    ]);
  });

  it('is not known where nothing is published of the model either', () => {
    assert.deepEqual(overheadsOf('cline', [], unknownFamily), [
      { kind: 'baseline', tokens: null, errorShare: 0 },
    ]);
  });
});
