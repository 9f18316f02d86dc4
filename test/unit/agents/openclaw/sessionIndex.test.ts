import assert from 'node:assert/strict';
import { openclawReader } from '../../../../src/agents/openclaw/openclawReader.ts';
import { World } from '../../ledger/world.ts';

/** A state of an index in which the conversation that spawned a sub-agent is at a session. */
interface State {
  readonly session: string;
  readonly writtenMs: number;
}

const before: State = { session: 'old', writtenMs: 1_779_700_000_000 };
const after: State = { session: 'renewed', writtenMs: 1_779_800_000_000 };

describe('the index of an agent of OpenClaw', () => {
  let world: World;

  beforeEach(() => {
    world = new World();
  });
  afterEach(() => world.dispose());

  for (const [order, states] of [
    ['before and after', [before, after]],
    ['after and before, as of a backup', [after, before]],
    ['again and again', [before, after, after, before, after]],
  ] as const) {
    it(`leaves a sub-agent with the session that was named first when the conversation is reset: read ${order}`, async () => {
      const db = world.open();
      for (const { session, writtenMs } of states) {
        const index = {
          'agent:main:main': { sessionId: session },
          'agent:main:subagent:1': { sessionId: 'helper', spawnedBy: 'agent:main:main' },
        };
        world.write('main/sessions/sessions.json', JSON.stringify(index), writtenMs);
        await world.scan(db, openclawReader);
      }
      const parents = db.all<{ parent: string }>(`
        SELECT parent.key AS parent FROM session JOIN session parent ON parent.id = session.parent
        WHERE session.key = 'helper'`);
      assert.deepEqual(
        parents.map(({ parent }) => parent),
        ['old'],
      );
    });
  }
});
