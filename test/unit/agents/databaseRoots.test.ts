import assert from 'node:assert/strict';
import { copilotCliReader } from '../../../src/agents/copilotCli/copilotCliReader.ts';
import { gooseReader } from '../../../src/agents/goose/gooseReader.ts';
import { kiloReader } from '../../../src/agents/kilo/kiloReader.ts';
import { beginsAfter } from '../../../src/agents/opencode/documents.ts';
import { opencodeReader } from '../../../src/agents/opencode/opencodeReader.ts';
import type { Reader, SurveyedMachine } from '../../../src/agents/reader.ts';

const linux = (environment: SurveyedMachine['environment'] = {}): SurveyedMachine => ({
  platform: 'linux',
  homeFolder: '/home/ann',
  environment,
  userFolders: [],
});

const pathsOf = (reader: Reader, machine: SurveyedMachine) => reader.roots(machine).map(({ path }) => path);

describe('folders of agents with databases', () => {
  it('are those of the home folder by default', () => {
    assert.deepEqual(pathsOf(opencodeReader, linux()), ['/home/ann/.local/share/opencode']);
    assert.deepEqual(pathsOf(kiloReader, linux()), [
      '/home/ann/.local/share/kilo',
      '/home/ann/.kilocode/cli/global',
    ]);
    assert.deepEqual(pathsOf(copilotCliReader, linux()), ['/home/ann/.copilot']);
    assert.deepEqual(pathsOf(gooseReader, linux()), ['/home/ann/.local/share/goose/sessions']);
  });

  it('follow variables', () => {
    const data = linux({ XDG_DATA_HOME: '/srv', XDG_STATE_HOME: '/state' });
    assert.deepEqual(pathsOf(opencodeReader, data), ['/srv/opencode']);
    assert.deepEqual(pathsOf(kiloReader, data), ['/srv/kilo', '/home/ann/.kilocode/cli/global']);
    assert.deepEqual(pathsOf(gooseReader, data), ['/srv/goose/sessions']);
    assert.deepEqual(pathsOf(copilotCliReader, data), ['/state/.copilot', '/home/ann/.copilot']);
    assert.deepEqual(pathsOf(copilotCliReader, linux({ COPILOT_HOME: '~/copilot' })), ['/home/ann/copilot']);
    assert.deepEqual(pathsOf(gooseReader, linux({ GOOSE_PATH_ROOT: '/g' })), [
      '/g/data/sessions',
      '/home/ann/.local/share/goose/sessions',
    ]);
    const named = opencodeReader.roots(linux({ OPENCODE_DB: '/db/mine.db', OPENCODE_DATA_DIR: '/srv/oc' }));
    assert.deepEqual(named, [
      { path: '/srv/oc', watched: ['*'] },
      { path: '/home/ann/.local/share/opencode', watched: ['*'] },
      { path: '/db', isFlat: true },
    ]);
    assert.equal(opencodeReader.roots(linux({ OPENCODE_DB: 'mine.db' })).length, 1);
    assert.deepEqual(pathsOf(kiloReader, linux({ KILO_DB: '/k/mine.db' })).slice(0, 2), [
      '/home/ann/.local/share/kilo',
      '/k',
    ]);
  });

  it('are in the folders of programs on Windows', () => {
    const windows: SurveyedMachine = {
      ...linux({ APPDATA: 'C:\\R', LOCALAPPDATA: 'C:\\L' }),
      platform: 'win32',
      homeFolder: 'C:\\ann',
    };
    assert.deepEqual(pathsOf(opencodeReader, windows), [
      'C:\\ann\\.local\\share\\opencode',
      'C:\\L\\opencode',
    ]);
    assert.deepEqual(pathsOf(gooseReader, windows), ['C:\\R\\Block\\goose\\data\\sessions']);
  });

  it('are walked no farther than logs may lie', () => {
    const mayHold = (reader: Reader, path: string) => reader.mayHoldLogs?.(path);
    for (const path of ['', 'storage', 'storage/message/ses_1', 'project/a/storage/session/p']) {
      assert.equal(mayHold(opencodeReader, path), true, path);
    }
    for (const path of ['snapshot', 'storage/part', 'storage/session/share', 'project/a/other', 'log']) {
      assert.equal(mayHold(kiloReader, path), false, path);
    }
    assert.equal(mayHold(copilotCliReader, 'session-state/a'), true);
    assert.equal(mayHold(copilotCliReader, 'session-state/a/checkpoints'), false);
    assert.equal(mayHold(copilotCliReader, 'pkg'), false);
  });

  it('hold no log that lies beside them', () => {
    const others = [
      'log/a.db',
      'opencode.db-wal',
      'storage/part/m/p.json',
      'storage/session/share/s.json',
      'auth.json',
    ];
    assert.deepEqual(
      others.filter((path) => opencodeReader.formatOf(path) !== null),
      [],
    );
    assert.equal(copilotCliReader.formatOf('session-state/a/other.jsonl'), null);
    assert.equal(copilotCliReader.formatOf('other.db'), null);
  });
});

describe('the id of a session', () => {
  it('tells whether the session began after a message, also where times go round', () => {
    const at = 26 * 2 ** 36;
    const [before, after] = [at - 60_000, at + 60_000];
    assert.equal(beginsAfter(sessionId(after), at), true);
    assert.equal(beginsAfter(sessionId(at), after), false);
    assert.equal(beginsAfter(sessionId(after), before), true);
    assert.equal(beginsAfter(sessionId(before), after), false);
    assert.equal(beginsAfter('ses_mine', at), false);
  });
});

/** Later sessions have smaller numbers. */
function sessionId(ms: number): string {
  const number = 0xffff_ffff_ffffn - ((BigInt(ms) * 4096n) & 0xffff_ffff_ffffn);
  return `ses_${number.toString(16).padStart(12, '0')}AbCdEfGhIjKlMn`;
}
