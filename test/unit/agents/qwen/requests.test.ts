import assert from 'node:assert/strict';
import { newMemory } from '../../../../src/agents/qwen/memory.ts';
import { addRequest, requestsOfCompression, requestsOfReply } from '../../../../src/agents/qwen/requests.ts';

const request = (counted: string) => ({ counted, durationMs: null, receipt: null });

function memoryOf(...counted: readonly string[]) {
  const memory = newMemory('s');
  for (const each of counted) addRequest(memory, request(each));
  return memory;
}

const names = (requests: readonly { readonly counted: string }[]) => requests.map(({ counted }) => counted);

describe('requests that telemetry tells of', () => {
  it('have no reply where a later one has', () => {
    const memory = memoryOf('a', 'b', 'c');
    const { own, unanswered } = requestsOfReply(memory, 'b');
    assert.deepEqual([own?.counted, names(unanswered)], ['b', ['a']]);
    assert.deepEqual(names(requestsOfCompression(memory)), ['c']);
  });

  it('end with what may be the reply’s own where none is like it', () => {
    const memory = memoryOf('a', 'b');
    const { own, unanswered } = requestsOfReply(memory, 'x');
    assert.deepEqual([own, names(unanswered)], [null, ['a']]);
    assert.deepEqual(requestsOfCompression(memory), []);
  });

  it('are the reply’s own behind it, once', () => {
    const memory = memoryOf();
    requestsOfReply(memory, 'a');
    addRequest(memory, request('a'));
    addRequest(memory, request('a'));
    assert.deepEqual(names(requestsOfCompression(memory)), ['a']);
  });

  it('are forgotten when too many wait', () => {
    const waiting = Array.from({ length: 20 }, (_, index) => `${index}`);
    assert.deepEqual(names(requestsOfCompression(memoryOf(...waiting))), waiting.slice(-16));
  });
});
