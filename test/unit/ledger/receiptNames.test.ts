import assert from 'node:assert/strict';
import { hashOf, ReceiptNames } from '../../../src/ledger/receiptNames.ts';

describe('what a batch knows receipts by', () => {
  it('is one for each agent, response and request, whatever was named between', () => {
    const names = new ReceiptNames();
    const named = (agent: 'claude-code' | 'codex', response: string, request: string) =>
      names.nameOf(agent, { response, request });
    const all = [
      named('claude-code', 'a', '1'),
      named('claude-code', 'a', '2'),
      named('codex', 'a', '1'),
      named('claude-code', 'b', '1'),
      named('claude-code', 'a', ''),
    ];
    assert.equal(new Set(all).size, all.length);
    assert.equal(new Set(all.map(({ number }) => number)).size, all.length);
    assert.equal(named('codex', 'a', '1'), all[2]);
    assert.equal(named('claude-code', 'a', '1'), all[0]);
    assert.equal(named('claude-code', 'a', ''), all[4]);
  });

  it('is told apart by the agent where two name the same object', () => {
    const names = new ReceiptNames();
    const id = { response: 'a', request: '1' };
    const name = names.nameOf('claude-code', id);
    assert.equal(names.nameOf('claude-code', id), name);
    const other = names.nameOf('codex', id);
    assert.notEqual(other, name);
    assert.notEqual(hashOf(other).response, hashOf(name).response);
  });

  it('finds each call by its receipt and its own name', () => {
    const names = new ReceiptNames();
    const receipts = ['1', '2', '3'].map((request) => names.nameOf('codex', { response: 'a', request }));
    const calls = ['read', 'write', ''];
    for (const [at, name] of receipts.entries()) {
      for (const [index, call] of calls.entries()) {
        assert.equal(names.callRow(name, call), undefined);
        names.addCall(name, call, 3 * at + index);
      }
    }
    const rows = receipts.map((name) => calls.map((call) => names.callRow(name, call)));
    assert.deepEqual(rows.flat(), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });
});
