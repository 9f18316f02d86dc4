import assert from 'node:assert/strict';
import type { Memento } from 'vscode';
import { PartChoices } from '../../../src/editor/context/partChoices.ts';
import type { CountedPart } from '../../../src/workers/contextProtocol.ts';

function choicesIn(stored: unknown = undefined) {
  const state = { value: stored };
  const memento = {
    get: () => state.value,
    update: async (_key: string, value: unknown) => {
      state.value = value;
    },
  };
  return { choices: new PartChoices(memento as unknown as Memento), state };
}

const part = (id: string, isSent: boolean) => ({ id, isSent }) as CountedPart;

describe('what a user leaves out of prompts', () => {
  it('is remembered until it is taken back in', async () => {
    const { choices } = choicesIn();
    await choices.choose(part('a', true), false);
    await choices.choose(part('b', false), true);
    assert.deepEqual(choices.all, { a: false, b: true });
    assert.equal(choices.hasLeftOut, true);
    await choices.choose(part('a', true), true);
    assert.deepEqual(choices.all, { b: true });
    assert.equal(choices.hasLeftOut, false);
  });

  it('is taken back in all at once, and what was taken in stays', async () => {
    const { choices } = choicesIn({ a: false, b: true, c: false });
    await choices.includeAll();
    assert.deepEqual(choices.all, { b: true });
  });

  it('survives whatever is stored, and does not grow without end', async () => {
    assert.deepEqual(choicesIn('text').choices.all, {});
    assert.deepEqual(choicesIn({ a: 1, b: false }).choices.all, { b: false });
    const { choices } = choicesIn(
      Object.fromEntries(Array.from({ length: 600 }, (_one, at) => [`p${at}`, false])),
    );
    await choices.choose(part('new', true), false);
    assert.equal(Object.keys(choices.all).length, 500);
    assert.equal(choices.all.new, false);
  });
});
