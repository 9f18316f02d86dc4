import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { qwenCodeReader } from '../../../src/agents/qwen/qwenCodeReader.ts';
import { sessionLogs } from '../../../src/guard/sessionLogs.ts';
import { resolveRoots } from '../../../src/ledger/discover.ts';

describe('the logs of a session that asks', () => {
  let home: string;
  beforeEach(() => {
    home = realpathSync(mkdtempSync(join(tmpdir(), 'token-burn-')));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const write = (path: string) => {
    const file = join(home, '.qwen', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '');
    return file;
  };

  it('of Qwen Code have its own count among them, which may be all there is of one', async () => {
    const chat = write('projects/-app/chats/69f0.jsonl');
    const count = dirname(write('usage/token-usage-2026-06.jsonl'));
    const machine = { platform: 'linux', homeFolder: home, environment: {}, userFolders: [] } as const;
    const roots = await resolveRoots(
      qwenCodeReader.roots(machine).map((root) => ({ ...root, reader: qwenCodeReader })),
    );
    const logsOf = (transcriptPath: string) =>
      sessionLogs({ agent: 'qwen-code', key: '69f0', transcriptPath }, roots);
    assert.deepEqual(await logsOf(chat), [chat, count]);
    assert.deepEqual(await logsOf(join(home, '.qwen/projects/-app/chats/69f1.jsonl')), [count]);
  });
});
