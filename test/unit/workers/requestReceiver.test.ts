import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { RequestReceivers } from '../../../src/workers/requestReceiver.ts';
import { exported, freePort, listenAt, number, send as sendTo, text } from './exports.ts';

const nowMs = Date.UTC(2026, 10, 27);
const logName = 'token-burn-requests-2026-11.jsonl';

const request = [
  text('user.id', '9ee0'),
  text('session.id', '035244ec'),
  text('event.name', 'api_request'),
  text('event.timestamp', '2026-11-27T14:12:40.773Z'),
  text('model', 'claude-opus-5-5'),
  number('input_tokens', 11),
  number('output_tokens', '301'),
  { key: 'cost_usd', value: { doubleValue: 0.018 } },
  text('request_id', 'req_1'),
];
const prompt = [text('event.name', 'user_prompt'), text('prompt', 'My secret plan')];
const kept =
  '{"event.timestamp":"2026-11-27T14:12:40.773Z","session.id":"035244ec","request_id":"req_1","model":"claude-opus-5-5","input_tokens":11,"output_tokens":301}\n';

describe('the receiver of Claude Code’s telemetry', () => {
  let folder: string;
  let port: number;
  let clock: number;
  let receivers: RequestReceivers;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'token-burn-'));
    port = await freePort();
    clock = nowMs;
    receivers = new RequestReceivers(() => clock);
  });
  afterEach(() => {
    receivers.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const ask = (asked: object = { port, secret: 's3cret' }) =>
    writeFileSync(join(folder, 'receiver.json'), JSON.stringify(asked));

  const send = (body: string | Buffer, headers: Record<string, string> = {}, path = '/v1/logs') =>
    sendTo(body, { port, headers, path });

  const logged = () => readFileSync(join(folder, logName), 'utf8');

  it('keeps the numbers of requests, and nothing that anybody wrote', async () => {
    ask();
    await receivers.follow([folder]);
    assert.equal(await send(exported(prompt, request)), 200);
    assert.equal(await send(exported(request, request)), 200);
    assert.equal(logged(), kept.repeat(3));
    if (process.platform !== 'win32') assert.equal(statSync(join(folder, logName)).mode & 0o77, 0);
  });

  it('takes nothing from who does not know the secret, and nothing else than exports', async () => {
    ask();
    await receivers.follow([folder]);
    assert.equal(await send(exported(request), { authorization: 'Bearer other' }), 401);
    assert.equal(await send(exported(request), { authorization: '' }), 401);
    assert.equal(await send(exported(request), {}, '/v1/traces'), 404);
    assert.equal(await send(exported(request), { 'content-type': 'text/plain' }), 415);
    for (const body of ['', 'no JSON', '[]', '{"resourceLogs":7}']) assert.equal(await send(body), 400);
    const odd = {
      resourceLogs: [7, { scopeLogs: [null, { logRecords: ['x', { attributes: [{}, null, { key: 7 }] }] }] }],
    };
    assert.equal(await send(JSON.stringify(odd)), 200);
    assert.deepEqual(readdirSync(folder), ['receiver.json']);
  });

  it('keeps no more of an export than it may hold', async () => {
    ask();
    await receivers.follow([folder]);
    const status = await send(Buffer.alloc(17 * 1024 * 1024, ' ')).catch(() => 'cut off');
    assert.ok(status === 413 || status === 'cut off');
    assert.equal(await send(exported(request)), 200);
    assert.equal(logged(), kept);
  });

  it('has an export sent again that it could not write', async () => {
    ask();
    await receivers.follow([folder]);
    mkdirSync(join(folder, logName));
    assert.equal(await send(exported(request)), 503);
    rmdirSync(join(folder, logName));
    assert.equal(await send(exported(request)), 200);
    assert.equal(logged(), kept);
  });

  it('writes below a line that was cut off, and one export after the other', async () => {
    ask();
    await receivers.follow([folder]);
    writeFileSync(join(folder, logName), '{"event.timestamp":"2026-');
    const many = exported(...Array.from({ length: 3_000 }, () => request));
    assert.deepEqual(await Promise.all([send(many), send(many), send(many)]), [200, 200, 200]);
    assert.equal(logged(), `{"event.timestamp":"2026-\n${kept.repeat(9_000)}`);
  });

  it('opens and closes as it is asked to, without being started anew', async () => {
    await receivers.follow([folder]);
    await assert.rejects(send(exported(request)));
    ask();
    await receivers.noteChanged([join(folder, logName)]);
    await assert.rejects(send(exported(request)));
    await receivers.noteChanged([dirname(folder)]);
    assert.equal(await send(exported(request)), 200);
    ask({ port, secret: 'other' });
    await receivers.noteChanged([join(folder, 'receiver.json')]);
    assert.equal(await send(exported(request)), 401);
    rmSync(join(folder, 'receiver.json'));
    await receivers.noteChanged([join(folder, 'receiver.json')]);
    await assert.rejects(send(exported(request)));
  });

  it('opens nowhere where it is not said rightly', async () => {
    for (const wrong of [
      {},
      { port },
      { port: 0, secret: 's' },
      { port: '80', secret: 's' },
      { port: 7e9, secret: 's' },
      [],
    ]) {
      ask(wrong);
      await receivers.follow([folder]);
      await assert.rejects(send(exported(request)));
    }
  });

  it('leaves a port to who has it, and takes it when that has ended', async () => {
    const other = await listenAt(port);
    ask();
    await receivers.follow([folder]);
    assert.equal(await send(exported(request)), 418);
    assert.deepEqual(receivers.portsTaken, [port]);
    other.close();
    other.closeAllConnections();
    // Not with every line of a log.
    await receivers.noteChanged(['/logs/session.jsonl']);
    await assert.rejects(send(exported(request)));
    clock += 2_000;
    await receivers.noteChanged(['/logs/session.jsonl']);
    assert.equal(await send(exported(request)), 200);
    assert.deepEqual(receivers.portsTaken, []);
  });

  it('says of no other window that it has taken the port', async () => {
    ask();
    await receivers.follow([folder]);
    const others = new RequestReceivers(() => clock);
    await others.follow([folder]);
    assert.deepEqual(others.portsTaken, []);
    receivers.close();
    clock += 2_000;
    assert.equal(await others.noteChanged(['/logs/session.jsonl']), true);
    assert.equal(await send(exported(request)), 200);
    assert.equal(await others.noteChanged(['/logs/session.jsonl']), false);
    others.close();
  });
});
