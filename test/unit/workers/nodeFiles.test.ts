import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeFiles, toSlashes } from '../../../src/workers/nodeFiles.ts';

const hasPipes = process.platform !== 'win32';

describe('the disk that prompts are assembled from', () => {
  let folder: string;
  const at = (path: string) => toSlashes(join(folder, path));

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'token-burn-files-'));
    await mkdir(join(folder, 'deep'));
    await writeFile(join(folder, 'deep', 'a.md'), 'hello world');
    if (!hasPipes) return;
    await symlink('deep/a.md', join(folder, 'link.md'));
    await symlink('deep', join(folder, 'way'));
    await symlink('self', join(folder, 'self'));
    execFileSync('mkfifo', [join(folder, 'pipe')]);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('tells files, folders and what is not there', async () => {
    const file = await nodeFiles.look(at('deep/a.md'));
    assert.ok(file.kind === 'file');
    assert.equal(file.sizeBytes, 11);
    assert.equal((await nodeFiles.look(at('deep'))).kind, 'folder');
    assert.equal((await nodeFiles.look(at('gone'))).kind, 'missing');
    assert.equal((await nodeFiles.look(at('deep/a.md/b'))).kind, 'missing');
    assert.equal((await nodeFiles.look(at('x'.repeat(5_000)))).kind, 'missing');
    assert.equal((await nodeFiles.look('/a\0b')).kind, 'unreadable');
  });

  it('reads no more than asked for', async () => {
    const read = async (limit: number) =>
      Buffer.from((await nodeFiles.read(at('deep/a.md'), limit)) ?? []).toString();
    assert.equal(await read(5), 'hello');
    assert.equal(await read(500), 'hello world');
    assert.equal(await nodeFiles.read(at('deep'), 5), null);
    assert.equal(await nodeFiles.read(at('gone'), 5), null);
    assert.equal(await nodeFiles.list(at('deep/a.md')), null);
  });

  if (!hasPipes) return;

  it('follows links, and tells where they lead', async () => {
    const file = await nodeFiles.look(at('link.md'));
    assert.ok(file.kind === 'file' && file.realPath.endsWith('/deep/a.md'));
    assert.equal((await nodeFiles.look(at('self'))).kind, 'unreadable');
    const entries = (await nodeFiles.list(folder)) ?? [];
    const folders = entries.filter(({ isFolder }) => isFolder).map(({ name }) => name);
    assert.deepEqual(folders.sort(), ['deep', 'way']);
  });

  it('never waits for what comes through a pipe or a device', async () => {
    assert.equal((await nodeFiles.look(at('pipe'))).kind, 'unreadable');
    assert.equal(await nodeFiles.read(at('pipe'), 5), null);
    assert.equal((await nodeFiles.look('/dev/zero')).kind, 'unreadable');
    assert.equal(await nodeFiles.read('/dev/zero', 5), null);
  });
});
