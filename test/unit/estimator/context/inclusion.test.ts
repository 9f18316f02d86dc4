import assert from 'node:assert/strict';
import { includedParts } from '../../../../src/estimator/context/inclusion.ts';
import type { Part } from '../../../../src/estimator/context/parts.ts';

type Choosable = Parameters<typeof includedParts>[0][number];

const loaded = (path: string, isSent = true): Choosable => ({
  id: path,
  path,
  isSent,
  reason: { kind: 'loaded' },
});
const imported = (path: string, by: string): Choosable => ({
  ...loaded(path),
  reason: { kind: 'imported', by } satisfies Part['reason'],
});

describe('the parts of a prompt that count', () => {
  const parts = [
    loaded('/CLAUDE.md'),
    imported('/style.md', '/CLAUDE.md'),
    imported('/deep.md', '/style.md'),
  ];
  const included = (choices: Readonly<Record<string, boolean>>) => [...includedParts(parts, choices)];

  it('are those that the agent sends, and others that the user took in', () => {
    const both = [loaded('/a'), loaded('/b', false)];
    assert.deepEqual([...includedParts(both, {})], ['/a']);
    assert.deepEqual([...includedParts(both, { '/a': false, '/b': true })], ['/b']);
  });

  it('go without what a file imports where the file is left out', () => {
    assert.deepEqual(included({}), ['/CLAUDE.md', '/style.md', '/deep.md']);
    assert.deepEqual(included({ '/CLAUDE.md': false }), []);
    assert.deepEqual(included({ '/style.md': false }), ['/CLAUDE.md']);
  });

  it('hold an import that the user decided of by itself', () => {
    assert.deepEqual(included({ '/CLAUDE.md': false, '/deep.md': true }), ['/deep.md']);
  });

  it('hold what is imported from two files while one of them counts', () => {
    const twice = [loaded('/a'), loaded('/b'), imported('/c', '/a'), { ...imported('/c', '/b'), id: '/c2' }];
    assert.deepEqual([...includedParts(twice, { '/a': false })], ['/b', '/c2']);
  });

  it('are found where files import each other', () => {
    const circle = [imported('/a', '/b'), imported('/b', '/a')];
    assert.deepEqual([...includedParts(circle, {})], ['/a', '/b']);
  });
});
