import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findVariances } from '../../../src/workers/varianceSearch.ts';
import { conversationRecords, toLines } from '../../fixtures/claude-code/conversation.ts';

describe('looking through a log for variances', () => {
  const folder = mkdtempSync(join(tmpdir(), 'token-burn-search-'));
  after(() => rmSync(folder, { recursive: true }));

  /** Every character a token. */
  const estimate = (_model: string, text: string) => ({ tokens: text.length, isExact: false, scale: 1 });
  let pauses = 0;
  const search = (path: string) =>
    findVariances({ agent: 'claude-code', path }, estimate, async () => {
      pauses += 1;
    });
  const write = (content: string | Buffer) => {
    const path = join(folder, 'log.jsonl');
    writeFileSync(path, content);
    return search(path);
  };
  const conversation = (additions: number, length = 1_000) =>
    toLines(
      conversationRecords({
        sessionId: 's',
        prompt: 'Hi',
        firstPromptTokens: 9_000,
        additions: Array.from({ length: additions }, () => ({
          text: 'x'.repeat(length),
          billedTokens: 1.2 * length,
        })),
      }),
    );
  const kinds = async (content: string | Buffer) => (await write(content)).map(({ kind }) => kind);

  it('finds the first prompt and each addition', async () => {
    assert.deepEqual(await kinds(conversation(3)), ['opening', 'addition', 'addition', 'addition']);
  });

  it('lets other work be done while it goes through a long log', async () => {
    pauses = 0;
    assert.equal((await write(conversation(400))).length, 401);
    assert.ok(pauses > 3, String(pauses));
  });

  it('takes a line when its end is there, and learns nothing across one that is damaged or too long', async () => {
    const whole = conversation(2);
    assert.deepEqual(await kinds(whole.slice(0, -1)), ['opening', 'addition']);
    const lines = whole.split('\n');
    assert.deepEqual(await kinds(lines.toSpliced(3, 0, '{"type":"us').join('\n')), ['opening', 'addition']);
    const long = `{"type":"system","text":"${'x'.repeat(300_000)}"}`;
    assert.deepEqual(await kinds(lines.toSpliced(3, 0, long).join('\n')), ['opening', 'addition']);
    const huge = `{"type":"user","message":"${'x'.repeat(8_000_000)}"}`;
    assert.deepEqual(await kinds(lines.toSpliced(1, 0, '', '\0').join('\n')), ['addition', 'addition']);
    const before = await kinds([...lines.slice(0, -1), huge, ''].join('\n'));
    assert.deepEqual(before, ['opening', 'addition', 'addition']);
  });

  it('reads the beginning and the end of a log of any size', async () => {
    const found = await write(conversation(12_000));
    assert.equal(found[0]?.kind, 'opening');
    assert.ok(found.length > 2_000 && found.length < 6_000, String(found.length));
    const ids = new Set(found.map(({ id }) => id.response));
    assert.equal(ids.size, found.length);
    assert.ok(ids.has('msg-s-r12000'));
    assert.ok(found.slice(1).every((variance) => variance.billedTokens === 1_200));
  });

  it('finds nothing in what is no log, without complaint', async () => {
    assert.deepEqual(await search(join(folder, 'missing.jsonl')), []);
    mkdirSync(join(folder, 'folder.jsonl'));
    assert.deepEqual(await search(join(folder, 'folder.jsonl')), []);
    assert.deepEqual(await write(''), []);
    const noise = Buffer.from(Array.from({ length: 200_000 }, (_byte, index) => (index * 7_919) % 256));
    assert.deepEqual(await write(noise), []);
    const deep = `{"type":"user","message":{"content":${'['.repeat(50_000)}${']'.repeat(50_000)}}}\n`;
    assert.deepEqual(await write(deep), []);
  });

  it('learns the same of records that come twice', async () => {
    const once = await write(conversation(4));
    const twice = await write(conversation(4) + conversation(4));
    assert.deepEqual(
      twice.map(({ id }) => id),
      once.map(({ id }) => id),
    );
  });

  it('learns nothing wrong of lines in another order', async () => {
    const lines = conversation(20).trimEnd().split('\n');
    for (let shift = 1; shift < lines.length; shift++) {
      const mixed = lines.map((_line, index) => lines[(index * 17 + shift) % lines.length]);
      const found = await write(`${mixed.join('\n')}\n`);
      assert.ok(found.every(({ kind, billedTokens }) => kind === 'opening' || billedTokens === 1_200));
    }
  });
});
