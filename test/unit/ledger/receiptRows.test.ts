import assert from 'node:assert/strict';
import { pico } from '../../../src/domain/money.ts';
import type { Receipt } from '../../../src/domain/receipt.ts';
import type { ToolCall } from '../../../src/domain/toolCall.ts';
import { Batch, type Stamp } from '../../../src/ledger/batch.ts';
import { CallRows } from '../../../src/ledger/callRows.ts';
import { inLots } from '../../../src/ledger/lots.ts';
import { claims, qualities } from '../../../src/ledger/merge.ts';
import { type ReceiptDraft, ReceiptRows } from '../../../src/ledger/receiptRows.ts';
import { storeBatch } from '../../../src/ledger/storeBatch.ts';
import type { ToolCallDraft } from '../../../src/ledger/toolCalls.ts';
import { plainReceipt } from './plainReceipt.ts';
import { Random } from './random.ts';
import { dump, onePicoEach, World } from './world.ts';

describe('receipts in rows', () => {
  it('are what they were, as many as there are, and in another thread', () => {
    const random = new Random(3);
    const drafts = Array.from({ length: 700 }, () => randomDraft(random));
    const rows = new ReceiptRows();
    for (const draft of drafts) rows.add(draft);
    assert.deepEqual(allOf(rows), drafts);
    assert.deepEqual(allOf(new ReceiptRows(structuredClone(rows.columns()))), drafts);
  });

  it('take another reading and credit in place of those they have', () => {
    const random = new Random(4);
    const rows = new ReceiptRows();
    const expected = Array.from({ length: 300 }, () => {
      const [first, then] = [randomDraft(random), randomDraft(random)];
      const row = rows.add(first);
      rows.setReading(row, then.reading, then.dropped);
      rows.setCredit(row, first.agent, then.credit);
      return { ...then, agent: first.agent, id: first.id };
    });
    assert.deepEqual(allOf(rows), expected);
  });

  it('know the sums among them, in their order', () => {
    const rows = new ReceiptRows();
    const dropped = { afterMs: 1, untilMs: 2, kept: [] };
    const draft: ReceiptDraft = { ...randomDraft(new Random(5)), dropped: undefined };
    for (const each of [draft, draft, { ...draft, dropped }]) rows.add(each);
    rows.setReading(0, draft.reading, dropped);
    assert.deepEqual([rows.isSum(0), rows.isSum(1), rows.isSum(2)], [true, false, true]);
    assert.deepEqual(rows.sums, [
      { ...draft, dropped },
      { ...draft, dropped },
    ]);
  });

  it('lose a cost that no ledger can keep, and no other', () => {
    const rows = new ReceiptRows();
    const draft = randomDraft(new Random(6));
    for (const reportedCost of [pico(2n ** 63n), pico(2n ** 63n - 1n), pico(0), null]) {
      rows.add({ ...draft, reading: { ...draft.reading, reportedCost } });
    }
    const costs = [0, 1, 2, 3].map((row) => rows.reportedCost(row));
    assert.deepEqual(costs, [null, 2n ** 63n - 1n, 0n, null]);
  });
});

describe('calls in rows', () => {
  it('are what they were, as many as there are, and in another thread', () => {
    const random = new Random(7);
    const drafts = Array.from({ length: 700 }, () => randomCall(random));
    const rows = new CallRows();
    for (const { response, call, ...told } of drafts) rows.add(response, call, told);
    const copy = new CallRows(structuredClone(rows.columns()));
    assert.deepEqual(
      drafts.map((_, row) => copy.draft(row)),
      drafts,
    );
  });
});

describe('rows that are stored in lots', () => {
  it('are each in one lot', () => {
    for (const count of [0, 1, 7, 8, 31, 32, 33, 200]) {
      const lots = [...inLots(count)];
      const rows = lots.flatMap((lot) => Array.from({ length: lot.count }, (_, index) => lot.first + index));
      assert.deepEqual(
        rows,
        Array.from({ length: count }, (_, row) => row),
      );
    }
  });

  it('make the ledger that they make one by one, whatever it knows already', () => {
    const random = new Random(8);
    for (let round = 0; round < 6; round++) {
      const told = Array.from({ length: 150 }, () => random.below(90));
      const known = told.slice(0, random.below(150));
      const oneByOne = ledgerOf([...known, ...told].map((number) => [number]));
      assert.deepEqual(ledgerOf([known, told]), oneByOne);
    }
  });
});

/** What the ledger holds after batches, each of which tells of some responses. */
function ledgerOf(batches: readonly (readonly number[])[]): Stored {
  const world = new World();
  const db = world.open();
  for (const numbers of batches) {
    const batch = new Batch();
    for (const number of numbers) {
      batch.addReceipt(receiptOf(number), stamp);
      batch.addToolCall(callOf(number));
    }
    storeBatch(db, batch, [], onePicoEach);
  }
  const { receipts, toolCalls } = dump(db);
  world.dispose();
  return { receipts, toolCalls };
}

type Stored = Pick<ReturnType<typeof dump>, 'receipts' | 'toolCalls'>;

const stamp: Stamp = { reader: 1, bornMs: 1, atMs: 1, position: 1 };

/** Of each response three statements, of which one grows on the other. */
function receiptOf(number: number): Receipt {
  const id = { response: `r${number % 30}`, request: 'q' };
  const tokens = { ...plainReceipt.tokens, output: number };
  return { ...plainReceipt, agent: 'codex', id, sessionKey: `s${number % 7}`, atMs: 1_000 + number, tokens };
}

function callOf(number: number): ToolCall {
  const receipt = { response: `r${number % 30}`, request: 'q' };
  const told =
    number < 30 ? { name: 'shell', input: 'ls' } : { resultBytes: number, isFailed: number % 2 === 0 };
  return { agent: 'codex', receipt, id: 'call', ...told };
}

function allOf(rows: ReceiptRows): readonly ReceiptDraft[] {
  return Array.from({ length: rows.length }, (_, row) => rows.draft(row));
}

function randomDraft(random: Random): ReceiptDraft {
  const count = () => (random.below(3) === 0 ? null : random.below(1e6));
  const claim = random.pick(claims);
  return {
    agent: random.pick(['codex', 'claude-code', 'amp'] as const),
    id: { response: randomHash(random), request: randomHash(random) },
    reading: {
      claim,
      reader: random.below(20),
      atMs: 1_790_000_000_000 + random.below(1e9),
      model: random.pick(['', 'gpt-5.4', 'claude-opus-4-5\0']),
      tokens: {
        uncachedInput: count(),
        cacheRead: count(),
        cacheWrite5m: count(),
        cacheWrite1h: count(),
        cacheWriteUnknown: count(),
        output: count(),
        reasoning: count(),
      },
      webSearches: random.below(3),
      terms: random.pick([{}, { speed: 'fast' }, { serviceTier: 'batch', region: 'us' }]),
      circumstances: random.pick([
        {},
        { turn: 3 },
        { stopReason: 'tool_use', gitBranch: 'a "b"', durationMs: 0 },
        { effort: 'high', provider: 'p', projectPath: '/a', contextTokens: 7, turnStartedMs: 9 },
      ]),
      reportedCost: random.pick([null, pico(0), pico(123_456_789_012_345n)]),
      quality: random.pick(qualities),
    },
    credit: { sessionKey: `s${random.below(40)}\0`, claim, bornMs: random.below(1e6) },
    dropped: random.below(9) === 0 ? { afterMs: 1, untilMs: random.below(9), kept: [] } : undefined,
  };
}

function randomCall(random: Random): ToolCallDraft {
  return {
    response: randomHash(random),
    call: randomHash(random),
    name: random.pick([null, 'Read', 'Edit', '']),
    input: random.pick([null, 0n, randomHash(random)]),
    resultBytes: random.pick([null, 0, random.below(1e6)]),
    isFailed: random.pick([null, false, true]),
  };
}

function randomHash(random: Random): bigint {
  return BigInt.asIntN(64, (BigInt(random.below(2 ** 32)) << 32n) | BigInt(random.below(2 ** 32)));
}
