import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { isolation } from '../../harness/isolation.ts';
import { cacheFolder } from '../../harness/layout.ts';

const home = resolve('another', 'home');

describe('the isolation of a VS Code under test', () => {
  it('moves the home folder on every platform', () => {
    const changes = isolation(home, {});
    assert.equal(changes.HOME, home);
    assert.equal(changes.USERPROFILE, home);
    for (const name of ['APPDATA', 'LOCALAPPDATA']) assert.ok(changes[name]?.startsWith(home), name);
  });

  it('removes what leads to logs and data in spite of another home', () => {
    const leading = { CLAUDE_CONFIG_DIR: '/a', CODEX_HOME: '/b', XDG_DATA_HOME: '/c', NODE_OPTIONS: '-r x' };
    const environment = {
      ...leading,
      PATH: '/bin',
      XDG_RUNTIME_DIR: '/run',
      ...isolation(home, leading),
    };
    for (const name of Object.keys(leading))
      assert.equal(environment[name as keyof typeof leading], undefined);
    assert.equal(environment.PATH, '/bin');
    assert.equal(environment.XDG_RUNTIME_DIR, '/run');
  });

  it('keeps the cache where it was, so that nothing is installed twice', () => {
    assert.equal(isolation(home, {}).TOKEN_BURN_CACHE, cacheFolder);
  });
});
