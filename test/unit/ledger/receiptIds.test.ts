import assert from 'node:assert/strict';
import { hashId } from '../../../src/ledger/identity.ts';
import { ReceiptIds } from '../../../src/ledger/receiptIds.ts';

describe('what a batch knows receipts by', () => {
  it('is the hash of each agent, response and request, whatever was named between', () => {
    const ids = new ReceiptIds();
    const named = [
      ['claude-code', { response: 'a', request: '1' }],
      ['claude-code', { response: 'a', request: '2' }],
      ['codex', { response: 'a', request: '1' }],
      ['claude-code', { response: 'b', request: '1' }],
      ['claude-code', { response: 'a', request: '' }],
    ] as const;
    for (const [agent, id] of [...named, ...named, ...named.toReversed()]) {
      assert.deepEqual(ids.of(agent, id), hashId(agent, id));
      assert.deepEqual(ids.of(agent, { ...id }), hashId(agent, id));
    }
  });

  it('is told apart by the agent where two name the same object', () => {
    const ids = new ReceiptIds();
    const id = { response: 'a', request: '1' };
    for (const agent of ['claude-code', 'codex', 'claude-code'] as const) {
      assert.deepEqual(ids.of(agent, id), hashId(agent, id));
    }
  });
});
