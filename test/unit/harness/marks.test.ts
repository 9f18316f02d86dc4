import assert from 'node:assert/strict';
import { once } from 'node:events';
import { markLines, splitMarked } from '../../harness/marks.ts';

async function split(...chunks: readonly string[]): Promise<{ tests: string[]; others: string[] }> {
  const tests: string[] = [];
  const others: string[] = [];
  const stream = splitMarked(
    (line) => tests.push(line),
    (line) => others.push(line),
  );
  for (const chunk of chunks) stream.write(chunk);
  stream.end();
  await once(stream, 'finish');
  return { tests, others };
}

describe('the output of tests inside VS Code', () => {
  it('is told from what VS Code says', async () => {
    const { tests, others } = await split(`noise\n${markLines('one\n  two')}\nmore noise\n`);
    assert.deepEqual(tests, ['one', '  two']);
    assert.deepEqual(others, ['noise', 'more noise']);
  });

  it('is found however it is cut on its way', async () => {
    const text = `noise\r\n${markLines('one')}\r\n${markLines('')}\r\nlast`;
    const { tests, others } = await split(...text);
    assert.deepEqual(tests, ['one', '']);
    assert.deepEqual(others, ['noise', 'last']);
  });
});
