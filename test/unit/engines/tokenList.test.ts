import assert from 'node:assert/strict';
import { TokenListCounter } from '../../../src/engines/tokenList.ts';

/** Counts the list of an answer that comes in pieces of so many bytes. */
function count(json: string, under: string | null, pieceBytes = 7): number | null {
  const counter = new TokenListCounter(under);
  const bytes = new TextEncoder().encode(json);
  for (let start = 0; start < bytes.length; start += pieceBytes) {
    counter.take(bytes.subarray(start, start + pieceBytes));
  }
  return counter.end();
}

const entries: Readonly<Record<string, unknown>> = {
  ids: 12,
  'texts that look like structure': '],[{},"tokens":[\\"',
  objects: { id: 1, text: ' "[{\\', tokens: [1, 2, 3], start: 0 },
  lists: [[1, 2], ['tokens', []], {}],
  'empty lists': [],
  nulls: null,
  'texts beyond ASCII': '潮 — 🌊',
};

describe('the length of a list in JSON', () => {
  for (const [name, entry] of Object.entries(entries)) {
    it(`is that of the list, with ${name} in it`, () => {
      for (const length of [0, 1, 2, 5, 100]) {
        const list = Array.from({ length }, () => entry);
        for (const space of [0, 2]) {
          const answer = { model: 'tokens', other: [1, { tokens: [1] }], tokens: list, last: ['x', []] };
          for (const pieceBytes of [1, 3, 4096]) {
            assert.equal(count(JSON.stringify(list, null, space), null, pieceBytes), length);
            assert.equal(count(JSON.stringify(answer, null, space), 'tokens', pieceBytes), length);
          }
        }
      }
    });
  }

  it('is not known of an answer without the list', () => {
    for (const json of ['{}', '[]', '{"token":[1]}', '{"a":{"tokens":[1]}}', '"tokens"', '3', '']) {
      assert.equal(count(json, 'tokens'), null, json);
    }
    assert.equal(count('{"tokens":[1]}', null), null);
  });

  it('is not known of an answer that is cut off or goes on', () => {
    for (const json of [
      '{"tokens":[1,2]',
      '{"tokens":[1,2}',
      '{"tokens":[1]}}',
      '{"tokens":[1]} {"x":1}',
      '{"tokens":["1]}',
    ]) {
      assert.equal(count(json, 'tokens'), null, json);
    }
  });
});
