import assert from 'node:assert/strict';
import type { PlanReading } from '../../../src/domain/planReading.ts';
import type { ToolCall } from '../../../src/domain/toolCall.ts';
import { Batch } from '../../../src/ledger/batch.ts';
import { latestPlanReadings, storePlanReading } from '../../../src/ledger/planReadings.ts';
import { mergeTold, ToolCallStore, tellOf } from '../../../src/ledger/toolCalls.ts';
import { dump, World } from './world.ts';

const asked: ToolCall = {
  agent: 'codex',
  receipt: { response: 'r', request: 'q' },
  id: 'call_1',
  name: 'shell',
  input: '{"cmd":"ls"}',
};
const answered: ToolCall = {
  agent: 'codex',
  receipt: { response: 'r', request: 'q' },
  id: 'call_1',
  resultBytes: 512,
  isFailed: true,
};

describe('calls of tools in the ledger', () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });
  afterEach(() => world.dispose());

  function stored(...calls: readonly ToolCall[]) {
    const db = world.open();
    for (const call of calls) {
      const batch = new Batch();
      batch.addToolCall(call);
      db.write(() => {
        new ToolCallStore(db).storeRows(batch.toolCalls);
      });
    }
    return dump(db).toolCalls.map((row) => ({ ...(row as Record<string, unknown>) }));
  }

  it('are one row whatever is told first, and however often', () => {
    const [row] = stored(asked, answered);
    assert.deepEqual(
      { tool: row?.tool, result_bytes: row?.result_bytes, is_failed: row?.is_failed },
      { tool: 'shell', result_bytes: 512, is_failed: 1 },
    );
    assert.notEqual(row?.input, null);
    assert.deepEqual(stored(answered, asked), [row]);
    assert.deepEqual(stored(asked, answered, asked, answered), [row]);
  });

  it('keep open what nobody told, and a failure apart from a success and from nothing', () => {
    const told = (isFailed: boolean | undefined) =>
      stored({ ...asked, ...(isFailed !== undefined && { isFailed }) })[0]?.is_failed;
    assert.deepEqual([told(undefined), told(false), told(true)], [null, 0, 1]);
    const { name: _name, input: _input, ...bare } = asked;
    const [row] = stored(bare);
    assert.deepEqual([row?.tool, row?.input, row?.result_bytes], [null, null, null]);
  });

  it('are told apart by response, request and id, and known again by their input', () => {
    const others: readonly ToolCall[] = [
      asked,
      { ...asked, id: 'call_2' },
      { ...asked, receipt: { response: 'r', request: 'q2' } },
      { ...asked, receipt: { response: 'r2', request: 'q' }, input: 'other' },
    ];
    const rows = stored(...others);
    assert.equal(rows.length, 4);
    assert.equal(new Set(rows.map(({ input }) => input)).size, 2);
  });

  it('that contradict each other end as the greater, in either order', () => {
    const a = tellOf({ ...asked, name: 'a', resultBytes: 1, isFailed: false });
    const b = tellOf({ ...asked, name: 'b', input: 'x', resultBytes: 2, isFailed: true });
    const { name, resultBytes, isFailed, input } = mergeTold(a, b);
    assert.deepEqual(mergeTold(b, a), mergeTold(a, b));
    assert.deepEqual([name, resultBytes, isFailed], ['b', 2, true]);
    assert.ok(input === a.input || input === b.input);
    assert.ok(a.input !== null && b.input !== null && input !== null && input >= a.input && input >= b.input);
  });
});

describe('readings of plans in the ledger', () => {
  const reading: PlanReading = {
    agent: 'codex',
    window: 'primary',
    windowMinutes: 300,
    usedPercent: 12.5,
    resetsAtMs: 9_000,
    plan: 'plus',
    atMs: 1_000,
  };
  let world: World;
  beforeEach(() => {
    world = new World();
  });
  afterEach(() => world.dispose());

  function stored(...readings: readonly PlanReading[]) {
    const db = world.open();
    for (const each of readings) storePlanReading(db, each);
    return {
      latest: latestPlanReadings(db),
      rows: dump(db).planReadings.map((row) => ({ ...(row as object) })),
    };
  }

  it('are one for as long as they say the same, from the first to the last time', () => {
    const { rows } = stored({ ...reading, atMs: 2_000 }, reading, { ...reading, atMs: 3_000 }, reading);
    assert.deepEqual(
      rows.map((row) => ({ ...row })),
      [
        {
          agent: 'codex',
          plan: 'plus',
          window: 'primary',
          window_minutes: 300,
          resets_ms: 9_000,
          used_percent: 12.5,
          first_ms: 1_000,
          last_ms: 3_000,
        },
      ],
    );
  });

  it('give the last one of each window, newest first, and what is not known as that', () => {
    const bare: PlanReading = {
      ...reading,
      agent: 'claude-code',
      plan: null,
      windowMinutes: null,
      resetsAtMs: null,
    };
    const newer = { ...reading, usedPercent: 13, atMs: 5_000 };
    const week = { ...reading, window: 'secondary', atMs: 7_000 };
    assert.deepEqual(stored(newer, bare, reading, week).latest, [week, newer, bare]);
    assert.deepEqual(stored().latest, []);
  });
});
