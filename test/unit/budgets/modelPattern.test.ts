import assert from 'node:assert/strict';
import { matchesModel } from '../../../src/budgets/modelPattern.ts';

describe('a pattern of models', () => {
  const taken: readonly (readonly [string, string])[] = [
    ['gpt-5', 'gpt-5'],
    ['GPT-5', 'gpt-5'],
    ['gpt-5', 'GPT-5'],
    ['*', ''],
    ['*', 'gpt-5'],
    ['gpt-*', 'gpt-'],
    ['gpt-*', 'gpt-5-codex'],
    ['*-codex', 'gpt-5-codex'],
    ['*5*', 'gpt-5-codex'],
    ['g*5*x', 'gpt-5-codex'],
    ['a*b*b', 'abb'],
    ['**', 'x'],
    ['a.c', 'a.c'],
  ];
  for (const [pattern, name] of taken) {
    it(`${pattern} takes "${name}"`, () => assert.ok(matchesModel(pattern, name)));
  }

  const refused: readonly (readonly [string, string])[] = [
    ['gpt-5', 'gpt-5-codex'],
    ['gpt-5', 'a-gpt-5'],
    ['gpt-*', 'a-gpt-5'],
    ['*-codex', 'gpt-5-codex-mini'],
    ['a*a', 'a'],
    ['a*b*b', 'ab'],
    ['*x*', 'gpt-5'],
    ['a*c*b', 'ab'],
    ['a.c', 'abc'],
    ['', 'x'],
  ];
  for (const [pattern, name] of refused) {
    it(`${pattern} does not take "${name}"`, () => assert.ok(!matchesModel(pattern, name)));
  }

  it('takes no time that grows out of hand', () => {
    assert.ok(!matchesModel(`${'a*'.repeat(100)}b`, 'a'.repeat(100_000)));
  });
});
