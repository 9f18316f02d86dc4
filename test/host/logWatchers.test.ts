import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { LogWatchers } from '../../src/editor/sessions/logWatchers.ts';
import { eventually } from '../ui/eventually.ts';

/** Longer than a watcher takes to begin, and than it is caught up with. */
const settledMs = 12_000;

describe('watching a folder that holds little but logs of what changes in it', function () {
  this.timeout(90_000);
  let root: string;
  let told: string[];
  let watchers: LogWatchers;

  before(async () => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'token-burn-')));
    told = [];
    for (const path of ['old/chatSessions', 'old/cache']) mkdirSync(join(root, path), { recursive: true });
    watchers = new LogWatchers((paths) => told.push(...paths.map((path) => relative(root, path))));
    watchers.follow([{ path: root, watched: ['*', '*/chatSessions', '*/chatSessions/*'] }]);
    await pause(settledMs);
  });
  after(() => {
    watchers.dispose();
    rmSync(root, { recursive: true, force: true });
  });

  async function tellsOf(path: string): Promise<void> {
    await eventually(
      async () => told,
      (paths) => paths.includes(path),
    );
  }

  it('tells of new sessions, and of those that grow, and of nothing beside them', async () => {
    told.length = 0;
    writeFileSync(join(root, 'old/cache/state.json'), '1');
    writeFileSync(join(root, 'old/state.vscdb'), '1');
    writeFileSync(join(root, 'old/chatSessions/a.jsonl'), '1');
    await tellsOf('old/chatSessions/a.jsonl');
    told.length = 0;
    writeFileSync(join(root, 'old/cache/state.json'), '12');
    writeFileSync(join(root, 'old/chatSessions/a.jsonl'), '12');
    await tellsOf('old/chatSessions/a.jsonl');
    assert.deepEqual([...new Set(told)], ['old/chatSessions/a.jsonl']);
  });

  it('tells of sessions in folders that are new, and of what they come to hold', async () => {
    mkdirSync(join(root, 'new/chatSessions'), { recursive: true });
    writeFileSync(join(root, 'new/chatSessions/b.jsonl'), '1');
    // The folder itself is looked into as a whole.
    await tellsOf('new');
    await tellsOf('new/chatSessions');
    await pause(settledMs / 4);
    told.length = 0;
    writeFileSync(join(root, 'new/chatSessions/b.jsonl'), '12');
    await tellsOf('new/chatSessions/b.jsonl');
  });
});
