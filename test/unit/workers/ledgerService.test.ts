import assert from 'node:assert/strict';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Reader } from '../../../src/agents/reader.ts';
import { guardFiles, guardFolderIn } from '../../../src/guard/guardFolder.ts';
import type { SideReader } from '../../../src/ledger/sideReader.ts';
import { loadBudgets } from '../../../src/oversight/budgetsInForce.ts';
import type { Billable } from '../../../src/pricing/price.ts';
import { nodeDisk } from '../../../src/workers/disk.ts';
import type { LedgerParts } from '../../../src/workers/ledgerParts.ts';
import type { LedgerEvent } from '../../../src/workers/ledgerProtocol.ts';
import { LedgerService } from '../../../src/workers/ledgerService.ts';
import { PriceBook } from '../../../src/workers/priceBook.ts';
import { type FakeLine, fakeReader, toLog } from '../ledger/fakeReader.ts';
import { onePicoEach, World } from '../ledger/world.ts';
import { catalogue } from '../pricing/bundled.ts';

const nowMs = 10_000_000;

class OnePicoEach extends PriceBook {
  override price(receipt: Billable) {
    return onePicoEach.price(receipt);
  }
}

/** Of an agent that logs into the project. */
const projectReader: Reader = {
  ...fakeReader(),
  agent: 'aider',
  roots: ({ workspaceFolders = [] }) => workspaceFolders.map((path) => ({ path, isFlat: true })),
};

describe('the ledger service', () => {
  let world: World;
  let services: LedgerService[];
  let events: LedgerEvent[];

  beforeEach(() => {
    world = new World();
    services = [];
    events = [];
  });
  afterEach(() => {
    for (const service of services) service.close();
    world.dispose();
  });

  async function open(
    limit: number | null,
    emit = (event: LedgerEvent) => void events.push(event),
    root = world.logs,
    workspaceFolders: readonly string[] = [],
    parts: Partial<LedgerParts> = {},
  ) {
    const reader = fakeReader({ roots: [root] });
    const service = new LedgerService({
      readers: [reader, projectReader],
      pricing: new OnePicoEach(catalogue),
      disk: nodeDisk,
      calendar: () => ({ timeZone: 'UTC', weekStart: 1 }),
      now: () => nowMs,
      emit,
      ...parts,
    });
    services.push(service);
    const handlers = service.handlers();
    const { platform } = process;
    const machine = { platform, homeFolder: world.folder, environment: {}, workspaceFolders };
    await handlers.open({
      options: { machine, dataFolder: world.data, logFolders: {} },
      settings: {
        budgets: [
          { source: world.data, project: null, value: limit === null ? [] : [{ per: 'session', limit }] },
        ],
        prices: {},
      },
    });
    return handlers;
  }

  it('reads logs in the projects of all windows, whichever of them scans', async () => {
    const [mine = '', yours = ''] = ['mine', 'yours'].map((name) => {
      const folder = join(world.folder, name);
      mkdirSync(folder);
      writeFileSync(join(folder, 'chat.log'), toLog({ agent: 'aider', id: name, session: name }));
      return folder;
    });
    const scanning = await open(null, undefined, world.logs, [mine]);
    await scanning.rescan(null);
    const waiting = await open(null, undefined, world.logs, [yours]);
    const keys = async () => {
      const { sessions } = await waiting.sessions({ limit: 10 });
      return sessions.map(({ key }) => key).sort();
    };
    for (let waits = 0; (await keys()).length < 2 && waits < 100; waits++) await sleep(20);
    assert.deepEqual(await keys(), ['mine', 'yours']);
    appendFileSync(join(yours, 'chat.log'), toLog({ agent: 'aider', id: 'more', session: 'more' }));
    await scanning.logsChanged({ paths: [join(yours, 'chat.log')] });
    assert.deepEqual(await keys(), ['mine', 'more', 'yours']);
  });

  it('reads logs in projects that were open once, and are still there', async () => {
    const project = join(world.folder, 'project');
    const gone = join(world.folder, 'gone');
    mkdirSync(project);
    await open(null, undefined, world.logs, [project, gone]);
    services.pop()?.close();
    writeFileSync(join(project, 'chat.log'), toLog({ agent: 'aider', id: 'a', session: 'later' }));
    const handlers = await open(null);
    await handlers.rescan(null);
    const { sessions } = await handlers.sessions({ limit: 10 });
    assert.deepEqual(
      sessions.map(({ key }) => key),
      ['later'],
    );
    const status = events.flatMap((event) => (event.type === 'status' ? [event.status] : [])).at(-1);
    assert.deepEqual(
      status?.folders.map(({ path }) => path),
      [world.logs, project],
    );
  });

  it('has what a new ledger needs no sooner wait until its first scan is over, and an old one nothing', async () => {
    world.write('a.log', toLog({ id: 'a', session: 's' }));
    const programs = { cataloguePath: join(world.folder, 'dist', 'catalogue.json'), version: '1.0.0' };
    mkdirSync(join(world.folder, 'dist'));
    for (const name of [guardFiles.accountant, guardFiles.mcp, guardFiles.catalogue]) {
      writeFileSync(join(world.folder, 'dist', name), name);
    }
    const installed = join(guardFolderIn(world.data), guardFiles.accountant);
    const acts: string[] = [];
    const startSideReader = (): SideReader => {
      acts.push('begun');
      const ended = () => Promise.reject(new Error('it has ended'));
      return { begin: ended, next: ended, drop: ended, close: () => acts.push('ended') };
    };
    const prepareHost = () => acts.push(`prepared ${existsSync(installed)}`);
    const parts = { startSideReader, prepareHost, programs };
    const handlers = await open(null, undefined, world.logs, [], parts);
    assert.deepEqual([acts, existsSync(installed)], [['begun'], false]);
    await handlers.rescan(null);
    for (let waits = 0; acts.length < 3 && waits < 100; waits++) await sleep(20);
    assert.deepEqual(acts, ['begun', 'ended', 'prepared true']);
    services.pop()?.close();
    rmSync(installed);
    await open(null, undefined, world.logs, [], parts);
    assert.deepEqual(acts.slice(3), ['prepared true'], 'with no thread before it is known to be wanted');
  });

  it('writes what a guard must know at once where budgets may stop something, whatever ledger there is', async () => {
    const programs = { cataloguePath: join(world.folder, 'dist', 'catalogue.json'), version: '1.0.0' };
    mkdirSync(join(world.folder, 'dist'));
    for (const name of [guardFiles.accountant, guardFiles.mcp, guardFiles.catalogue]) {
      writeFileSync(join(world.folder, 'dist', name), name);
    }
    await open(5, undefined, world.logs, [], { programs });
    assert.ok(existsSync(join(guardFolderIn(world.data), guardFiles.accountant)));
  });

  it('says that nothing can be stopped only where the ledger has the budgets that are asked for', async () => {
    const programs = { cataloguePath: join(world.folder, 'dist', 'catalogue.json'), version: '1.0.0' };
    const handlers = await open(5, undefined, world.logs, [], { programs });
    for (let look = 0; look < 3; look++) {
      await handlers.rescan(null);
      await sleep(120);
      assert.equal(existsSync(join(guardFolderIn(world.data), guardFiles.none)), false);
    }
    services.pop()?.close();
    const later = await open(null, undefined, world.logs, [], { programs });
    await later.rescan(null);
    const isNone = () => existsSync(join(guardFolderIn(world.data), guardFiles.none));
    for (let waits = 0; !isNone() && waits < 100; waits++) await sleep(20);
    assert.ok(isNone());
  });

  it('keeps the budgets of a window that does not read itself, and lets none pass that it would stop', async () => {
    const programs = { cataloguePath: join(world.folder, 'dist', 'catalogue.json'), version: '1.0.0' };
    const isNone = () => existsSync(join(guardFolderIn(world.data), guardFiles.none));
    await (await open(null, undefined, world.logs, [], { programs })).rescan(null);
    for (let waits = 0; !isNone() && waits < 100; waits++) await sleep(20);
    assert.ok(isNone());
    await open(5, undefined, world.logs, [], { programs });
    const ledger = world.open(join(world.data, 'ledger.db'));
    for (let waits = 0; loadBudgets(ledger).length === 0 && waits < 50; waits++) await sleep(20);
    assert.deepEqual([loadBudgets(ledger).length, isNone()], [1, false]);
  });

  it('looks at the folders only after what a look has brought was told', async () => {
    const handlers = await open(null);
    await handlers.rescan(null);
    await sleep(600);
    const files = () =>
      events.flatMap((event) => (event.type === 'status' ? event.status.folders : [])).at(-1)?.files ?? 0;
    assert.equal(files(), 0);
    await handlers.logsChanged({ paths: [world.write('x.log', toLog({ id: 'a', session: 's' }))] });
    assert.equal(files(), 0);
    for (let waits = 0; files() === 0 && waits < 100; waits++) await sleep(20);
    assert.equal(files(), 1);
  });

  it('tells nothing of its end', async () => {
    const handlers = await open(null);
    await handlers.rescan(null);
    const told = events.length;
    services.pop()?.close();
    await sleep(50);
    assert.equal(events.length, told);
  });

  it('ends a thread that nobody has asked for when it is closed', async () => {
    const acts: string[] = [];
    const never = () => new Promise<never>(() => {});
    const startSideReader = (): SideReader => ({
      begin: never,
      next: never,
      drop: never,
      close: () => acts.push('ended'),
    });
    await open(null, undefined, world.logs, [], { startSideReader });
    services.pop()?.close();
    assert.deepEqual(acts, ['ended']);
  });

  it('reads what changes behind links, by the names that a whole look gives it', async () => {
    const elsewhere = join(world.folder, 'elsewhere');
    mkdirSync(elsewhere);
    symlinkSync(elsewhere, join(world.logs, 'link'));
    symlinkSync(world.logs, join(world.folder, 'root'));
    const handlers = await open(null, undefined, join(world.folder, 'root'));
    await handlers.rescan(null);
    const receipts = async (path: string) => {
      await handlers.logsChanged({ paths: [path] });
      const { sessions } = await handlers.sessions({ limit: 10 });
      return sessions.map(({ tree }) => tree.receipts);
    };
    const log = join(elsewhere, 'x.log');
    writeFileSync(log, toLog({ id: 'a', session: 's' }));
    assert.deepEqual(await receipts(join(world.folder, 'root', 'link', 'x.log')), [1]);
    appendFileSync(log, toLog({ id: 'b', session: 's' }));
    assert.deepEqual(await receipts(join(world.logs, 'link')), [2]);
    const path = world.write('y.log', toLog({ id: 'c', session: 's' }));
    assert.deepEqual(await receipts(path.replace(world.logs, join(world.folder, 'root'))), [3]);
    await handlers.rescan(null);
    const files = () => events.flatMap((event) => (event.type === 'status' ? event.status.folders : []));
    for (let waits = 0; files().at(-1)?.files !== 2 && waits < 100; waits++) await sleep(20);
    assert.equal(files().at(-1)?.files, 2);
  });

  it('tells of a session of the past that is resumed and spends more, once', async () => {
    const past = Array.from({ length: 3 }, (_, n) => ({ id: `past ${n}`, session: `s${n}`, at: 1 }));
    const log = world.write('x.log', toLog(...past));
    const handlers = await open(0);
    await handlers.rescan(null);
    const crossed = () =>
      events.flatMap((event) => (event.type === 'budgetCrossed' ? (event.standing.session?.key ?? []) : []));
    const append = async (line: FakeLine) => {
      appendFileSync(log, toLog(line));
      await handlers.logsChanged({ paths: [log] });
      // Budgets are looked at for a small share of the time.
      await sleep(500);
      return crossed();
    };
    assert.deepEqual(await append({ session: 's1', facts: { atMs: nowMs } }), []);
    assert.deepEqual(await append({ id: 'more', session: 's1', at: nowMs }), ['s1']);
    assert.deepEqual(await append({ id: 'and more', session: 's1', at: nowMs }), ['s1']);
  });

  it('reads on when an error meets who is told of a budget, and warns of it', async () => {
    world.write('x.log', toLog({ id: 'a', session: 's', at: nowMs }));
    const warned = once(process, 'warning');
    const handlers = await open(0, (event) => {
      if (event.type === 'budgetCrossed') throw new Error('a budget went wrong');
    });
    await handlers.rescan(null);
    assert.match(String((await warned)[0]), /a budget went wrong/);
    assert.equal((await handlers.sessions({ limit: 10 })).totalSessions, 1);
  });
});
