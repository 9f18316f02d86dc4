import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { anthropic } from '../../../src/engines/anthropic.ts';
import { type CountOutcome, countTokens } from '../../../src/engines/countTokens.ts';
import { google } from '../../../src/engines/google.ts';
import { engineKinds } from '../../../src/engines/localEngine.ts';
import type { Protocol } from '../../../src/engines/protocol.ts';
import { engineServers, ollamaServer, words } from './engineServers.ts';
import { LoopbackServer, type Respond, type SentRequest, sendJson } from './loopbackServer.ts';

const text = 'the tides turn\ntwice "a" day — always 🌊';
const never = new AbortController().signal;

describe('counting by a server', () => {
  let server: LoopbackServer;

  beforeEach(async () => {
    server = new LoopbackServer();
    await server.start();
  });
  afterEach(() => server.stop());

  function count(protocol: Protocol, respond: Respond, { model = 'tides', signal = never } = {}) {
    server.respond = respond;
    const question = { text, model, key: 'secret' };
    return countTokens({ protocol, baseUrl: server.url }, question, { fetch, signal });
  }

  const counted = (tokens: number): CountOutcome => ({ kind: 'counted', tokens, isFramed: false });

  for (const [kind, respond] of Object.entries(engineServers)) {
    it(`has the tokens of the text alone from ${kind}`, async () => {
      const { protocol } = engineKinds[kind as keyof typeof engineServers];
      assert.deepEqual(await count(protocol, respond), counted(words(text).length));
      assert.equal(server.sent.filter(({ body }) => body.includes('tides turn')).length, 1);
    });
  }

  it('does not send a text of no characters', async () => {
    const question = { text: '', model: 'tides', key: '' };
    const { protocol } = engineKinds['llama.cpp'];
    const outcome = await countTokens({ protocol, baseUrl: server.url }, question, { fetch, signal: never });
    assert.deepEqual(outcome, counted(0));
    assert.equal(server.sent.length, 0);
  });

  it('does not take the context of Ollama for the length of a text that was cut to it', async () => {
    const outcome = await count(engineKinds.ollama.protocol, ollamaServer(5));
    assert.deepEqual(outcome, { kind: 'failed', problem: 'textTooLong' });
  });

  it('asks Ollama to refuse what it would cut, and to write as little as it can', async () => {
    await count(engineKinds.ollama.protocol, engineServers.ollama);
    const { truncate, raw, stream, options } = JSON.parse(server.sent[0]?.body ?? '');
    assert.deepEqual(
      { truncate, raw, stream, options },
      {
        truncate: false,
        raw: true,
        stream: false,
        options: { num_predict: 1 },
      },
    );
  });

  describe('of a vendor', () => {
    const answerAnthropic: Respond = (_sent, response) => sendJson(response, { input_tokens: 17 });

    it('sends Anthropic the text, the model and the key, and nothing else', async () => {
      await count(anthropic, answerAnthropic, { model: 'claude-sonnet-5-5' });
      const [sent] = server.sent as [SentRequest];
      assert.equal(server.sent.length, 1);
      assert.equal(sent.path, '/v1/messages/count_tokens');
      assert.deepEqual(JSON.parse(sent.body), {
        model: 'claude-sonnet-5-5',
        messages: [{ role: 'user', content: text }],
      });
      assert.equal(sent.headers['x-api-key'], 'secret');
      assert.equal(sent.headers['anthropic-version'], '2023-06-01');
      assert.equal(sent.headers.cookie, undefined);
    });

    for (const [model, frame] of [
      ['claude-sonnet-5-5', 6],
      ['claude-opus-5', 6],
      ['claude-opus-4-8', 11],
      ['claude-sonnet-4-6', 7],
      ['claude-haiku-4-5', 7],
      ['claude-sonnet-4-20250514', 7],
      ['claude-3-5-sonnet-latest', 7],
    ] as const) {
      it(`takes off the frame of a message that ${model} has`, async () => {
        assert.deepEqual(await count(anthropic, answerAnthropic, { model }), counted(17 - frame));
      });
    }

    it('says that the frame is in a count of which nobody measured it', async () => {
      const outcome = await count(anthropic, answerAnthropic, { model: 'claude-tide-7' });
      assert.deepEqual(outcome, { kind: 'counted', tokens: 17, isFramed: true });
    });

    it('sends Google the text and the key, and the model in the path, escaped', async () => {
      const respond: Respond = (_sent, response) => sendJson(response, { totalTokens: 10 });
      assert.deepEqual(await count(google, respond, { model: 'gemini-3.8-flash' }), counted(10));
      await count(google, respond, { model: '../files?x=' });
      const [sent, odd] = server.sent as [SentRequest, SentRequest];
      assert.equal(sent.path, '/v1beta/models/gemini-3.8-flash:countTokens');
      assert.deepEqual(JSON.parse(sent.body), { contents: [{ parts: [{ text }] }] });
      assert.equal(sent.headers['x-goog-api-key'], 'secret');
      assert.equal(odd.path, '/v1beta/models/..%2Ffiles%3Fx%3D:countTokens');
    });
  });

  describe('that misbehaves', () => {
    const { protocol } = engineKinds['llama.cpp'];
    const hasty: Protocol = { ...protocol, timeLimitMs: 100 };
    const failed = (problem: string) => ({ kind: 'failed', problem });

    const statuses: Readonly<Record<number, string>> = {
      400: 'rejected',
      401: 'unauthorized',
      403: 'unauthorized',
      404: 'notFound',
      413: 'textTooLong',
      422: 'rejected',
      429: 'tooManyRequests',
      500: 'serverError',
      503: 'serverError',
    };
    for (const [status, problem] of Object.entries(statuses)) {
      it(`names the status ${status}`, async () => {
        const respond: Respond = (_sent, response) => sendJson(response, { tokens: [1] }, Number(status));
        assert.deepEqual(await count(protocol, respond), failed(problem));
      });
    }

    for (const status of [301, 302, 303, 307, 308]) {
      it(`does not follow where the status ${status} leads`, async () => {
        const other = new LoopbackServer((_sent, response) => sendJson(response, { tokens: [1] }));
        await other.start();
        try {
          const respond: Respond = (_sent, response) =>
            response.writeHead(status, { location: `${other.url}/tokenize` }).end();
          assert.deepEqual(await count(protocol, respond), failed('redirected'));
          assert.equal(other.sent.length, 0);
        } finally {
          await other.stop();
        }
      });
    }

    it('names a server that is not there', async () => {
      const url = server.url;
      await server.stop();
      const question = { text, model: '', key: '' };
      const outcome = await countTokens({ protocol, baseUrl: url }, question, { fetch, signal: never });
      assert.deepEqual(outcome, failed('notRunning'));
      await server.start();
    });

    it('names a host that does not exist', async () => {
      const lost = Object.assign(new TypeError('fetch failed'), { cause: { code: 'ENOTFOUND' } });
      const ports = { fetch: () => Promise.reject(lost), signal: never };
      const question = { text, model: '', key: '' };
      const outcome = await countTokens({ protocol, baseUrl: 'http://tides.invalid' }, question, ports);
      assert.deepEqual(outcome, failed('unknownHost'));
    });

    it('names a server that speaks another protocol', async () => {
      const other = createServer((socket) => socket.end('220 tides ready\r\n'));
      await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
      try {
        const address = other.address();
        assert.ok(typeof address === 'object' && address !== null);
        const baseUrl = `http://127.0.0.1:${address.port}`;
        const question = { text, model: '', key: '' };
        const outcome = await countTokens({ protocol, baseUrl }, question, { fetch, signal: never });
        assert.deepEqual(outcome, failed('unreachable'));
      } finally {
        other.close();
      }
    });

    it('gives up on a server that never answers', async () => {
      assert.deepEqual(await count(hasty, () => {}), failed('timedOut'));
    });

    it('gives up on a server that never ends its answer', async () => {
      const respond: Respond = (_sent, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('{"tokens":[1');
      };
      assert.deepEqual(await count(hasty, respond), failed('timedOut'));
    });

    it('gives up when the user does', async () => {
      const giveUp = new AbortController();
      const outcome = count(protocol, () => {}, { signal: giveUp.signal });
      await pause(20);
      giveUp.abort();
      assert.deepEqual(await outcome, failed('cancelled'));
    });

    it('gives up on an answer without end', async () => {
      const piece = Buffer.alloc(256 * 1024, '1,');
      const respond: Respond = (_sent, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('{"tokens":[');
        const more = () => {
          while (!response.destroyed && response.write(piece)) {}
          if (!response.destroyed) response.once('drain', more);
        };
        more();
      };
      assert.deepEqual(await count(protocol, respond), failed('malformed'));
    });

    const garbage: Readonly<Record<string, readonly [type: string, body: string]>> = {
      'a page': ['text/html', '<html>Sign in</html>'],
      'a list under the wrong type': ['text/plain', '{"tokens":[1,2]}'],
      'JSON that is cut off': ['application/json', '{"tokens":[1,2'],
      'an empty answer': ['application/json', ''],
      'another object': ['application/json', '{"error":"no"}'],
      'a number in place of the list': ['application/json', '{"tokens":3}'],
      'no tokens for a text that has some': ['application/json', '{"tokens":[]}'],
    };
    for (const [name, [type, body]] of Object.entries(garbage)) {
      it(`does not take ${name} for a count`, async () => {
        const respond: Respond = (_sent, response) =>
          response.writeHead(200, { 'content-type': type }).end(body);
        assert.deepEqual(await count(protocol, respond), failed('malformed'));
      });
    }

    for (const value of [-1, 1.5, 1e300, '12', null, [12]]) {
      it(`does not take ${JSON.stringify(value)} for a count`, async () => {
        const respond: Respond = (_sent, response) => sendJson(response, { input_tokens: value });
        const outcome = await count(anthropic, respond, { model: 'claude-sonnet-5-5' });
        assert.deepEqual(outcome, failed('malformed'));
      });
    }
  });
});
