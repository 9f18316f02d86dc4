import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bytesBefore, forgetBytes, keepBytes } from '../../../src/editor/changes/keptBytes.ts';

describe('what a file was before it was changed', () => {
  let folder: string;
  let stem: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'token-burn-'));
    stem = join(folder, 'settings');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is given back where nobody has changed it since', async () => {
    await keepBytes(stem, 'before', 'after');
    assert.deepEqual(await bytesBefore(stem, 'after'), { text: 'before' });
    assert.equal(await bytesBefore(stem, 'after '), null);
  });

  it('may be nothing, which is no empty file', async () => {
    await keepBytes(stem, null, 'after');
    assert.deepEqual(await bytesBefore(stem, 'after'), { text: null });
    await keepBytes(stem, '', 'after');
    assert.deepEqual(await bytesBefore(stem, 'after'), { text: '' });
  });

  it('is not known where it was not kept, or half of it is lost', async () => {
    assert.equal(await bytesBefore(stem, ''), null);
    await keepBytes(stem, 'before', 'after');
    rmSync(`${stem}.before`);
    assert.equal(await bytesBefore(stem, 'after'), null);
  });

  it('is for the user alone, and forgotten as a whole', async () => {
    writeFileSync(join(folder, 'other'), '');
    await keepBytes(stem, 'before', 'after');
    if (process.platform !== 'win32') {
      const modes = readdirSync(folder)
        .filter((name) => name !== 'other')
        .map((name) => statSync(join(folder, name)).mode & 0o77);
      assert.deepEqual(modes, [0, 0]);
    }
    await forgetBytes(stem);
    assert.deepEqual(readdirSync(folder), ['other']);
  });
});
