import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { withTemporaryFolder } from '../../harness/isolation.ts';
import { installedServer } from '../../harness/serverInstall.ts';

const entry = join('node_modules', 'code-server', 'lib', 'vscode', 'out', 'server-main.js');

async function install(folder: string): Promise<void> {
  await mkdir(join(folder, dirname(entry)), { recursive: true });
  await writeFile(join(folder, entry), '');
}

describe('the installation of the VS Code server', () => {
  it('happens once', () =>
    withTemporaryFolder(async (cache) => {
      const first = await installedServer(cache, install);
      const second = await installedServer(cache, () => Promise.reject(new Error('again')));
      assert.ok(existsSync(first));
      assert.equal(second, first);
    }));

  it('leaves nothing behind when it fails, and is tried again', () =>
    withTemporaryFolder(async (cache) => {
      const broken = async (folder: string) => {
        await install(folder);
        throw new Error('no network');
      };
      await assert.rejects(installedServer(cache, broken), /no network/);
      assert.deepEqual(await readdir(cache), []);
      assert.ok(existsSync(await installedServer(cache, install)));
    }));

  it('may happen twice at once', () =>
    withTemporaryFolder(async (cache) => {
      const [one, other] = await Promise.all([
        installedServer(cache, install),
        installedServer(cache, install),
      ]);
      assert.equal(one, other);
      assert.ok(existsSync(one));
      assert.equal((await readdir(cache)).length, 1);
    }));
});
