import assert from 'node:assert/strict';
import type { Passage, ReplyPassage } from '../../../src/domain/conversation.ts';
import type { Variance } from '../../../src/domain/variance.ts';
import { VarianceFinder } from '../../../src/estimator/varianceFinder.ts';
import { randomFrom } from './texts.ts';

/** Every character a token. */
function find(passages: readonly Passage[], isFromStart = false, isExact = false): Variance[] {
  const found: Variance[] = [];
  const estimate = (_model: string, text: string) => ({ tokens: text.length, isExact, scale: 7 });
  const finder = new VarianceFinder('claude-code', estimate, isFromStart, (variance) => found.push(variance));
  for (const passage of passages) finder.take(passage);
  return found;
}

const gap: Passage = { kind: 'gap' };
const text = (length: number, author: 'conversation' | 'agent' = 'conversation'): Passage => ({
  kind: 'text',
  author,
  text: 'x'.repeat(length),
});
const reply = (id: string, promptTokens: number, more: Partial<ReplyPassage> = {}): Passage => ({
  kind: 'reply',
  id: { response: id, request: '' },
  model: 'm',
  atMs: 1,
  projectPath: '/p',
  promptTokens,
  outputTokens: 50,
  ...more,
});

/** Estimated and billed tokens of each. */
const numbers = (found: readonly Variance[]) =>
  found.map(({ estimatedTokens, billedTokens }) => [estimatedTokens, billedTokens]);

/** Numbers from 0 up to but not including 1. */
function shares(seed: number): () => number {
  const random = randomFrom(seed);
  return () => random(1_000_000) / 1_000_000;
}

describe('the variance of what a turn added', () => {
  it('is the growth of the prompt less the reply, beside the estimate of the text between', () => {
    const found = find([reply('a', 10_000), text(1_000), reply('b', 11_250)]);
    assert.deepEqual(found, [
      {
        agent: 'claude-code',
        id: { response: 'b', request: '' },
        model: 'm',
        atMs: 1,
        projectPath: '/p',
        kind: 'addition',
        estimatedTokens: 1_004,
        billedTokens: 1_200,
        scale: 7,
      },
    ]);
  });

  it('takes the largest output that the log has of the reply', () => {
    const grown = [reply('a', 10_000, { outputTokens: 1 }), reply('a', 10_000, { outputTokens: 400 })];
    assert.deepEqual(numbers(find([...grown, text(500), reply('b', 11_000)])), [[504, 600]]);
  });

  it('counts what stands between the blocks of one reply for the next', () => {
    const between = [reply('a', 10_000), text(300), reply('a', 10_000), text(300), reply('b', 10_750)];
    assert.deepEqual(numbers(find(between)), [[608, 700]]);
  });

  it('is not told where something was sent or taken back unseen, and is again after that', () => {
    const after = [text(1_000), reply('c', 13_000)];
    assert.deepEqual(find([reply('a', 10_000), gap, text(1_000), reply('b', 11_500)]), []);
    assert.deepEqual(find([reply('a', 10_000), text(1_000), gap, reply('b', 11_500)]), []);
    assert.deepEqual(numbers(find([reply('a', 1), gap, reply('b', 11_500), ...after])), [[1_004, 1_450]]);
  });

  it('is not told across a change of the model, a shrunk prompt or a copy of an earlier reply', () => {
    assert.deepEqual(find([reply('a', 10_000), text(999), reply('b', 11_500, { model: 'n' })]), []);
    assert.deepEqual(find([reply('a', 10_000), text(999), reply('b', 9_000)]), []);
    const copies = [
      reply('a', 10_000),
      reply('b', 10_100),
      reply('a', 10_000),
      text(999),
      reply('c', 11_500),
    ];
    assert.deepEqual(find(copies), []);
  });

  it('is not told of little text, nor of more than fits into memory, nor where counts are exact', () => {
    assert.deepEqual(find([reply('a', 10_000), text(100), reply('b', 10_200)]), []);
    assert.deepEqual(find([reply('a', 10_000), text(600_000), reply('b', 600_000)]), []);
    assert.deepEqual(find([reply('a', 10_000), text(999), reply('b', 11_200)], false, true), []);
  });
});

describe('the variance of a first prompt', () => {
  it('is told of a log that is read from its start, without what the agent put there itself', () => {
    const passages = [text(40), text(5_000, 'agent'), reply('a', 16_000)];
    const [opening] = find(passages, true);
    assert.equal(opening?.kind, 'opening');
    assert.deepEqual(numbers(find(passages, true)), [[44, 16_000]]);
    assert.deepEqual(find(passages, false), []);
    assert.equal(find(passages, true, true).length, 1);
  });

  it('is not told where the prompt is not known, or not what the log says it is', () => {
    assert.deepEqual(find([reply('a', 16_000)], true), []);
    assert.deepEqual(find([gap, text(40), reply('a', 16_000)], true), []);
    assert.deepEqual(find([text(40), reply('a', 10)], true), []);
  });
});

describe('a conversation in any state', () => {
  it('never has a variance that spans a gap, and each reply has one at most', () => {
    const random = shares(5);
    for (let n = 0; n < 500; n++) {
      const passages = Array.from({ length: 40 }, (): Passage => {
        const dice = random();
        if (dice < 0.15) return gap;
        if (dice < 0.6) return text(Math.floor(random() * 2_000), dice < 0.3 ? 'agent' : 'conversation');
        return reply(String(Math.floor(random() * 12)), Math.floor(random() * 20_000));
      });
      const found = find(passages, true);
      assert.ok(found.every(({ estimatedTokens, billedTokens }) => estimatedTokens > 0 && billedTokens > 0));
      const ids = found.map(({ id }) => id.response);
      assert.equal(new Set(ids).size, ids.length);
      const broken: Passage[] = passages
        .filter(({ kind }) => kind !== 'gap')
        .flatMap((passage): Passage[] => [gap, passage]);
      assert.deepEqual(find(broken, true), []);
    }
  });
});
