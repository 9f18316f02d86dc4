import assert from 'node:assert/strict';
import { PassThrough, Readable } from 'node:stream';
import { readHookInput } from '../../../src/guard/hookInput.ts';

const longMs = 5_000;
const read = (text: string | Uint8Array) => readHookInput(Readable.from([Buffer.from(text)]), longMs);

describe('what an agent writes to a hook', () => {
  it('is read to its end, in whatever pieces it comes', async () => {
    const bytes = Buffer.from('{"session_id":"a","text":"żółw"}');
    const pieces = [...bytes].map((byte) => Buffer.from([byte]));
    assert.deepEqual(await readHookInput(Readable.from(pieces), longMs), { session_id: 'a', text: 'żółw' });
  });

  it('loses the ends of its long strings, whatever comes after them', async () => {
    const text = 'x'.repeat(10 << 20);
    const input = await read(JSON.stringify({ prompt: text, list: [text], session_id: 'a' }));
    assert.equal(input?.session_id, 'a');
    assert.ok(String(input?.prompt).length < 5_000);
  });

  it('begins with what the launcher has read of it', async () => {
    const bytes = Buffer.from('{"session_id":"żółw"}');
    for (let at = 0; at < bytes.length; at++) {
      const head = bytes.subarray(0, at).toString('hex').replace(/../g, ' $&');
      const rest = Readable.from([bytes.subarray(at)]);
      assert.deepEqual(await readHookInput(rest, longMs, `${head}\n`), { session_id: 'żółw' }, head);
    }
  });

  it('is nothing where it is no object', async () => {
    for (const text of ['', 'null', '[1]', '{"a":', 'no', '\0\0', '{"a":1}{']) {
      assert.equal(await read(text), null);
    }
    assert.equal(await read(Buffer.from([0xff, 0xfe])), null);
  });

  it('is nothing where it is nested without end', async () => {
    assert.equal(await read('['.repeat(1 << 20)), null);
    assert.equal(await read(`{"a":${'['.repeat(1 << 20)}`), null);
  });

  it('is what came by then where it does not end', async () => {
    const endless = new PassThrough();
    endless.write('{"session_id":"a"}');
    assert.deepEqual(await readHookInput(endless, 30), { session_id: 'a' });
    assert.equal(await readHookInput(new PassThrough(), 30), null);
  });

  it('is nothing where it cannot be read', async () => {
    const broken = new Readable({ read: () => broken.destroy(new Error('EIO')) });
    assert.equal(await readHookInput(broken, longMs), null);
  });
});
