import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { piExtension } from '../../../../src/guard/agents/piExtension.ts';
import { loadPlugin } from './pluginOnDisk.ts';

type Handler = (event: object, context: object) => Promise<unknown>;

const own = { sessionID: 's', transcript: '/log_s.jsonl', cwd: '/p', isDriven: false };

/** Loads the extension as Pi does, with a launcher that answers one thing and notes what it was asked. */
async function load(answer: string, { hasUI = true, mode = 'tui' } = {}) {
  const loaded = await loadPlugin(piExtension, answer);
  const handlers = new Map<string, Handler>();
  loaded.module.default({ on: (event: string, handler: Handler) => handlers.set(event, handler) });
  const done: unknown[] = [];
  const context = {
    hasUI,
    mode,
    cwd: own.cwd,
    ui: { notify: (...all: readonly unknown[]) => done.push(...all) },
    abort: () => done.push('aborted'),
    sessionManager: { getSessionId: () => own.sessionID, getSessionFile: () => own.transcript },
  };
  return {
    ...loaded,
    run: (event: string, data: object = {}) => handlers.get(event)?.(data, context),
    done,
  };
}

const messages = [{ role: 'user', content: 'secret' }];
const stop = '{"kind":"stop","sentence":"spent"}';

describe('the extension for Pi', () => {
  before(function () {
    if (process.platform === 'win32') this.skip();
  });

  it('aborts a turn that is to stop before its request, and says why', async () => {
    using extension = await load(stop);
    assert.equal(await extension.run('context', { messages }), undefined);
    assert.deepEqual(extension.done, ['spent', 'error', 'aborted']);
    assert.equal(extension.asked(), `pi context ${JSON.stringify(own)}`);
  });

  it('says why on the error output where there is nobody to be notified', async () => {
    using extension = await load(stop, { hasUI: false });
    const said: unknown[] = [];
    const { error } = console;
    console.error = (text: unknown) => void said.push(text);
    try {
      await extension.run('context', { messages });
    } finally {
      console.error = error;
    }
    assert.deepEqual([said, extension.done], [['spent'], ['aborted']]);
  });

  it('says whether another program drives Pi', async () => {
    using extension = await load('', { mode: 'rpc' });
    await extension.run('context', { messages });
    assert.equal(extension.asked(), `pi context ${JSON.stringify({ ...own, isDriven: true })}`);
  });

  it('tells the model to conclude in the request itself', async () => {
    using extension = await load('{"kind":"wrapUp","sentence":"conclude"}');
    const told = (await extension.run('context', { messages })) as { messages: readonly object[] };
    assert.deepEqual(told.messages.slice(0, -1), messages);
    assert.deepEqual((told.messages.at(-1) as { content: unknown }).content, [
      { type: 'text', text: 'conclude' },
    ]);
    assert.deepEqual(extension.done, []);
  });

  it('lets nothing be summed up for a prompt that is going to be refused', async () => {
    using stopped = await load(stop);
    assert.deepEqual(await stopped.run('session_before_compact'), { cancel: true });
    using warned = await load('{"kind":"wrapUp","sentence":"conclude"}');
    assert.equal(await warned.run('session_before_compact'), undefined);
  });

  it('lets everything pass where the guard says nothing, nonsense, or is gone', async () => {
    for (const answer of ['', 'null', '1', '<html>', '{}']) {
      using extension = await load(answer);
      assert.equal(await extension.run('context', { messages }), undefined);
      assert.equal(await extension.run('session_before_compact'), undefined);
      assert.deepEqual(extension.done, []);
    }
    using extension = await load(stop);
    rmSync(extension.launcher);
    assert.equal(await extension.run('context', { messages }), undefined);
    assert.deepEqual(extension.done, []);
  });
});
