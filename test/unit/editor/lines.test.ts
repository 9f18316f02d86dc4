import assert from 'node:assert/strict';
import { toLines } from '../../../src/editor/lines.ts';

describe('lines of a text', () => {
  it('are no longer than they may be, and broken at spaces', () => {
    assert.deepEqual(toLines('one two three four', 9), ['one two', 'three', 'four']);
    assert.deepEqual(toLines('one two three', 13), ['one two three']);
  });

  it('have a longer word whole, and lose nothing', () => {
    const text = 'see /a/path/that/is/longer and  go on';
    const lines = toLines(text, 10);
    assert.deepEqual(lines, ['see', '/a/path/that/is/longer', 'and  go on']);
    assert.equal(lines.join(' '), text);
  });

  it('are one of nothing', () => {
    assert.deepEqual(toLines('', 10), ['']);
  });
});
