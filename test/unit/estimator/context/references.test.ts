import assert from 'node:assert/strict';
import { outsideCode } from '../../../../src/estimator/context/codeSpans.ts';
import { findReferences, looksLikePath } from '../../../../src/estimator/context/references.ts';

const everywhere = () => true;

/** `syntax path lines` of each reference. */
function found(text: string): string[] {
  return findReferences(text, everywhere).references.map(({ syntax, path, lines }) =>
    [syntax, path, ...(lines ? [`${lines.first}-${lines.last}`] : [])].join(' '),
  );
}

describe('references in a prompt', () => {
  const cases: readonly (readonly [name: string, text: string, expected: readonly string[]])[] = [
    ['#file:', 'see #file:src/a.ts and #file:"my notes.md"', ['hash src/a.ts', 'hash my notes.md']],
    [
      'mentions',
      '@src/a.ts @./b @~/c.md\n@/d',
      ['mention src/a.ts', 'mention ./b', 'mention ~/c.md', 'mention /d'],
    ],
    [
      'mentions with spaces',
      '@"my docs/a b.md" @my\\ docs/c.md',
      ['mention my docs/a b.md', 'mention my docs/c.md'],
    ],
    [
      'links',
      '[a](docs/a.md) [b](<b c.md>) [d](d%20e.md "title")',
      ['link docs/a.md', 'link b c.md', 'link d e.md'],
    ],
    ['images', '![a](a.png) ![](b.jpg)', ['image a.png', 'image b.jpg']],
    [
      'lines',
      '@a.ts#L10-L20 @a.ts#L5 #file:a.ts:7-9 [a](a.ts#L2-4)',
      ['mention a.ts 10-20', 'mention a.ts 5-5', 'hash a.ts 7-9', 'link a.ts 2-4'],
    ],
    ['lines the wrong way round', '@a.ts#L20-L10', ['mention a.ts 20-20']],
    ['parts of a page', '[a](a.md#top) [b](b.md?raw)', ['link a.md', 'link b.md']],
    [
      'what ends a sentence',
      'Look at @a.ts. (And @b/c.ts, "@d.ts"!) **@e.md**',
      ['mention a.ts', 'mention b/c.ts', 'mention d.ts', 'mention e.md'],
    ],
    [
      'patterns',
      '@src/**/*.ts @{a,b}.md @docs/* @c/**.',
      ['mention src/**/*.ts', 'mention {a,b}.md', 'mention docs/*', 'mention c/**'],
    ],
    ['folders', '@src/ @.', ['mention src/']],
    ['names that are not Latin', '@文档/説明.md。', ['mention 文档/説明.md']],
  ];
  for (const [name, text, expected] of cases) {
    it(`are found: ${name}`, () => assert.deepEqual(found(text), expected));
  }

  it('are neither addresses, nor links elsewhere, nor places in the page', () => {
    const text = 'ann@example.com [w](https://example.com/a.md) [m](mailto:a@b.c) [t](#top) @https://x.y/z @';
    assert.deepEqual(found(text), []);
  });

  it('tell where they are', () => {
    const text = 'one\ntwo @a.md,\n[three](b.md)';
    const { references } = findReferences(text, everywhere);
    assert.deepEqual(
      references.map(({ start, end, line }) => [text.slice(start, end), line]),
      [
        ['@a.md', 2],
        ['b.md', 3],
      ],
    );
  });

  it('are left out where code is, when asked to', () => {
    const text =
      '`@a.md` @b.md ``x ` @c.md`` ~~~ @d.md\n```ts\n@e.md\n```\n@f.md\n\n`open @g.md\n\n@h.md` \n~~~\n@i.md';
    const { references } = findReferences(text, outsideCode(text));
    assert.deepEqual(
      references.map(({ path }) => path),
      ['b.md', 'd.md', 'f.md', 'g.md', 'h.md'],
    );
  });

  it('are cut off where there are too many, and say so', () => {
    const { references, isCut } = findReferences('@a.md '.repeat(5_000), everywhere);
    assert.equal(references.length, 500);
    assert.equal(isCut, true);
  });

  it('end whatever the text is', () => {
    for (const bit of [
      '[',
      '](a',
      '`',
      '` ',
      '@"',
      "#file:'",
      '\\',
      ' @',
      '```\n',
      '![',
      '@\\',
      '\n',
      '@a#1-',
      '{,',
    ]) {
      const text = bit.repeat(Math.ceil(262_144 / bit.length));
      findReferences(text, outsideCode(text));
    }
  });
});

describe('a mention', () => {
  it('is surely a path with an ending, a slash at an end, or a start from somewhere', () => {
    for (const path of ['a.ts', 'src/', './a', '../a', '~/a', '/a', 'a/*.b'])
      assert.ok(looksLikePath(path), path);
  });

  it('is anything else too: a scope of packages, a person, a tag', () => {
    for (const path of ['types/node', 'ann', 'param', 'angular/core', 'v1.0'])
      assert.ok(!looksLikePath(path), path);
  });
});
