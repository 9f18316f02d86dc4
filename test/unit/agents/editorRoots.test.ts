import assert from 'node:assert/strict';
import { aiderReader } from '../../../src/agents/aider/aiderReader.ts';
import { ampReader } from '../../../src/agents/amp/ampReader.ts';
import { clineReader } from '../../../src/agents/cline/clineReader.ts';
import { continueReader } from '../../../src/agents/continue/continueReader.ts';
import { copilotChatReader } from '../../../src/agents/copilotChat/copilotChatReader.ts';
import { cursorReader } from '../../../src/agents/cursor/cursorReader.ts';
import { kiloReader } from '../../../src/agents/kilo/kiloReader.ts';
import type { Reader, SurveyedMachine } from '../../../src/agents/reader.ts';
import { rooCodeReader, zooCodeReader } from '../../../src/agents/roo/rooReaders.ts';

const code = '/home/ann/.config/Code/User';
const cursor = '/home/ann/.config/Cursor/User';

function machine(environment: SurveyedMachine['environment'] = {}): SurveyedMachine {
  return {
    platform: 'linux',
    homeFolder: '/home/ann',
    environment,
    userFolders: [code, cursor, '/home/ann/.cursor-server/data/User'],
    workspaceFolders: ['/home/ann/app'],
  };
}

function pathsOf(reader: Reader, environment?: SurveyedMachine['environment']): readonly string[] {
  return reader.roots(machine(environment)).map(({ path }) => path);
}

describe('folders of logs of agents in editors', () => {
  it("are the chats of every editor's workspaces, and of its windows without any", () => {
    assert.deepEqual(copilotChatReader.roots({ ...machine(), userFolders: [code] }), [
      { path: `${code}/workspaceStorage`, watched: ['*', '*/chatSessions', '*/chatSessions/*'] },
      { path: `${code}/globalStorage/emptyWindowChatSessions`, isFlat: true },
      { path: `${code}/globalStorage/transferredChatSessions`, isFlat: true },
      { path: `${code}/globalStorage/chatSessions` },
      {
        path: `${code}/profiles`,
        watched: [
          '*',
          '*/globalStorage',
          '*/globalStorage/chatSessions',
          '*/globalStorage/chatSessions/*',
          '*/globalStorage/chatSessions/*/*',
        ],
      },
      { path: `${code}/globalStorage/github.copilot-chat`, onlyFile: 'agent-traces.db' },
    ]);
  });

  it('hold nothing but chats where every extension keeps what it likes', () => {
    const isEntered = (path: string) => copilotChatReader.mayHoldLogs?.(path);
    const ofProfile = 'a1/globalStorage/chatSessions';
    for (const path of ['a1', 'a1/chatSessions', 'a1/globalStorage', ofProfile, `${ofProfile}/x`]) {
      assert.ok(isEntered(path), path);
    }
    const others = ['a1/chatEditingSessions', 'a1/chatSessions/x', 'a1/globalStorage/x', `${ofProfile}/x/y`];
    for (const path of ['a1/ms-python.python', ...others]) {
      assert.equal(isEntered(path), false, path);
    }
    const [deep, named] = [`${ofProfile}/c.jsonl`, 'a1/5f0e4c1a-0000-4000-8000-000000000001.txt'];
    for (const path of [
      'a1/workspace.json',
      'a1/x/c.jsonl',
      'a1/chatSessions/x/c.jsonl',
      'c.txt',
      deep,
      named,
    ]) {
      assert.equal(copilotChatReader.formatOf(path), null, path);
    }
  });

  it('are those of extensions in every editor', () => {
    assert.equal(pathsOf(rooCodeReader)[0], `${code}/globalStorage/rooveterinaryinc.roo-cline`);
    assert.equal(pathsOf(zooCodeReader)[1], `${cursor}/globalStorage/zoocodeorganization.zoo-code`);
    assert.ok(pathsOf(kiloReader).includes(`${code}/globalStorage/kilocode.kilo-code`));
    assert.ok(pathsOf(kiloReader).includes('/home/ann/.kilocode/cli/global'));
    assert.equal(rooCodeReader.formatOf('tasks/x/task_metadata.json'), null);
    assert.equal(rooCodeReader.mayHoldLogs?.('tasks/x/checkpoints'), false);
  });

  it('are where settings of extensions say, in any editor', () => {
    const userSettings = [
      '\ufeff{ // Mine\n "roo-cline.customStoragePath": "/srv/roo", /* "x": "/*" */ "a": ["//", "\\",]",],\n}',
      '{"roo-cline.customStoragePath": "/srv/roo", "kilo-code.customStoragePath": "~/kilo"}',
      '{"roo-cline.customStoragePath": "", "zoo-code.customStoragePath": 7',
      '["roo-cline.customStoragePath"]',
      '{"x": "roo-cline.customStoragePath" /* "',
      `{"roo-cline.customStoragePath": ${'['.repeat(200_000)}`,
    ];
    const named = (reader: Reader) =>
      reader.roots({ ...machine(), userFolders: [], userSettings }).filter(({ watched }) => watched);
    assert.deepEqual(named(rooCodeReader), [
      { path: '/srv/roo', watched: ['tasks', 'tasks/*', 'tasks/*/*'] },
    ]);
    assert.deepEqual(named(zooCodeReader), []);
    // No path that the extension takes.
    assert.ok(named(kiloReader).every(({ path }) => path === '/home/ann/.local/share/kilo'));
    const shared = ['roo-cline', 'zoo-code'].map((name) =>
      JSON.stringify({ [`${name}.customStoragePath`]: '/srv/all' }),
    );
    const readersOf = [rooCodeReader, zooCodeReader].map((reader) =>
      reader.roots({ ...machine(), userFolders: [], userSettings: shared }).map(({ path }) => path),
    );
    assert.deepEqual(readersOf, [[], ['/srv/all']]);
    const windows: SurveyedMachine = {
      ...machine(),
      platform: 'win32',
      userFolders: [],
      userSettings: [JSON.stringify({ 'zoo-code.customStoragePath': 'D:\\Tasks' })],
    };
    assert.deepEqual(
      zooCodeReader.roots(windows).map(({ path }) => path),
      ['D:\\Tasks'],
    );
  });

  it('are where variables of Cline say', () => {
    assert.deepEqual(pathsOf(clineReader).slice(3), ['/home/ann/.cline/data']);
    assert.deepEqual(pathsOf(clineReader, { CLINE_DIR: '~/c' }).slice(3), ['/home/ann/c/data']);
    assert.deepEqual(
      pathsOf(clineReader, { CLINE_DATA_DIR: '/srv/d', CLINE_SESSION_DATA_DIR: '/srv/s' }).slice(3),
      ['/srv/d', '/srv/s'],
    );
  });

  it('are the open projects and the folder of a history that Aider was told of', () => {
    assert.deepEqual(pathsOf(aiderReader), ['/home/ann/app']);
    assert.deepEqual(pathsOf(aiderReader, { AIDER_CHAT_HISTORY_FILE: '/srv/.aider.chat.history.md' }), [
      '/home/ann/app',
      '/srv',
    ]);
    assert.deepEqual(pathsOf(aiderReader, { AIDER_CHAT_HISTORY_FILE: '/srv/notes.md' }), ['/home/ann/app']);
    assert.equal(aiderReader.mayHoldLogs?.('app/node_modules'), false);
  });

  it('are those of Continue and Amp', () => {
    assert.deepEqual(pathsOf(continueReader), ['/home/ann/.continue']);
    assert.deepEqual(pathsOf(continueReader, { CONTINUE_GLOBAL_DIR: '/srv/c' }), ['/srv/c']);
    assert.deepEqual(pathsOf(ampReader), ['/home/ann/.local/share/amp/threads']);
    assert.deepEqual(pathsOf(ampReader, { XDG_DATA_HOME: '/srv/x' }), ['/srv/x/amp/threads']);
  });

  it("are Cursor's own, and no other editor's", () => {
    assert.deepEqual(pathsOf(cursorReader), [
      `${cursor}/globalStorage`,
      '/home/ann/.cursor-server/data/User/globalStorage',
    ]);
  });
});
