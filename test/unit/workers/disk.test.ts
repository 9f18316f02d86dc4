import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { nodeDisk } from '../../../src/workers/disk.ts';
import { withTemporaryFolder } from '../../harness/isolation.ts';

describe('the text of a file that others wrote', () => {
  it('is nothing where there is no file, or more than anybody writes', () =>
    withTemporaryFolder(async (folder) => {
      const [small, large] = ['small.json', 'large.json'].map((name) => join(folder, name)) as [
        string,
        string,
      ];
      await writeFile(small, '{}');
      await writeFile(large, ' '.repeat((4 << 20) + 1));
      assert.equal(await nodeDisk.textOf(small), '{}');
      for (const path of [large, folder, join(folder, 'none')]) assert.equal(await nodeDisk.textOf(path), '');
    }));
});
