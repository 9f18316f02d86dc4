import assert from 'node:assert/strict';
import { compileGlob } from '../../../../src/estimator/context/globs.ts';

describe('a pattern that anybody may have written', () => {
  it('fits as in a shell', () => {
    assert.equal(compileGlob('{src,test}/**/*.spec.ts')?.('src/deep/a.spec.ts'), true);
    assert.equal(compileGlob('*.[jt]s', { basename: true })?.('src/.a.ts'), true);
    assert.equal(compileGlob('src/*.ts')?.('src/deep/a.ts'), false);
  });

  it('has groups and repetitions as plain signs, and never as those of a regular expression', () => {
    for (const pattern of ['(a+)+b', '[a]+b', '@(a+)b', '{a,aa}+b', '"(a+)+b"', 'a\\.(a|b)+b']) {
      assert.equal(compileGlob(pattern)?.('aab'), false, pattern);
    }
    assert.equal(compileGlob('app/(group)/a+b|c.*')?.('app/(group)/a+b|c.ts'), true);
    assert.equal(compileGlob('app/\\(group)/*')?.('app/(group)/a'), true);
  });

  it('is none where a path could be made for it that takes time without end', () => {
    const slow = [
      `${'**/a/'.repeat(4)}b`,
      '{a,a}'.repeat(4),
      `${'*a'.repeat(4)}b`,
      '*a*/*a*/*a*/b',
      `{${'a,'.repeat(40)}b}*`,
      '{**/a,b}/{**/a,b}/**/c',
      '\\\\\\\\(a+)+b',
      'a'.repeat(2_000),
    ];
    for (const pattern of slow) assert.equal(compileGlob(pattern), undefined, pattern);
  });

  it('is none without a name', () => {
    for (const pattern of ['', '/', '..', './']) assert.equal(compileGlob(pattern), undefined);
  });
});
