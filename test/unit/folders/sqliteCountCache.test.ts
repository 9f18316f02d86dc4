import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CacheLimits, SqliteCountCache } from '../../../src/folders/sqliteCountCache.ts';
import { sqlite } from '../ledger/world.ts';
import { type CountOptions, countFolder, perCharacter, recordingDisk, TemporaryFolder } from './tree.ts';

const msPerDay = 86_400_000;

describe('the cache of counts', () => {
  let folder: TemporaryFolder;
  let caches: SqliteCountCache[];
  /** Late enough that all files of the test have settled. */
  let nowMs: number;

  beforeEach(() => {
    folder = new TemporaryFolder().write({ 'in/a': 'one', 'in/b/c': 'three', 'in/d': 'bin\0ary' });
    caches = [];
    nowMs = Date.now() + 60_000;
  });
  afterEach(() => {
    for (const cache of caches) cache.close();
    folder.dispose();
  });

  function open(limits?: CacheLimits): SqliteCountCache {
    const cache = new SqliteCountCache(sqlite(), folder.at('cache'), () => nowMs, limits);
    caches.push(cache);
    return cache;
  }

  /** Counts and says what was read and what it came to. */
  function count(cache: SqliteCountCache, tools: CountOptions['tools'] = {}) {
    const disk = recordingDisk();
    let countings = 0;
    const encoding = {
      count(text: string) {
        countings += 1;
        return perCharacter.count(text);
      },
    };
    const tree = countFolder(folder.at('in'), {
      tools: { disk, cache, encoding: () => encoding, ...tools },
    });
    cache.settle();
    const { tokens } = tree.count;
    const read = disk.opened.map((path) => path.slice(folder.at('in/').length)).sort();
    return { tokens, read, countings, binary: tree.skipped.binary };
  }

  it('saves reading what has not changed, over a restart too', () => {
    assert.deepEqual(count(open()), { tokens: 8, read: ['a', 'b/c', 'd'], countings: 2, binary: 1 });
    assert.deepEqual(count(open()), { tokens: 8, read: [], countings: 0, binary: 1 });
  });

  it('has a file that was changed read again, even when its size and its time are as before', () => {
    count(open());
    const { atime, mtime } = statSync(folder.at('in/a'));
    writeFileSync(folder.at('in/a'), 'two');
    utimesSync(folder.at('in/a'), atime, mtime);
    nowMs += 60_000;
    assert.deepEqual(count(open()), { tokens: 8, read: ['a'], countings: 1, binary: 1 });
  });

  it('saves counting what it knows under another name', () => {
    count(open());
    folder.write({ 'in/copy': 'three' });
    nowMs += 60_000;
    assert.deepEqual(count(open()), { tokens: 13, read: ['copy'], countings: 0, binary: 1 });
  });

  it('keeps the counts of encodings apart', () => {
    const cache = open();
    count(cache);
    const halves = { count: (text: string) => ({ tokens: text.length / 2, isExact: false }) };
    const other = { encodingKey: 'halves', encoding: () => halves };
    assert.equal(count(cache, other).tokens, 4);
    assert.deepEqual(count(open(), other).read, []);
    assert.equal(count(open()).tokens, 8);
  });

  it('does not trust what was changed a moment before', () => {
    nowMs = Date.now();
    count(open());
    assert.deepEqual(count(open()).read, ['a', 'b/c', 'd']);
  });

  it('is made anew when it is damaged, also while it is used', () => {
    const cache = open();
    count(cache);
    cache.close();
    for (const name of readdirSync(folder.at('cache'))) {
      writeFileSync(join(folder.at('cache'), name), 'this is no database');
    }
    const second = open();
    assert.equal(count(second).tokens, 8);
    assert.equal(second.problem, null);
    assert.deepEqual(count(second).read, []);
  });

  it('is done without where its folder cannot be made', () => {
    folder.write({ cache: 'a file is in the way' });
    const cache = open();
    assert.equal(count(cache).tokens, 8);
    assert.match(cache.problem ?? '', /EEXIST|ENOTDIR/);
  });

  it('serves several windows at once', () => {
    const first = open();
    const second = open();
    count(first);
    assert.deepEqual(count(second).read, []);
    folder.write({ 'in/e': 'more' });
    nowMs += 60_000;
    count(second);
    assert.deepEqual(count(first), { tokens: 12, read: [], countings: 0, binary: 1 });
  });

  it('goes on while another process keeps it locked', () => {
    const first = open();
    count(first);
    const lock = new (sqlite().DatabaseSync)(join(folder.at('cache'), 'folder-counts-1.db'));
    lock.exec('BEGIN IMMEDIATE');
    folder.write({ 'in/e': 'more' });
    nowMs += 60_000;
    assert.equal(count(first).tokens, 12);
    lock.exec('ROLLBACK');
    lock.close();
    assert.deepEqual(count(first).read, ['e']);
    assert.deepEqual(count(first).read, []);
  });

  it('forgets what nobody asked for in a long time, and keeps what is used', () => {
    const limits = { days: 60, rows: 1_000 };
    count(open(limits));
    folder.write({ 'other/x': 'text' });
    const cache = open(limits);
    const countOther = () => {
      const disk = recordingDisk();
      countFolder(folder.at('other'), { tools: { disk, cache, encoding: () => perCharacter } });
      cache.settle();
      return disk.opened.length;
    };
    assert.equal(countOther(), 1);
    for (let week = 0; week < 10; week++) {
      nowMs += 7 * msPerDay;
      assert.deepEqual(count(cache).read, []);
    }
    assert.equal(countOther(), 1);
  });

  it('forgets the oldest of too many', () => {
    const limits = { days: 60, rows: 2 };
    folder.write({ 'other/x': 'text' });
    const cache = open(limits);
    countFolder(folder.at('other'), { tools: { cache } });
    cache.settle();
    nowMs += msPerDay;
    count(cache);
    assert.equal(count(cache).read.length, 1);
  });

  it('holds no text and no path', () => {
    folder.write({ 'in/hidden-name': 'hidden content' });
    const cache = open();
    count(cache);
    cache.close();
    for (const name of readdirSync(folder.at('cache'))) {
      const bytes = readFileSync(join(folder.at('cache'), name)).toString('latin1');
      assert.doesNotMatch(bytes, /hidden/);
    }
  });
});
