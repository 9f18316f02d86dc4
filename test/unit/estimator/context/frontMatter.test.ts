import assert from 'node:assert/strict';
import { readFrontMatter } from '../../../../src/estimator/context/frontMatter.ts';

function fields(block: string) {
  return { ...readFrontMatter(`---\n${block}\n---\nText with applyTo: none`) };
}

describe('the front matter of an instruction file', () => {
  it('is read as YAML has it', () => {
    assert.deepEqual(fields('applyTo: "**/*.ts,**/*.tsx"\ndescription: \'For types\''), {
      applyTo: ['**/*.ts', '**/*.tsx'],
      description: ['For types'],
    });
    assert.deepEqual(fields('paths:\n  - "src/**"\n  - test/**\nname: x # note'), {
      paths: ['src/**', 'test/**'],
      name: ['x'],
    });
    assert.deepEqual(fields('paths: ["a/*", b]'), { paths: ['a/*', 'b'] });
  });

  it('is read as Cursor writes it, which is no YAML', () => {
    assert.deepEqual(fields('description:\nglobs: *.ts,src/**/*.{js,jsx}\nalwaysApply: false'), {
      description: [],
      globs: ['*.ts', 'src/**/*.{js,jsx}'],
      alwaysApply: ['false'],
    });
  });

  it('is empty where there is none, or no end of it', () => {
    assert.deepEqual({ ...readFrontMatter('# Title\n---\napplyTo: a\n---') }, {});
    assert.deepEqual({ ...readFrontMatter('---\napplyTo: a\n') }, {});
    assert.deepEqual({ ...readFrontMatter('') }, {});
  });

  it('takes names of anything, and line ends of Windows', () => {
    assert.deepEqual(readFrontMatter('---\r\n__proto__: a\r\npaths: b\r\n---\r\n').paths, ['b']);
    assert.deepEqual({ ...readFrontMatter('---\nconstructor: a\n---') }, { constructor: ['a'] });
  });
});
