import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { hashCall, hashId } from '../../../src/ledger/identity.ts';

/** As ledgers that are filled already hold them: another hash would count every receipt again. */
function stored(text: string): bigint {
  return createHash('sha1').update(text).digest().readBigInt64LE();
}

describe('identities in the ledger', () => {
  it('are the first bytes of SHA-1, with either sign', () => {
    const ids = Array.from({ length: 64 }, (_, index) => ({
      response: `msg_${index}é`,
      request: `req_${index}`,
    }));
    const hashes = ids.map((id) => hashId('codex', id));
    assert.deepEqual(
      hashes,
      ids.map(({ response, request }) => ({
        response: stored(`codex\0${response}`),
        request: stored(request),
      })),
    );
    assert.ok(hashes.some(({ request }) => request < 0n) && hashes.some(({ request }) => request > 0n));
    assert.equal(hashId('codex', { response: 'r', request: '' }).request, 0n);
    assert.equal(hashCall('req', 'call'), stored('req\0call'));
  });
});
