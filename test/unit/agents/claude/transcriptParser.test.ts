import assert from 'node:assert/strict';
import { claudeCodeReader } from '../../../../src/agents/claude/claudeCodeReader.ts';
import type { LogParser } from '../../../../src/agents/reader.ts';
import type { SessionFacts } from '../../../../src/domain/session.ts';
import { toLogLine } from '../../../contract/byteLine.ts';
import { lines } from '../../../contract/fixture.ts';
import type { Files } from '../../../contract/fixtureFile.ts';
import { readFiles } from '../../../contract/reading.ts';
import {
  type Fields,
  recordsOf,
  stamp,
  toolResult,
  toolUse,
  usage,
} from '../../../fixtures/claude-code/records.ts';

const session = '11111111-1111-4111-8111-111111111111';
const record = recordsOf(session);

function openTranscript(): LogParser {
  const path = `-app/${session}.jsonl`;
  const format = claudeCodeReader.formatOf(path);
  if (format?.kind !== 'lines') throw new Error('a transcript is a log of lines');
  return format.open({ relativePath: path });
}

describe('a transcript of Claude Code', () => {
  it('tells of its session no more than the name by what a fork copied, and the rest of the original', () => {
    const original = '22222222-2222-4222-8222-222222222222';
    const copied = { requestSessionId: original, cwd: '/of-the-fork' };
    const { facts } = read(record.assistant('u1', '10:00:00', ['m', 'r'], usage(1, 0, 0, 1), {}, copied));
    assert.equal(facts.size, 0);
    const secondHand = { agent: 'claude-code', key: original, isSecondHand: true };
    const atMs = Date.parse('2026-08-19T10:00:00Z');
    const branched = { cwd: '/as-it-was', forkedFrom: { sessionId: original, messageUuid: 'u1' } };
    const title = { text: 'Plan it', source: 'prompt' };
    assert.deepEqual(
      [...read(record.user('u1', '10:00:00', 'Plan it', branched)).facts.values()],
      [
        { agent: 'claude-code', key: session, title },
        { ...secondHand, title, projectPath: '/as-it-was', gitBranch: 'main', atMs },
      ],
    );
  });

  it('says where a session works once, and its branch when that changes', () => {
    const said: unknown[] = [];
    const parser = openTranscript();
    const sink = {
      receipt: () => {},
      session: ({ projectPath, gitBranch }: SessionFacts) => void said.push([projectPath, gitBranch]),
      toolCall: () => {},
      plan: () => {},
      refuse: () => {},
    };
    for (const gitBranch of ['HEAD', 'main', 'main', '', 'fix']) {
      const text = JSON.stringify(record.user('u', '10:00:00', 'Hi', { gitBranch }));
      parser.read(toLogLine(Buffer.from(text)), sink);
    }
    assert.deepEqual(said, [
      ['/home/ann/app', undefined],
      [undefined, 'main'],
      [undefined, undefined],
      [undefined, undefined],
      [undefined, 'fix'],
    ]);
  });

  it('waits for results of calls no longer than it can hold', () => {
    const calls = Array.from({ length: 500 }, (_, index) =>
      record.assistant(
        `u${index}`,
        '10:00:00',
        [`m${index}`, 'r'],
        usage(1, 0, 0, 1),
        toolUse(`t${index}`, 'Task', {}),
      ),
    );
    const parser = openTranscript();
    const sink = {
      receipt: () => {},
      session: () => {},
      toolCall: () => {},
      plan: () => {},
      refuse: () => {},
    };
    for (const text of calls.map((call) => JSON.stringify(call))) {
      parser.read(toLogLine(Buffer.from(text)), sink);
    }
    assert.ok(JSON.stringify(parser.save()).length < 10_000);
  });

  it('knows the role of a sub-agent from its result when the call does not say it', () => {
    const { facts } = read(
      record.assistant('u1', '10:00:00', ['m', 'r'], usage(1, 0, 0, 1), toolUse('toolu_1', 'Task', {})),
      record.user('u2', '10:00:01', toolResult('toolu_1', 'ok'), {
        toolUseResult: { agentId: 'a1', agentType: 'Plan' },
      }),
    );
    assert.equal(facts.get(`${session}/a1`)?.role, 'Plan');
  });

  it('widens its session by the time of its lines', () => {
    const { facts } = read(record.user('u2', '10:00:01', 'Hi'));
    assert.equal(facts.get(session)?.atMs, Date.parse(stamp('10:00:01')));
  });
});

function read(...records: readonly Fields[]) {
  const files: Files = [[`-app/${session}.jsonl`, Buffer.from(lines(...records))]];
  return readFiles(claudeCodeReader, files);
}
