import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, matchesGlob, relative } from 'node:path';
import type { Reader, SurveyedMachine } from '../../../src/agents/reader.ts';
import { readers } from '../../../src/agents/readers.ts';
import { planWatches } from '../../../src/editor/sessions/watchPlan.ts';
import { allFixtures } from '../../contract/allFixtures.ts';

async function foldersIn(path: string): Promise<readonly string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

/** What is watched below a root, as paths and patterns below it. */
async function planned(root: string, watched: readonly string[] | null, mostFolders = 100) {
  const plan = await planWatches({ path: root, watched }, foldersIn, mostFolders);
  return plan.map(({ path, pattern }) => `${relative(root, path)}: ${pattern}`);
}

describe('what is watched below a folder with logs', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'token-burn-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const chats = ['*', '*/chatSessions', '*/chatSessions/*'];

  it('is all of it, where nothing is said', async () => {
    mkdirSync(join(root, 'a'));
    assert.deepEqual(await planned(root, null), [': **/*']);
  });

  it('are the folders on the way to logs, each by itself, and nothing beside them', async () => {
    for (const path of ['a/chatSessions', 'a/other/deep', 'b/other'])
      mkdirSync(join(root, path), { recursive: true });
    writeFileSync(join(root, 'file'), '');
    assert.deepEqual(await planned(root, chats), [
      ': *',
      'a: chatSessions',
      'b: chatSessions',
      'a/chatSessions: *',
    ]);
  });

  it('grows with what appears, one step at a time', async () => {
    assert.deepEqual(await planned(root, chats), [': *']);
    mkdirSync(join(root, 'c'));
    assert.deepEqual(await planned(root, chats), [': *', 'c: chatSessions']);
    mkdirSync(join(root, 'c', 'chatSessions'));
    assert.deepEqual(await planned(root, chats), [': *', 'c: chatSessions', 'c/chatSessions: *']);
  });

  it('is one watcher all the way down where the folders are many', async () => {
    for (const name of ['a', 'b', 'c']) mkdirSync(join(root, name));
    assert.deepEqual(await planned(root, chats, 3), [': {*,*/chatSessions,*/chatSessions/*}']);
    assert.equal((await planned(root, chats, 4)).length, 4);
  });

  it('tells several names in one folder by one watcher', async () => {
    assert.deepEqual(await planned(root, ['store.db*', 'state', 'state/*']), [': {store.db*,state}']);
  });
});

const machine: SurveyedMachine = {
  platform: 'linux',
  homeFolder: '/home/ann',
  environment: {},
  userFolders: ['/home/ann/.config/Code/User'],
};

/** Where in such a root the logs of the fixtures would lie, if not in itself. */
const belowRoot = new Map([
  ['omp', 'work/agent/sessions/'],
  ['codex', 'main/agent/codex-home/sessions/'],
]);

/** Logs in roots that hold nothing else, and are watched whole. */
const ofOtherRoots = new Map([['copilot-chat', /^[^/]+\/[^/]+\.jsonl$/]]);

/** What is watched in the roots of a reader that are more than their own files, where that is not all. */
function watchedBy(reader: Reader): readonly (readonly string[])[] {
  const roots = reader.roots(machine).filter(({ isFlat = false }) => !isFlat);
  return roots.flatMap(({ watched }) => (watched === undefined ? [] : [watched]));
}

function isSeen(step: string, watched: readonly string[]): boolean {
  return watched.some((place) => matchesGlob(step, place));
}

describe('the places that readers have watched', () => {
  /** Its sessions of before the database no longer change. */
  const quiet = ['opencode', 'kilo'];
  const narrow = readers.filter((reader) => watchedBy(reader).length > 0 && !quiet.includes(reader.agent));

  it('are few for agents whose folders hold much else', () => {
    const agents = narrow.map(({ agent }) => agent).sort();
    assert.deepEqual(agents, ['codex', 'continue', 'copilot-chat', 'copilot-cli', 'omp']);
  });

  for (const reader of narrow) {
    it(`let every log of ${reader.agent} be seen, and every folder on the way to it`, async () => {
      const roots = watchedBy(reader);
      const all = (await allFixtures()).filter((each) => each.reader === reader);
      const files = all.flatMap(({ fixtures }) => fixtures).flatMap((each) => Object.keys(each.files));
      const below = belowRoot.get(reader.agent) ?? '';
      const paths = files
        .filter((path) => ofOtherRoots.get(reader.agent)?.test(path) !== true)
        .map((path) => (path.startsWith(below) ? path : below + path));
      assert.ok(paths.length > 0);
      for (const path of paths.filter((each) => reader.formatOf(each) !== null)) {
        const way = path.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/'));
        assert.ok(
          roots.some((watched) => way.every((step) => isSeen(step, watched))),
          path,
        );
      }
    });
  }
});
