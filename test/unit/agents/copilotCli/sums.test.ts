import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { copilotCliReader } from '../../../../src/agents/copilotCli/copilotCliReader.ts';
import { lines } from '../../../contract/fixture.ts';
import { event, eventsPath, shutdown, start } from '../../../fixtures/copilot-cli/records.ts';
import { World } from '../../ledger/world.ts';

describe('the sums of a session of Copilot CLI', () => {
  it('stay at the time of the session when it is gone on with', async () => {
    const world = new World();
    try {
      const db = world.open();
      const begin = start('10:00:00.000', '1.0.91');
      const log = world.write(
        eventsPath,
        lines(begin, shutdown('10:30:00.000', { 'claude-haiku-4.5': [1000, 100, 0, 0, 0] })),
      );
      const times = async () => {
        await world.scan(db, copilotCliReader);
        return db
          .all<{ at_ms: number; output: number }>('SELECT at_ms, output FROM receipt')
          .map(({ at_ms, output }) => [new Date(at_ms).toISOString().slice(11, 16), output]);
      };
      assert.deepEqual(await times(), [['10:00', 100]]);
      appendFileSync(
        log,
        lines(
          event('15:00:00.000', 'session.resume', {}),
          shutdown('15:30:00.000', { 'claude-haiku-4.5': [3000, 250, 0, 0, 0] }),
        ),
      );
      assert.deepEqual(await times(), [['10:00', 250]]);
    } finally {
      world.dispose();
    }
  });
});
