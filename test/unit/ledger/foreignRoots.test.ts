import assert from 'node:assert/strict';
import type { LogFormat } from '../../../src/agents/reader.ts';
import { formatAt, rootState, walk } from '../../../src/ledger/discover.ts';
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

  it('is not asked whether it is still there', async () => {
    const gone = `${world.folder}/gone`;
    assert.deepEqual([rootState(rootAt(false, gone)), rootState(rootAt(true, gone))], ['missing', 'found']);
  });
});
