import assert from 'node:assert/strict';
import { maxTitleLength, toTitle } from '../../../src/domain/session.ts';

describe('a title', () => {
  it('is one line without control characters', () => {
    assert.equal(toTitle('  Fix the\r\n\tbuild\u001b[31m now\u0000 '), 'Fix the build [31m now');
  });

  it('cannot turn the direction of the text around it', () => {
    assert.equal(toTitle('abc\u202Edcba\u2066x'), 'abc dcba x');
  });

  it('is cut with an ellipsis, never inside a character', () => {
    const title = toTitle('🔥'.repeat(500)) ?? '';
    assert.equal([...title].length, maxTitleLength);
    assert.equal(title, `${'🔥'.repeat(maxTitleLength - 1)}…`);
  });

  it('is absent when nothing is left to show', () => {
    assert.equal(toTitle(' \n\u200B\t'), undefined);
  });

  it('does not read the whole of a huge prompt', () => {
    assert.equal(toTitle(' '.repeat(10_000_000)), undefined);
  });
});
