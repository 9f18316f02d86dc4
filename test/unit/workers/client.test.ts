import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import type { Envelope } from '../../../src/workers/channel.ts';
import { type Clock, type Thread, WorkerClient } from '../../../src/workers/client.ts';

type Requests = { readonly double: { params: number; reply: number } };

/** A worker in this thread: doubles numbers, or stays silent. */
class FakeThread extends EventEmitter implements Thread {
  isTerminated = false;
  isSilent = false;

  postMessage(message: Envelope): void {
    if (message.kind !== 'request' || this.isSilent) return;
    const result = (message.params as number) * 2;
    queueMicrotask(() => this.emit('message', { kind: 'reply', inReplyTo: message.id, result }));
  }

  terminate(): Promise<unknown> {
    this.isTerminated = true;
    this.emit('exit', 1);
    return Promise.resolve();
  }
}

class FakeClock implements Clock {
  #nowMs = 0;
  #timers: { atMs: number; callback: () => void }[] = [];

  now(): number {
    return this.#nowMs;
  }

  later(delayMs: number, callback: () => void): () => void {
    const timer = { atMs: this.#nowMs + delayMs, callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  advance(byMs: number): void {
    this.#nowMs += byMs;
    const due = this.#timers.filter(({ atMs }) => atMs <= this.#nowMs);
    this.#timers = this.#timers.filter((timer) => !due.includes(timer));
    for (const { callback } of due) callback();
  }
}

function setUp(idleMs: number | null = 1000, answerMs: number | null = null) {
  const threads: FakeThread[] = [];
  const happened: string[] = [];
  const clock = new FakeClock();
  const client = new WorkerClient<Requests, string>({
    start: () => {
      const thread = new FakeThread();
      threads.push(thread);
      return thread;
    },
    idleMs,
    answerMs,
    clock,
    onEvent: (event) => happened.push(`event ${event}`),
    onStop: () => happened.push('stop'),
    onCrash: (error, restartInMs) => happened.push(`crash ${error.message} ${restartInMs}`),
    onRecovery: () => happened.push('recovery'),
  });
  const newest = () => {
    const thread = threads.at(-1);
    assert.ok(thread);
    return thread;
  };
  return { client, threads, happened, clock, newest };
}

describe('WorkerClient', () => {
  it('ends a worker that does not answer in time, and starts another', async () => {
    const { client, clock, happened, newest } = setUp(null, 500);
    assert.equal(await client.call('double', 1), 2);
    newest().isSilent = true;
    const unanswered = client.call('double', 2);
    clock.advance(499);
    assert.equal(newest().isTerminated, false);
    clock.advance(1);
    clock.advance(100);
    await assert.rejects(unanswered, /did not answer "double"/);
    assert.ok(newest().isTerminated);
    clock.advance(1000);
    assert.deepEqual(happened.at(-1), 'recovery');
    assert.equal(await client.call('double', 3), 6);
  });

  it('reads the answers that came while its own thread stood still before it takes a worker for crashed', async () => {
    const { client, clock, newest } = setUp(null, 500);
    await client.call('double', 1);
    newest().isSilent = true;
    const late = client.call('double', 2);
    clock.advance(60_000);
    newest().emit('message', { kind: 'reply', inReplyTo: 2, result: 4 });
    assert.equal(await late, 4);
    clock.advance(60_000);
    assert.equal(newest().isTerminated, false);
  });

  it('starts the worker on the first request and keeps it for the next', async () => {
    const { client, threads } = setUp();
    assert.equal(threads.length, 0);
    assert.equal(await client.call('double', 4), 8);
    assert.equal(await client.call('double', 5), 10);
    assert.equal(threads.length, 1);
  });

  it('retires an idle worker and starts another on demand', async () => {
    const { client, threads, happened, clock, newest } = setUp();
    await client.call('double', 1);
    clock.advance(999);
    assert.equal(newest().isTerminated, false);
    clock.advance(1);
    assert.equal(newest().isTerminated, true);
    assert.deepEqual(happened, ['stop']);
    assert.equal(await client.call('double', 2), 4);
    assert.equal(threads.length, 2);
  });

  it('counts idleness from the last reply, not from the first', async () => {
    const { client, clock, newest } = setUp();
    await client.call('double', 1);
    clock.advance(600);
    await client.call('double', 1);
    clock.advance(600);
    assert.equal(newest().isTerminated, false);
  });

  it('does not retire a worker that still owes a reply', async () => {
    const { client, clock, newest } = setUp();
    await client.call('double', 1);
    newest().isSilent = true;
    void client.call('double', 2);
    clock.advance(5000);
    assert.equal(newest().isTerminated, false);
  });

  it('never retires a worker without an idle time', async () => {
    const { client, clock, newest } = setUp(null);
    await client.call('double', 1);
    clock.advance(1e9);
    assert.equal(newest().isTerminated, false);
  });

  it('fails what was waiting when the worker crashes, and everything until the pause is over', async () => {
    const { client, happened, clock, newest } = setUp();
    await client.call('double', 1);
    newest().isSilent = true;
    const waiting = client.call('double', 2);
    newest().emit('error', new Error('out of memory'));
    newest().emit('exit', 1);
    await assert.rejects(waiting, /out of memory/);
    await assert.rejects(client.call('double', 3), /not running/);
    clock.advance(1000);
    assert.deepEqual(happened, ['stop', 'crash out of memory 1000', 'recovery']);
    assert.equal(await client.call('double', 3), 6);
  });

  it('waits twice as long after each crash, and forgets the crashes once a worker lived', async () => {
    const { client, happened, clock, newest } = setUp(null);
    for (const livedMs of [0, 0, 60_000]) {
      await client.call('double', 1);
      clock.advance(livedMs);
      newest().emit('exit', 9);
      clock.advance(10_000);
    }
    const pauses = happened.filter((line) => line.startsWith('crash')).map((line) => line.split(' ').at(-1));
    assert.deepEqual(pauses, ['1000', '2000', '1000']);
  });

  it('passes events on, but none of a worker that was stopped', async () => {
    const { client, happened, newest } = setUp();
    await client.call('double', 1);
    newest().emit('message', { kind: 'event', event: 'changed' });
    client.stop();
    newest().emit('message', { kind: 'event', event: 'late' });
    assert.deepEqual(happened, ['event changed', 'stop']);
  });

  it('ends the worker when disposed and starts none after', async () => {
    const { client, threads, newest } = setUp();
    await client.call('double', 1);
    client.dispose();
    assert.equal(newest().isTerminated, true);
    await assert.rejects(client.call('double', 1), /not running/);
    assert.equal(threads.length, 1);
  });
});
