import assert from 'node:assert/strict';
import type { LogRoot } from '../../../src/agents/reader.ts';
import { type Root, resolveRoots, walk } from '../../../src/ledger/discover.ts';
import { fakeReader } from './fakeReader.ts';
import { World } from './world.ts';

describe('finding logs', () => {
  let world: World;

  beforeEach(() => {
    world = new World();
    for (const path of ['one.log', 'two.log', 'below/one.log']) world.write(path, '');
  });
  afterEach(() => world.dispose());

  async function found(given: Omit<LogRoot, 'path'>): Promise<readonly string[]> {
    const [root] = await resolveRoots([{ ...given, reader: fakeReader(), path: world.logs }]);
    const paths: string[] = [];
    for await (const finding of walk(root as Root)) {
      if (finding.kind === 'log') paths.push(finding.log.path.slice(world.logs.length + 1));
    }
    return paths.sort();
  }

  it('goes through all folders below, or stays in the one', async () => {
    assert.deepEqual(await found({}), ['below/one.log', 'one.log', 'two.log']);
    assert.deepEqual(await found({ isFlat: true }), ['one.log', 'two.log']);
  });

  it('takes one file alone where the rest is no business of the reader', async () => {
    assert.deepEqual(await found({ onlyFile: 'one.log', isFlat: true }), ['one.log']);
    assert.deepEqual(await found({ onlyFile: 'one.log' }), ['one.log']);
  });
});
