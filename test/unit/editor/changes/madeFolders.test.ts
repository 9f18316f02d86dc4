import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { missingFolders, removeEmpty } from '../../../../src/editor/changes/madeFolders.ts';

describe('folders that are made for a file', () => {
  let home: string;
  let hooks: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'made-folders-'));
    hooks = join(home, 'agent', 'hooks');
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const missing = () => missingFolders(join(hooks, 'ours.json'));

  it('are those that are missing, the innermost first', async () => {
    assert.deepEqual(await missing(), [hooks, join(home, 'agent')]);
    mkdirSync(join(home, 'agent'));
    assert.deepEqual(await missing(), [hooks]);
    mkdirSync(hooks);
    assert.deepEqual(await missing(), []);
  });

  it('are removed while they are empty', async () => {
    const made = await missing();
    mkdirSync(hooks, { recursive: true });
    await removeEmpty(made);
    assert.deepEqual([existsSync(join(home, 'agent')), existsSync(home)], [false, true]);
  });

  it('stay with what somebody put into them, and with what is above that', async () => {
    const made = await missing();
    mkdirSync(hooks, { recursive: true });
    writeFileSync(join(hooks, 'theirs.json'), '');
    await removeEmpty(made);
    assert.ok(existsSync(join(hooks, 'theirs.json')));
    rmSync(hooks, { recursive: true });
    await removeEmpty(made);
    assert.ok(existsSync(join(home, 'agent')), 'who removed the inner one has the outer one');
  });

  it('stay where somebody put a link in their place', async function () {
    if (process.platform === 'win32') this.skip();
    const made = await missing();
    mkdirSync(join(home, 'elsewhere'));
    mkdirSync(join(home, 'agent'));
    symlinkSync(join(home, 'elsewhere'), hooks);
    await removeEmpty(made);
    assert.ok(existsSync(join(home, 'elsewhere')) && existsSync(hooks));
  });
});
