import assert from 'node:assert/strict';
import { hashInput } from '../../../src/ledger/inputHash.ts';
import { Random } from './random.ts';

describe('what inputs of calls are known by', () => {
  it('is XXH32 by the seeds 0 and 1', () => {
    // The first is the one that the specification's own program prints.
    assert.equal(BigInt.asUintN(32, hashInput('')), 0x02cc5d05n);
    assert.equal(BigInt.asUintN(32, hashInput('a')), 0x550d7456n);
    assert.equal(BigInt.asUintN(32, hashInput('abc')), 0x32d153ffn);
    assert.equal(BigInt.asUintN(32, hashInput('Nobody inspects the spammish repetition')), 0xe2293b2fn);
    assert.equal(BigInt.asUintN(32, hashInput('') >> 32n), 0x0b2cb792n);
  });

  it('is the same for a text and its bytes, wherever they lie', () => {
    const random = new Random(9);
    for (let length = 0; length < 80; length++) {
      const text = Array.from({ length }, () => random.pick(['a', '"', 'é', '漢'])).join('');
      const bytes = Buffer.from(`xxx${text}`).subarray(3);
      assert.equal(hashInput(bytes), hashInput(text));
    }
  });

  it('differs where one byte does', () => {
    const bytes = Buffer.from('{"file_path":"/home/ann/app/src/a.ts","limit":200}');
    const known = new Set([hashInput(bytes)]);
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      known.add(hashInput(changed));
    }
    assert.equal(known.size, bytes.length + 1);
  });
});
