import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocketServer } from 'ws';
import { askEngine } from '../../../src/guard/engine.ts';

const messages = [
  { id: 1, method: 'initialize' },
  { id: 2, method: 'turn/interrupt', params: { turnId: 't' } },
];

describe('the engine of an agent', () => {
  let folder: string;
  let server: Server;
  let heard: unknown[];

  before(function () {
    if (process.platform === 'win32') this.skip();
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'engine-'));
    heard = [];
  });
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** @param answers to the second message */
  async function listen(...answers: readonly string[]): Promise<string> {
    const path = join(folder, 'engine.sock');
    server = createServer();
    new WebSocketServer({ server }).on('connection', (socket) => {
      socket.on('message', (data) => {
        heard.push(JSON.parse(String(data)));
        if (heard.length < messages.length) socket.send('{"id":1,"result":{}}');
        else for (const answer of answers) socket.send(answer);
      });
    });
    await new Promise<void>((resolve) => server.listen(path, resolve));
    return path;
  }

  it('hears all messages in their order, and grants the last one', async () => {
    const path = await listen('{"method":"noise"}', 'no JSON', '{"id":2,"result":{}}');
    assert.equal(await askEngine(path, messages), true);
    assert.deepEqual(heard, messages);
  });

  it('may refuse', async () => {
    assert.equal(await askEngine(await listen('{"id":2,"error":{"code":-1}}'), messages), false);
  });

  it('keeps nobody waiting that it does not answer', async () => {
    assert.equal(await askEngine(await listen(), messages), false);
  });

  it('need not be there', async () => {
    assert.equal(await askEngine(join(folder, 'nobody.sock'), messages), false);
  });
});
