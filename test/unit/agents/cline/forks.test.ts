import assert from 'node:assert/strict';
import { clineReader } from '../../../../src/agents/cline/clineReader.ts';
import { at, file } from '../../../fixtures/cline/records.ts';
import { outputBySession, World } from '../../ledger/world.ts';

const reply = (id: string, time: string, outputTokens: number) => ({
  id,
  role: 'assistant',
  ts: at(time),
  content: [],
  modelInfo: { id: 'm', provider: 'p' },
  metrics: { inputTokens: 0, outputTokens },
});
const summary = (time: string, outputTokens: number) => ({
  id: 'summary',
  role: 'user',
  ts: at(time),
  content: 'Summary',
  metadata: { kind: 'compaction', usageBefore: { inputTokens: 0, outputTokens } },
});
const [first, second] = [reply('m1', '10:00:01', 100), reply('m2', '10:00:02', 200)];
const before = { messages: [first, second, reply('m3', '10:10:00', 400)] };
const after = { messages: [summary('10:00:00', 700), reply('m4', '10:20:00', 50)] };

describe('a fork of a Cline session that is compacted', () => {
  /** @param states what the log of the fork holds, each read after the other */
  async function outputAfter(...states: readonly object[]): Promise<Record<string, number>> {
    const world = new World();
    try {
      const db = world.open();
      world.write('source/source.messages.json', file({ messages: [first, second] }));
      const fork = { forkedFromSessionId: 'source', forkedAt: '2026-08-19T10:05:00.000Z' };
      world.write('fork/fork.json', file({ version: 1, session_id: 'fork', metadata: { fork } }));
      world.write('fork/fork.compaction.json', file({ version: 1, source_message_count: 3, ...after }));
      for (const state of states) {
        world.write('fork/fork.messages.json', file(state));
        await world.scan(db, clineReader);
      }
      return outputBySession(db);
    } finally {
      world.dispose();
    }
  }

  /** As all versions that keep a sum do, since July 2026: all messages stay, and those that go on to the model lie beside them. */
  it('counts once what it copied while its log keeps all messages', async () => {
    const whole = { messages: [...before.messages, ...after.messages.slice(1)] };
    assert.deepEqual(await outputAfter(before, whole), { source: 300, fork: 450 });
    assert.deepEqual(await outputAfter(whole), { source: 300, fork: 450 });
  });

  it('has the same sums whenever it is read', async () => {
    const afterAll = await outputAfter(before, after);
    assert.deepEqual(afterAll, await outputAfter(after));
    assert.equal(afterAll.source, 300);
  });
});
