import assert from 'node:assert/strict';
import { geminiCliReader } from '../../../../src/agents/gemini/geminiCliReader.ts';
import type { Machine, SurveyedMachine } from '../../../../src/agents/reader.ts';

const rootsWith = (environment: Machine['environment']) => {
  const machine: SurveyedMachine = {
    platform: 'linux',
    homeFolder: '/home/ann',
    environment,
    userFolders: [],
  };
  return geminiCliReader.roots(machine).map(({ path }) => path);
};

describe('chats of Gemini CLI', () => {
  it('lie below the home folder, or what stands for it', () => {
    assert.deepEqual(rootsWith({}), ['/home/ann/.gemini/tmp']);
    assert.deepEqual(rootsWith({ GEMINI_CLI_HOME: '/srv/ann' }), ['/srv/ann/.gemini/tmp']);
  });

  it('are lines, documents of older versions, and those of sub-agents', () => {
    const kinds = [
      'app/chats/session-2026-06-11T21-40-2e37abcd.jsonl',
      'app/chats/session-2026-06-11T21-40-2e37abcd.jsonl.unreadable-1781172000000',
      'app/chats/2e37abcd-1/helper.jsonl',
      'app/chats/session-2025-06-11T21-40-2e37abcd.json',
      'app/chats/session-2026-06-11T21-40-2e37abcd.jsonl.tmp-17',
      'app/logs.json',
      'app/tool-outputs/session-1/x.jsonl',
    ].map((path) => geminiCliReader.formatOf(path)?.kind);
    assert.deepEqual(kinds, ['lines', 'lines', 'lines', 'document', undefined, undefined, undefined]);
  });

  it('are looked for where they can be', () => {
    const folders = ['app', 'app/chats', 'app/chats/2e37abcd-1', 'app/tool-outputs', 'app/tool-outputs/a'];
    assert.deepEqual(
      folders.filter((folder) => geminiCliReader.mayHoldLogs?.(folder)),
      folders.slice(0, 3),
    );
  });
});
