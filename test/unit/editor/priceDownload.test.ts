import assert from 'node:assert/strict';
import { download, hostOf } from '../../../src/editor/prices/download.ts';
import { LoopbackServer, type Respond } from '../engines/loopbackServer.ts';

describe('the download of prices', () => {
  const server = new LoopbackServer();
  before(() => server.start());
  after(() => server.stop());

  function ask(respond: Respond, limits: { timeLimitMs?: number; signal?: AbortSignal } = {}) {
    server.respond = respond;
    server.sent.length = 0;
    return download(`${server.url}/data.json`, {
      fetch: globalThis.fetch,
      timeLimitMs: 5_000,
      longestBytes: 1_000,
      signal: new AbortController().signal,
      ...limits,
    });
  }
  const problem = (problem: string) => ({ kind: 'failed', problem });

  it('asks once, and sends nothing but the request', async () => {
    const loaded = await ask((_sent, response) => response.end('[1]'));
    assert.ok(loaded.kind === 'bytes');
    assert.equal(Buffer.from(loaded.bytes).toString(), '[1]');
    const [{ method, path, headers, body } = assert.fail(), ...more] = server.sent;
    assert.deepEqual([method, path, body, more], ['GET', '/data.json', '', []]);
    for (const name of ['cookie', 'authorization', 'referer', 'origin']) assert.ok(!(name in headers), name);
  });

  it('gives up what is too long, too slow, elsewhere or not there, and when it is told to', async () => {
    assert.deepEqual(await ask((_sent, response) => response.end('x'.repeat(1_001))), problem('tooLong'));
    assert.deepEqual(await ask(() => {}, { timeLimitMs: 50 }), problem('timedOut'));
    const elsewhere: Respond = (_sent, response) => {
      response.writeHead(302, { location: `${server.url}/other` }).end();
    };
    assert.deepEqual(await ask(elsewhere), problem('redirected'));
    assert.equal(server.sent.length, 1);
    assert.deepEqual(await ask((_sent, response) => void response.writeHead(404).end()), problem('refused'));
    assert.deepEqual(await ask((_sent, response) => void response.destroy()), problem('unreachable'));
    const giveUp = new AbortController();
    const asking = ask(() => giveUp.abort(), { signal: giveUp.signal });
    assert.deepEqual(await asking, problem('cancelled'));
  });

  it('asks no address where others could change the answer', async () => {
    const limits = {
      fetch: () => assert.fail('it was asked'),
      timeLimitMs: 1,
      longestBytes: 1,
      signal: new AbortController().signal,
    };
    for (const address of ['', 'data.json', 'http://prices.example/data.json', 'file:///etc/prices.json']) {
      assert.deepEqual(await download(address, limits), problem('address'), address);
    }
    assert.equal(hostOf('https://prices.example/a/data.json'), 'prices.example');
    assert.equal(hostOf('http://127.0.0.1:8080/data.json'), '127.0.0.1:8080');
  });
});
