import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { isStopIgnored } from '../../../src/guard/aftermath.ts';
import { claudeCodeGuard } from '../../../src/guard/agents/claudeCode.ts';
import { readFaults } from '../../../src/guard/faults.ts';
import { guardFiles } from '../../../src/guard/guardFolder.ts';
import type { ProcessTable } from '../../../src/guard/processTable.ts';
import { noteInterrupt } from '../../../src/oversight/interrupts.ts';
import { stopSession } from '../../../src/oversight/stops.ts';
import { House, noonMs } from '../oversight/house.ts';

const session = { agent: 'claude-code', key: 's' } as const;

describe('a hook of an agent that goes on after a stop', () => {
  let house: House;
  let folder: string;
  beforeEach(async () => {
    house = new House();
    folder = join(house.world.folder, 'guard');
    mkdirSync(join(folder, guardFiles.faults), { recursive: true });
    house.budgets({ per: 'session', limit: 1 });
    await house.spend('s', 1, { at: noonMs - 1_000 });
    stopSession(house.db, session, house.nowMs, 'budget');
    assert.equal(ask(nobody), false);
    house.nowMs += 2_000;
    for (const _ of [1, 2]) await house.spend('s', 1);
  });
  afterEach(() => house.dispose());

  const nobody: ProcessTable = { look: () => null, interrupt() {}, write() {} };
  const ask = (processes: ProcessTable) =>
    isStopIgnored(house.db, session, house.nowMs, { folder, guard: claudeCodeGuard, processes, parentId: 7 });
  const faults = () => readFaults(folder).map(({ kind, detail }) => [kind, detail]);

  it('is to interrupt it, once', () => {
    const claude = { parentId: 1, started: 'at noon', executable: '/bin/claude', args: ['claude'] };
    const asked = { ...nobody, look: () => claude };
    assert.deepEqual([ask(asked), ask(asked), faults()], [true, false, []]);
  });

  it('says that it finds nothing to interrupt', () => {
    assert.deepEqual([ask(nobody), faults()], [false, [['interruptFailed', 'notFound']]]);
  });

  it('is content where another has interrupted it meanwhile, so that it is there no more', () => {
    const interrupted = {
      ...nobody,
      look() {
        noteInterrupt(house.db, session, house.nowMs);
        return null;
      },
    };
    assert.deepEqual([ask(interrupted), faults()], [false, []]);
  });
});
