import assert from 'node:assert/strict';
import type { AgentId } from '../../../src/domain/agent.ts';
import { writeBeat } from '../../../src/guard/beats.ts';
import { guardFolderIn } from '../../../src/guard/guardFolder.ts';
import { noteInstalled } from '../../../src/guard/installed.ts';
import { newestRoots } from '../../../src/ledger/roots.ts';
import { unguardedRuns } from '../../../src/workers/guardWatch.ts';
import { House, minuteMs } from '../oversight/house.ts';

const agent: AgentId = 'claude-code';

describe('what the ledger worker sees of sessions that run unguarded', () => {
  let house: House;
  let folder: string;

  beforeEach(() => {
    house = new House();
    // Beats are as old as their files.
    house.nowMs = Date.now();
    folder = guardFolderIn(house.world.data);
  });
  afterEach(() => house.dispose());

  const install = (minutesAgo: number) => noteInstalled(folder, agent, house.nowMs - minutesAgo * minuteMs);
  const respond = (minutesAgo: number) => house.spend('s', 1, { at: house.nowMs - minutesAgo * minuteMs });
  const seen = (dataFolder: string | null = house.world.data) =>
    [...unguardedRuns(house.db, dataFolder, house.around).values()].map(({ responses }) => responses);

  async function runUnguarded(): Promise<void> {
    install(60);
    for (const minutesAgo of [5, 4, 3]) await respond(minutesAgo);
  }

  it('is those that a budget is to stop, of agents with a guard', async () => {
    house.budgets({ per: 'session', limit: 5 });
    await runUnguarded();
    const [root = 0] = newestRoots(house.db, 1);
    assert.deepEqual(
      [...unguardedRuns(house.db, house.world.data, house.around)],
      [[root, { beatMs: null, responses: 3 }]],
    );
    noteInstalled(folder, agent, null);
    assert.deepEqual(seen(), []);
  });

  it('is none that has only just begun', async () => {
    house.budgets({ per: 'session', limit: 5 });
    install(60);
    await respond(2);
    assert.deepEqual(seen(), []);
    await respond(1.5);
    assert.deepEqual(seen(), []);
  });

  it('is none from its next beat on', async () => {
    house.budgets({ per: 'session', limit: 5 });
    await runUnguarded();
    writeBeat(folder, { agent, key: 's' }, { event: 'Stop', decision: 'allow', latencyMs: 1, fault: null });
    assert.deepEqual(seen(), []);
  });

  it('is none without a budget that would stop it', async () => {
    await runUnguarded();
    assert.deepEqual(seen(), []);
    house.budgets({ per: 'day', limit: 5, stop: false });
    assert.deepEqual(seen(), []);
    house.budgets({ per: 'day', limit: 5, paused: true });
    assert.deepEqual(seen(), []);
    house.budgets({ per: 'day', limit: 5, agent: 'codex' }, { per: 'session', limit: 5, model: 'none-*' });
    assert.deepEqual(seen(), []);
    house.budgets({ per: 'day', limit: 5 });
    assert.deepEqual(seen(), [3]);
  });

  it('is nothing of a ledger in memory, which no guard knows', async () => {
    house.budgets({ per: 'session', limit: 5 });
    await runUnguarded();
    assert.deepEqual(seen(null), []);
  });
});
