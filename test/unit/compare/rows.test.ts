import assert from 'node:assert/strict';
import type { Database } from '../../../src/ledger/database.ts';
import { ledgerRows, type Row, toJsonLine } from '../../compare/rows.ts';
import { fakeReader, toLog } from '../ledger/fakeReader.ts';
import { World } from '../ledger/world.ts';

const day1 = Date.parse('2026-08-19T23:59:59.999Z');
const day2 = Date.parse('2026-08-20T00:00:00.000Z');

describe('the rows of the ledger', () => {
  let world: World;
  let db: Database;

  beforeEach(() => {
    world = new World();
    db = world.open();
  });
  afterEach(() => world.dispose());

  async function rowsOf(files: Readonly<Record<string, string>>): Promise<readonly Row[]> {
    for (const [path, text] of Object.entries(files)) world.write(path, text);
    await world.scan(db, fakeReader());
    return ledgerRows(db);
  }

  it('part sessions, models and the days of UTC', async () => {
    const rows = await rowsOf({
      'a.log': toLog(
        { id: '1', session: 'a', at: day1, model: 'x', tokens: { output: 1, reasoning: 1 } },
        { id: '2', session: 'a', at: day2, model: 'x', tokens: { output: 2 } },
        { id: '3', session: 'a', at: day2, model: 'y', tokens: { output: 4 } },
        { id: '4', session: 'b', at: day2, model: 'y', tokens: { output: 8 }, facts: { parentKey: 'a' } },
      ),
    });
    assert.deepEqual(
      rows.map((row) => [row.sessionId, row.parentSessionId, row.day, row.model, row.receipts, row.output]),
      [
        ['a', null, '2026-08-19', 'x', 1, 1],
        ['a', null, '2026-08-20', 'x', 1, 2],
        ['a', null, '2026-08-20', 'y', 1, 4],
        ['b', 'a', '2026-08-20', 'y', 1, 8],
      ],
    );
    assert.deepEqual(
      rows.map(({ costPico, refused }) => [costPico, refused]),
      [1n, 2n, 4n, 8n].map((cost) => [cost, 0]),
    );
  });

  it('have no cost where one receipt has none, and say what the others cost', async () => {
    const [row] = await rowsOf({
      'a.log': toLog(
        { id: '1', session: 'a', at: day1, model: 'unknown', tokens: { output: 1 } },
        { id: '2', session: 'a', at: day1, model: 'unknown', tokens: { output: null } },
      ),
    });
    assert.equal(row?.costPico, null);
    assert.equal(row?.pricedPico, 0n);
    assert.equal(row?.unpricedReceipts, 2);
    assert.equal(row?.partialReceipts, 1);
  });

  it('hold every refusal once, by the session that the log is named after', async () => {
    const own = { session: 'a.log', at: day1, model: 'x' };
    const rows = await rowsOf({
      'a.log': `${toLog({ id: '1', ...own }, { id: '2', ...own, at: day2 })}damaged\ndamaged\n`,
      'root/sub.log': `${toLog({ session: 'root/sub.log', facts: { parentKey: 'root' } })}damaged\n`,
      'elsewhere/sub.log': 'damaged\n',
      'nobody.log': 'damaged\ndamaged\n',
      'data.log': 'damaged\n',
    });
    assert.deepEqual(
      rows.map((row) => [row.sessionId, row.parentSessionId, row.model, row.day, row.receipts, row.refused]),
      [
        ['a.log', null, 'x', '2026-08-19', 1, 2],
        ['a.log', null, 'x', '2026-08-20', 1, 0],
        [null, null, null, null, 0, 4],
        ['root/sub.log', 'root', null, null, 0, 1],
      ],
    );
  });

  it('are lines of JSON that lose no digit of a cost', async () => {
    const [row] = await rowsOf({ 'a.log': toLog({ id: '1', session: 'a', at: day1, model: 'x' }) });
    assert.ok(row);
    const line = toJsonLine({
      ...row,
      pricedPico: 9_007_199_254_740_993n as Row['pricedPico'],
      costPico: null,
    });
    assert.match(line, /"costPico":null,"pricedPico":9007199254740993,/);
    assert.equal(JSON.parse(line).sessionId, 'a');
  });
});
