import assert from 'node:assert/strict';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { wholeOf } from '../../../src/domain/account.ts';
import { parseDollars } from '../../../src/domain/money.ts';
import { Caller } from '../../../src/workers/channel.ts';
import type {
  LedgerEvent,
  LedgerOptions,
  LedgerRequests,
  LedgerWorkerData,
} from '../../../src/workers/ledgerProtocol.ts';
import { build, providers } from '../pricing/bundled.ts';
import { exported, freePort, number, send, text } from './exports.ts';

const program = new URL('../../../src/workers/ledgerMain.ts', import.meta.url);

/** A worker with the events that it sent. */
interface Window {
  readonly caller: Caller<LedgerRequests, LedgerEvent>;
  readonly events: LedgerEvent[];
  readonly worker: Worker;
}

describe('the ledger worker', function () {
  this.timeout(20_000);
  let folder: string;
  let windows: Window[];
  let log: string;

  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'token-burn-')));
    writeFileSync(join(folder, 'catalogue.json'), JSON.stringify(build.catalogue));
    log = join(folder, 'claude', 'projects', 'p', 'session-1.jsonl');
    mkdirSync(dirname(log), { recursive: true });
    windows = [];
  });
  afterEach(async () => {
    for (const { worker } of windows) await worker.terminate();
    rmSync(folder, { recursive: true, force: true });
  });

  function start(): Window {
    const workerData: LedgerWorkerData = { cataloguePath: join(folder, 'catalogue.json'), language: 'en' };
    const worker = new Worker(program, { workerData });
    const events: LedgerEvent[] = [];
    const window = {
      worker,
      events,
      caller: new Caller<LedgerRequests, LedgerEvent>(worker, (event) => events.push(event)),
    };
    windows.push(window);
    return window;
  }

  const budgetsOf = (limit: number | null) => [
    { source: folder, project: null, value: limit === null ? [] : [{ per: 'session', limit }] },
  ];

  function openParams(limit: number | null = null, options: Partial<LedgerOptions> = {}) {
    const machine = { platform: process.platform, homeFolder: folder, environment: {} };
    const logFolders = { 'claude-code': [join(folder, 'claude')], codex: [] };
    return {
      options: { machine, dataFolder: join(folder, 'data'), logFolders, ...options },
      settings: { budgets: budgetsOf(limit), prices: {} },
    };
  }

  async function open(...params: Parameters<typeof openParams>): Promise<Window> {
    const window = start();
    await window.caller.call('open', openParams(...params));
    return window;
  }

  /** One response of one million output tokens. */
  function answer(id: string, atMs = Date.now()): string {
    const usage = {
      input_tokens: 0,
      output_tokens: 1_000_000,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
    };
    const message = { id, model: 'claude-sonnet-4-5', role: 'assistant', content: [], usage };
    const timestamp = new Date(atMs).toISOString();
    return `${JSON.stringify({ type: 'assistant', sessionId: 'session-1', requestId: `req_${id}`, timestamp, message })}\n`;
  }

  const crossings = ({ events }: Window) => events.filter((event) => event.type === 'budgetCrossed');

  async function until(condition: () => boolean): Promise<void> {
    for (let waits = 0; !condition() && waits < 200; waits++) await sleep(20);
    assert.ok(condition());
  }

  it('prices what an agent logs, in sessions and totals, and follows as it writes', async () => {
    writeFileSync(log, answer('msg_1'));
    const { caller, events } = await open();
    await caller.call('rescan', null);
    appendFileSync(log, answer('msg_2'));
    events.length = 0;
    await caller.call('logsChanged', { paths: [log] });
    const page = await caller.call('sessions', { limit: 10 });
    assert.deepEqual(
      [page.totalSessions, page.sessions[0]?.key, page.sessions[0]?.tree.cost],
      [1, 'session-1', parseDollars('30')],
    );
    assert.equal(wholeOf(await caller.call('totals', { unit: 'month' })).cost, parseDollars('30'));
    await until(() => events.some((event) => event.type === 'changed'));
    const isScanning = (event: LedgerEvent) => event.type === 'status' && event.status.phase === 'scanning';
    assert.ok(!events.some(isScanning), 'a single log is no scan to speak of');
  });

  it('tells a crossing once, over windows and restarts, and again after a reset', async () => {
    const limit = 20;
    writeFileSync(log, answer('msg_1'));
    const first = await open(limit);
    await first.caller.call('rescan', null);
    assert.equal(crossings(first).length, 0);
    appendFileSync(log, answer('msg_2'));
    await first.caller.call('logsChanged', { paths: [log] });
    await until(() => crossings(first).length === 1);

    const second = await open(limit);
    appendFileSync(log, answer('msg_3'));
    await first.caller.call('logsChanged', { paths: [log] });
    await first.worker.terminate();
    await second.caller.call('rescan', null);
    const third = await open(limit);
    await third.caller.call('rescan', null);
    assert.deepEqual(
      [first, second, third].map((window) => crossings(window).length),
      [1, 0, 0],
    );

    assert.deepEqual(await second.caller.call('resetBudget', { budget: null, session: null }), { reset: 1 });
    const [session] = (await second.caller.call('sessions', { limit: 1 })).sessions;
    assert.deepEqual([session?.budget?.spent, session?.tree.cost], [0n, parseDollars('45')]);
    appendFileSync(log, answer('msg_4', Date.now() + 1) + answer('msg_5', Date.now() + 2));
    await second.caller.call('logsChanged', { paths: [log] });
    await until(() => crossings(second).length + crossings(third).length === 1);
  });

  it('is silent about sessions of the past, whatever they cost', async () => {
    writeFileSync(log, answer('msg_1', Date.now() - 3_600_000));
    const window = await open(1);
    await window.caller.call('rescan', null);
    const [session] = (await window.caller.call('sessions', { limit: 1 })).sessions;
    assert.deepEqual([session?.budget?.level, crossings(window).length], ['over', 0]);
  });

  it('holds sessions against a limit as soon as it is set', async () => {
    writeFileSync(log, answer('msg_1'));
    const window = await open();
    await window.caller.call('rescan', null);
    await window.caller.call('configure', { budgets: budgetsOf(15), prices: {} });
    await until(() => crossings(window).length === 1);
  });

  const spent = async ({ caller }: Window) => wholeOf(await caller.call('totals', { unit: 'month' })).cost;
  const own = (output: number) => ({
    budgets: [],
    prices: { 'claude-sonnet-*': { input: 0, output } },
  });

  it('prices anew what own prices change, whichever window hears of them first', async () => {
    writeFileSync(log, answer('msg_1'));
    const scanner = await open();
    await scanner.caller.call('rescan', null);
    const reader = await open();
    await reader.caller.call('configure', own(4));
    assert.deepEqual([await spent(reader), await spent(scanner)], [parseDollars('4'), parseDollars('4')]);
    appendFileSync(log, answer('msg_2'));
    await scanner.caller.call('logsChanged', { paths: [log] });
    assert.equal(await spent(scanner), parseDollars('19'));
    await scanner.caller.call('configure', own(4));
    assert.equal(await spent(reader), parseDollars('8'));
    await Promise.all(
      [scanner, reader].map(({ caller }) => caller.call('configure', { ...own(0), prices: {} })),
    );
    assert.equal(await spent(reader), parseDollars('30'));
  });

  it('starts with own prices, and says which of them it leaves out', async () => {
    writeFileSync(log, answer('msg_1'));
    const { caller } = start();
    const prices = { ...own(2).prices, wrong: { input: 1 } };
    const { problems } = await caller.call('open', {
      ...openParams(),
      settings: { budgets: [], prices },
    });
    assert.deepEqual(problems, [
      { kind: 'wrongPrices', wrong: [{ name: 'wrong', field: '', fault: 'shape' }] },
    ]);
    await caller.call('rescan', null);
    assert.equal(wholeOf(await caller.call('totals', { unit: 'month' })).cost, parseDollars('2'));
    assert.deepEqual(await caller.call('unpricedModels', null), []);
  });

  it('prices everything anew on command, from a window that only reads, and tells how far it is', async () => {
    writeFileSync(log, answer('msg_1') + answer('msg_2'));
    const scanner = await open();
    await scanner.caller.call('rescan', null);
    const reader = await open();
    const repriced = await reader.caller.call('reprice', null);
    assert.deepEqual([repriced.receipts, repriced.changed, repriced.after], [2, 0, parseDollars('30')]);
    const shares = reader.events.flatMap((event) => (event.type === 'repricing' ? event.share : []));
    assert.equal(shares.at(-1), 1);
  });

  it('offers the catalogue, the likeliest first and never the model itself', async () => {
    const { caller } = await open();
    const [first] = await caller.call('priceChoices', { model: 'claude-sonnet-5-6' });
    assert.match(first?.id ?? '', /^claude-sonnet-5/);
    const others = await caller.call('priceChoices', { model: 'claude-sonnet-5' });
    assert.ok(!others.some(({ id }) => id === 'claude-sonnet-5'));
  });

  /** A catalogue with a price for a model that the bundled one does not know, and another for one that it does. */
  function newerCatalogue(): Uint8Array<ArrayBuffer> {
    const data: { models: object[] }[] = JSON.parse(JSON.stringify(providers));
    const priced = (id: string, output: number) => ({
      id,
      match: { equals: id },
      prices: { input_mtok: 1, output_mtok: output },
    });
    data[0]?.models.unshift(priced('claude-tide-1', 7), priced('claude-sonnet-4-5', 1));
    return new TextEncoder().encode(JSON.stringify(data));
  }

  it('holds what a downloaded catalogue has given prices to against budgets at once', async () => {
    writeFileSync(log, answer('msg_1') + answer('msg_2').replace('claude-sonnet-4-5', 'claude-tide-1'));
    const window = await open(20);
    await window.caller.call('rescan', null);
    assert.equal(crossings(window).length, 0);
    await window.caller.call('updatePrices', { json: newerCatalogue() });
    assert.equal(crossings(window).length, 1);
  });

  it('uses a catalogue that was downloaded from then on, keeps prices once given, and goes back', async () => {
    writeFileSync(log, answer('msg_1') + answer('msg_2').replace('claude-sonnet-4-5', 'claude-tide-1'));
    const { caller } = await open();
    await caller.call('rescan', null);
    const json = newerCatalogue();
    assert.equal((await caller.call('updatePrices', { json })).kind, 'updated');
    assert.equal(wholeOf(await caller.call('totals', { unit: 'month' })).cost, parseDollars('22'));
    assert.equal((await caller.call('reprice', null)).after, parseDollars('8'));
    const later = await open();
    assert.equal(await later.caller.call('hasUpdatedPrices', null), true);
    await later.caller.call('useBundledPrices', null);
    assert.equal((await later.caller.call('reprice', null)).after, parseDollars('22'));
    assert.equal(await (await open()).caller.call('hasUpdatedPrices', null), false);
  });

  it('says which folders it looked into', async () => {
    writeFileSync(log, `${answer('msg_1')}{"type":"assistant"\n`);
    const window = await open();
    await window.caller.call('rescan', null);
    const isReady = (event: LedgerEvent) =>
      event.type === 'status' && event.status.phase === 'ready' && event.status.folders[0]?.files === 1;
    await until(() => window.events.some(isReady));
    const { caller: again } = window;
    const status = await again.call('open', openParams());
    assert.deepEqual(status.problems, []);
    const found = status.folders.filter(({ state }) => state === 'found');
    assert.deepEqual(found, [
      {
        agent: 'claude-code',
        path: join(folder, 'claude'),
        watched: null,
        isForeign: false,
        state: 'found',
        files: 1,
        refused: { malformed: 1 },
      },
    ]);
  });

  it('answers what is asked before it was opened with an error', async () => {
    await assert.rejects(start().caller.call('rescan', null), /not been opened/);
  });

  it('keeps a ledger in memory when it is given no folder', async () => {
    writeFileSync(log, answer('msg_1'));
    const { caller } = await open(null, { dataFolder: null });
    await caller.call('rescan', null);
    assert.equal((await caller.call('sessions', { limit: 1 })).totalSessions, 1);
  });

  it('receives what Claude Code’s telemetry tells of its requests', async () => {
    const port = await freePort();
    const beside = join(folder, 'claude', 'token-burn');
    mkdirSync(beside);
    writeFileSync(join(beside, 'receiver.json'), JSON.stringify({ port, secret: 's3cret' }));
    const { caller } = await open();
    const event = [
      text('event.name', 'api_request'),
      text('event.timestamp', new Date().toISOString()),
      text('session.id', 'session-1'),
      text('request_id', 'req_1'),
      text('model', 'claude-sonnet-5'),
      number('output_tokens', 7),
    ];
    const isReceived = async () => (await send(exported(event), { port }).catch(() => 0)) === 200;
    for (let waits = 0; !(await isReceived()) && waits < 200; waits++) await sleep(20);
    const [log = ''] = readdirSync(beside).filter((name) => name.endsWith('.jsonl'));
    await caller.call('logsChanged', { paths: [join(beside, log)] });
    const { sessions } = await caller.call('sessions', { limit: 10 });
    assert.deepEqual(
      sessions.map(({ key, own }) => [key, own.tokens.output]),
      [['session-1', 7]],
    );
  });
});
