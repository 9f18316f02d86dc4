import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import type { EncodingName } from '../../../src/estimator/encoding.ts';
import { noCache } from '../../../src/folders/countCache.ts';
import { parseOwnPrices } from '../../../src/pricing/ownPrices.ts';
import { createFolderHandlers, type FolderParts } from '../../../src/workers/folderHandlers.ts';
import type { FolderEvent } from '../../../src/workers/folderProtocol.ts';
import { perCharacter, recordingDisk, TemporaryFolder } from '../folders/tree.ts';
import { catalogue } from '../pricing/bundled.ts';

const atMs = Date.parse('2026-11-22T12:00:00Z');

describe('the folder worker', () => {
  let folder: TemporaryFolder;
  beforeEach(() => {
    folder = new TemporaryFolder().write({ 'a/x': 'x'.repeat(60), 'a/y': 'y'.repeat(30), b: 'z'.repeat(10) });
  });
  afterEach(() => folder.dispose());

  function start(parts: Partial<FolderParts> = {}) {
    const loaded: EncodingName[] = [];
    const events: FolderEvent[] = [];
    const disk = recordingDisk();
    const handlers = createFolderHandlers({
      catalogue,
      loadPrices: ({ ownPrices }) => ({ catalogue, ownPrices: parseOwnPrices(ownPrices, catalogue).prices }),
      disk,
      loadEncoding(name) {
        loaded.push(name);
        return { ...perCharacter, weighted: () => perCharacter };
      },
      openCache: () => noCache('not in this test'),
      now: () => atMs,
      pause: () => setImmediate(),
      send: (event) => events.push(event),
      ...parts,
    });
    const count = (model = 'gpt-6-sol', ...paths: string[]) =>
      handlers.count({
        roots: (paths.length > 0 ? paths : ['']).map((path) => ({
          path: path === '' ? folder.path : folder.at(path),
          excludeBase: folder.path,
          excludes: [],
        })),
        model,
        calibration: null,
      });
    const children = async (path: string | null, limit = 10) => {
      const page = await handlers.children({ folder: path, limit });
      return page?.rows.map(({ name, tokens, share }) => `${name} ${tokens} ${share}`);
    };
    return { handlers, count, children, loaded, events, disk };
  }

  it('says what all is worth to the model, and what it would cost', async () => {
    const summary = await start().count();
    assert.equal(summary.tokens, 100);
    assert.equal(summary.files, 3);
    assert.equal(summary.errorShare, 0);
    assert.equal(summary.cost, 100n * 2_000_000n);
    assert.equal(summary.isComplete, true);
    assert.equal(summary.isCounting, false);
    assert.equal(summary.cacheProblem, 'not in this test');
  });

  it('answers for each folder by itself, with shares of that folder', async () => {
    const { count, children } = start();
    assert.equal(await children(null), undefined);
    await count();
    assert.match((await children(null))?.join() ?? '', / 100 1$/);
    assert.deepEqual(await children(folder.path), ['a 90 0.9', 'b 10 0.1']);
    assert.deepEqual(await children(folder.at('a')), [`x 60 ${60 / 90}`, `y 30 ${30 / 90}`]);
    assert.deepEqual(await children(folder.at('a'), 1), [`x 60 ${60 / 90}`]);
    assert.deepEqual(await children(folder.at('nowhere')), []);
  });

  it('counts several folders, and those in one another once', async () => {
    const { count, children } = start();
    folder.write({ 'ab/c': 'cc' });
    assert.equal((await count('gpt-6-sol', 'a', 'ab')).tokens, 92);
    assert.equal((await children(null))?.length, 2);
    assert.equal((await count('gpt-6-sol', 'a', '', 'a')).tokens, 102);
    assert.equal((await children(null))?.length, 1);
    assert.equal((await count('gpt-6-sol', 'a', 'a')).tokens, 90);
  });

  it('has another model that counts alike told without a look at the disk', async () => {
    const { handlers, count, children, disk, loaded } = start();
    await count();
    const opened = disk.opened.length;
    const summary = await handlers.useModel({ model: 'gpt-5.4', calibration: null });
    assert.deepEqual([summary?.model.id, summary?.tokens], ['gpt-5.4', 100]);
    assert.deepEqual((await children(folder.path))?.[0], 'a 90 0.9');
    assert.equal(await handlers.useModel({ model: 'claude-opus-5-5', calibration: null }), null);
    assert.equal(await handlers.useModel({ model: 'gpt-4', calibration: null }), null);
    assert.equal(disk.opened.length, opened);
    assert.equal((await count('gpt-4')).tokens, 100);
    assert.deepEqual(loaded, ['o200k_base', 'cl100k_base']);
  });

  it('tells what receipts taught of the model by now, without another count', async () => {
    const { handlers, count } = start();
    await count('claude-opus-5-5');
    const calibration = { factor: 1.5, errorShare: 0.02, receipts: 20, receiptsOfProject: 20 };
    const summary = await handlers.useModel({ model: 'claude-opus-5-5', calibration });
    // Of a hundred tokens more is left to chance than receipts leave.
    assert.deepEqual([summary?.tokens, summary?.errorShare], [150, 0.07]);
  });

  it('ends at once when it is stopped, keeps what it has, and closes what it read', async () => {
    let closed = 0;
    let opened = 0;
    const { disk } = start();
    /** So slow that a slice is over with each file. */
    const slowDisk = {
      ...disk,
      open(path: string) {
        opened += 1;
        const until = performance.now() + 15;
        while (performance.now() < until);
        const file = disk.open(path);
        if (file === null) return null;
        const close = () => {
          closed += 1;
          file.close();
        };
        return { stamp: () => file.stamp(), read: (into: Uint8Array) => file.read(into), close };
      },
    };
    const { handlers, count, events } = start({ disk: slowDisk });
    folder.write({ 'a/big': 'x'.repeat(5 * 2 ** 20) });
    const counting = count();
    await setImmediate();
    handlers.stop(null);
    const summary = await counting;
    assert.equal(summary.isCounting, false);
    assert.equal(summary.isComplete, false);
    assert.ok(summary.files < 4);
    assert.ok(events.length > 0);
    assert.equal(closed, opened);
    const page = await handlers.children({ folder: null, limit: 1 });
    assert.equal(page?.rows[0]?.isComplete, false);
  });

  it('gives up a count for another one', async () => {
    const { count } = start();
    const first = count('gpt-6-sol', 'a');
    const second = count('gpt-6-sol', '');
    assert.equal((await second).tokens, 100);
    assert.equal((await first).isCounting, false);
  });

  it('tells what was counted by the prices that it was told of last', async () => {
    const { handlers, count } = start();
    const model = 'tides/pilot-7';
    assert.equal((await count(model)).cost, null);
    await handlers.usePrices({ ownPrices: { [model]: { input: 3, output: 1 } } });
    const summary = await handlers.useModel({ model, calibration: null });
    assert.equal(summary?.cost, BigInt(summary?.tokens ?? 0) * 3_000_000n);
    assert.ok(summary?.cost);
    await handlers.usePrices({});
    assert.equal((await handlers.useModel({ model, calibration: null }))?.cost, null);
  });

  it('fails with what is wrong when it cannot count, and does not take files for unreadable', async () => {
    const { handlers, count } = start({
      loadEncoding() {
        throw new Error('no vocabulary');
      },
    });
    await assert.rejects(async () => count(), /no vocabulary/);
    const page = await handlers.children({ folder: null, limit: 1 });
    assert.equal(page?.rows[0]?.skipped.unreadable, 0);
    assert.equal(page?.rows[0]?.isComplete, false);
  });

  it('says so of a folder that cannot be read', async () => {
    const { handlers, count } = start();
    const summary = await count('gpt-6-sol', 'gone');
    assert.equal(summary.skipped.unreadable, 1);
    const page = await handlers.children({ folder: null, limit: 1 });
    assert.equal(page?.rows[0]?.isUnreadable, true);
  });
});
