import assert from 'node:assert/strict';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import type { LogFormat } from '../../../src/agents/reader.ts';
import { findNamed, formatAt, rootState, walk } from '../../../src/ledger/discover.ts';
import { fakeReader } from './fakeReader.ts';
import { World } from './world.ts';

describe('a folder that another operating system keeps', () => {
  const database: LogFormat = { kind: 'database', open: () => assert.fail('its locks do not reach across') };
  const reader = fakeReader();
  const both = {
    ...reader,
    formatOf: (path: string) => (path.endsWith('.db') ? database : reader.formatOf(path)),
  };
  let world: World;

  beforeEach(() => {
    world = new World();
    world.write('x.log', '');
    world.write('x.db', '');
  });
  afterEach(() => world.dispose());

  const rootAt = (isForeign: boolean, path = world.logs) => {
    return { reader: both, path, realPath: path, isFlat: false, watched: null, isForeign };
  };

  async function found(isForeign: boolean): Promise<number> {
    let logs = 0;
    for await (const { kind } of walk(rootAt(isForeign))) if (kind === 'log') logs++;
    return logs;
  }

  it('gives its logs, but no databases', async () => {
    assert.deepEqual([await found(false), await found(true)], [2, 1]);
    assert.equal(formatAt(rootAt(true), `${world.logs}/x.db`), null);
  });

  /** How often the thread waited for a file system, and how often another thread did for it. */
  async function asked(ask: () => Promise<unknown>): Promise<{ here: number; elsewhere: number }> {
    const { statSync, realpathSync, promises } = fs;
    const { native } = realpathSync;
    const { stat, realpath } = promises;
    const counts = { here: 0, elsewhere: 0 };
    const counted = <Work extends (...parameters: never[]) => unknown>(
      work: Work,
      where: keyof typeof counts,
    ) =>
      ((...parameters: Parameters<Work>) => {
        counts[where]++;
        return work(...parameters);
      }) as Work;
    Object.assign(fs, { statSync: counted(statSync, 'here') });
    realpathSync.native = counted(native, 'here');
    promises.stat = counted(stat, 'elsewhere');
    promises.realpath = counted(realpath, 'elsewhere');
    syncBuiltinESMExports();
    try {
      await ask();
      return counts;
    } finally {
      Object.assign(fs, { statSync });
      realpathSync.native = native;
      Object.assign(promises, { stat, realpath });
      syncBuiltinESMExports();
    }
  }

  it('is not waited for where a watcher names what lies there, nor what may lie there', async () => {
    const log = join(world.logs, 'x.log');
    const cases = [
      [rootAt(true)],
      [rootAt(false), rootAt(true)],
      [{ ...rootAt(true), realPath: join(world.folder, 'elsewhere') }],
      [rootAt(false, join(world.folder, 'elsewhere'))],
      [],
    ];
    for (const roots of cases) {
      const { here, elsewhere } = await asked(() => findNamed(roots, log));
      assert.deepEqual([here, elsewhere > 0], [0, true]);
    }
    assert.deepEqual((await asked(() => findNamed([rootAt(false)], log))).elsewhere, 0);
  });

  it('is not asked whether it is still there', async () => {
    const gone = `${world.folder}/gone`;
    assert.deepEqual([rootState(rootAt(false, gone)), rootState(rootAt(true, gone))], ['missing', 'found']);
  });
});
