import assert from 'node:assert/strict';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { Caller, serve } from '../../../src/workers/channel.ts';

type Requests = {
  readonly rows: { params: { readonly from: number }; reply: Float64Array<ArrayBuffer> };
};

describe('requests over a port', () => {
  let asking: MessagePort;
  let answering: MessagePort;
  let caller: Caller<Requests, string>;
  let events: string[];

  beforeEach(() => {
    ({ port1: asking, port2: answering } = new MessageChannel());
    events = [];
    caller = new Caller(asking, (event) => events.push(event));
  });
  afterEach(() => asking.close());

  it('are answered, with an error where the other side has one, and events come between', async () => {
    const rows = ({ from }: { readonly from: number }) => {
      if (from < 0) throw new Error('nothing is there');
      emit(`asked from ${from}`);
      return new Float64Array([from]);
    };
    const emit = serve<Requests, string>(answering, { rows });
    assert.deepEqual(await caller.call('rows', { from: 7 }), new Float64Array([7]));
    await assert.rejects(caller.call('rows', { from: -1 }), /nothing is there/);
    assert.deepEqual(events, ['asked from 7']);
  });

  it('leave the other side what it answers with, or take it from there', async () => {
    const kept = new Float64Array([1, 2]);
    const given = new Float64Array([3, 4]);
    serve<Requests, string>(
      answering,
      { rows: ({ from }) => (from === 0 ? kept : given.subarray(from)) },
      ({ buffer }) => (buffer === given.buffer ? [buffer] : []),
    );
    assert.deepEqual(await caller.call('rows', { from: 0 }), new Float64Array([1, 2]));
    assert.deepEqual(await caller.call('rows', { from: 1 }), new Float64Array([4]));
    assert.deepEqual([kept.length, given.length], [2, 0]);
  });
});
