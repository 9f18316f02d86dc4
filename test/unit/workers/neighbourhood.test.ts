import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { mock } from 'node:test';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { pathsOf } from '../../../src/agents/folders.ts';
import type { Reader } from '../../../src/agents/reader.ts';
import type { Handlers } from '../../../src/workers/channel.ts';
import { type Disk, nodeDisk } from '../../../src/workers/disk.ts';
import type { LedgerRequests } from '../../../src/workers/ledgerProtocol.ts';
import { LedgerService } from '../../../src/workers/ledgerService.ts';
import { Neighbourhood } from '../../../src/workers/neighbourhood.ts';
import { PriceBook } from '../../../src/workers/priceBook.ts';
import { fakeReader, toLog } from '../ledger/fakeReader.ts';
import { World } from '../ledger/world.ts';
import { catalogue } from '../pricing/bundled.ts';
import { fakeDisk } from './fakeDisk.ts';

const homeReader: Reader = {
  ...fakeReader(),
  roots: (machine) => [{ path: pathsOf(machine).join(machine.homeFolder, 'logs') }],
};

describe('a ledger with neighbours', () => {
  let world: World;
  let service: LedgerService;
  let handlers: Handlers<LedgerRequests>;

  beforeEach(() => {
    world = new World();
    const textOf = async (path: string) =>
      path === '/etc/wsl.conf' ? `[automount]\nroot=${world.folder}/drives` : '';
    const disk: Disk = { ...nodeDisk, textOf };
    service = new LedgerService({
      readers: [homeReader],
      pricing: new PriceBook(catalogue),
      disk,
      calendar: () => ({ timeZone: 'UTC', weekStart: 1 }),
      now: () => 1_000,
      emit() {},
    });
    handlers = service.handlers();
  });
  afterEach(() => {
    service.close();
    world.dispose();
  });

  function write(home: string, ...ids: readonly string[]): void {
    const folder = join(world.folder, home, 'logs');
    mkdirSync(folder, { recursive: true });
    for (const id of ids) appendFileSync(join(folder, 'x.log'), toLog({ id, session: home }));
  }

  async function open(readsNeighbours: boolean): Promise<void> {
    const homeFolder = join(world.folder, 'home');
    const machine = { platform: 'linux', homeFolder, environment: { WSL_DISTRO_NAME: 'Ubuntu' } } as const;
    await handlers.open({
      options: { machine, dataFolder: world.data, logFolders: {}, readsNeighbours },
      settings: { budgets: [], prices: {} },
    });
  }

  const sessions = async () => {
    await handlers.rescan(null);
    const page = await handlers.sessions({ limit: 9 });
    return page.sessions.map(({ key, tree }) => `${key} ${tree.receipts}`).sort();
  };

  it('reads their homes beside its own, and those that come later', async () => {
    write('home', '1');
    write('drives/c/Users/Ann', '2', '3');
    await open(true);
    const both = ['drives/c/Users/Ann 2', 'home 1'];
    assert.deepEqual(await sessions(), both);
    write('drives/c/Users/Ben', '4');
    assert.deepEqual(await sessions(), [...both.slice(0, 1), 'drives/c/Users/Ben 1', 'home 1']);
    write('drives/c/Users/Ann', '5');
    assert.deepEqual(await sessions(), ['drives/c/Users/Ann 3', 'drives/c/Users/Ben 1', 'home 1']);
  });

  it('looks into their homes from time to time, and wakes nobody to calibrate by their logs', async () => {
    write('home', '1');
    write('drives/c/Users/Ann', '2');
    mock.timers.enable({ apis: ['setInterval'] });
    try {
      await open(true);
      assert.deepEqual(await sessions(), ['drives/c/Users/Ann 1', 'home 1']);
      const recent = await handlers.recentLogs(null);
      assert.deepEqual(
        recent.map(({ path }) => path),
        [join(world.folder, 'home', 'logs', 'x.log')],
      );
      write('drives/c/Users/Ann', '3');
      mock.timers.tick(300_000);
    } finally {
      mock.timers.reset();
    }
    await eventually(async () => {
      const { sessions: shown } = await handlers.sessions({ limit: 9 });
      return shown.some(({ tree }) => tree.receipts === 2);
    });
  });

  it('leaves them alone where it is not to read them', async () => {
    write('home', '1');
    write('drives/c/Users/Ann', '2');
    await open(false);
    assert.deepEqual(await sessions(), ['home 1']);
  });
});

async function eventually(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(10);
}

describe('following neighbours', () => {
  const machine = { platform: 'linux', homeFolder: '/home/ann', environment: {} } as const;

  it('asks nothing again where there can be none', async () => {
    const disk = fakeDisk();
    const neighbourhood = new Neighbourhood({
      machine,
      disk,
      onOthers: () => assert.fail(),
      onLook: () => assert.fail(),
    });
    await neighbourhood.start();
    const asked = disk.asked.length;
    assert.equal(await neighbourhood.meet(), false);
    assert.equal(disk.asked.length, asked);
    neighbourhood.close();
  });

  it('tells once of those that are there, and when they have gone', async () => {
    const disk = fakeDisk({ '/mnt/c/Users/Ann/x': '' });
    const told: number[] = [];
    const neighbourhood = new Neighbourhood({
      machine: { ...machine, environment: { WSL_DISTRO_NAME: 'Ubuntu' } },
      disk,
      onOthers: async ({ length }) => void told.push(length),
      onLook: async () => {},
    });
    await neighbourhood.start();
    assert.equal(await neighbourhood.meet(), false);
    disk.files.clear();
    assert.equal(await neighbourhood.meet(), true);
    neighbourhood.close();
    assert.deepEqual(told, [1, 0]);
  });

  it('looks into their homes every five minutes', async () => {
    mock.timers.enable({ apis: ['setInterval'] });
    try {
      const looks: string[] = [];
      const neighbourhood = new Neighbourhood({
        machine: { ...machine, environment: { WSL_DISTRO_NAME: 'Ubuntu' } },
        disk: fakeDisk({ '/mnt/c/Users/Ann/x': '' }),
        onOthers: async () => {},
        onLook: async () => looks.push('look'),
      });
      await neighbourhood.start();
      const tick = async (ms: number) => {
        mock.timers.tick(ms);
        await setImmediate();
        return looks.length;
      };
      assert.deepEqual([await tick(299_999), await tick(1), await tick(300_000)], [0, 1, 2]);
      mock.timers.tick(300_000);
      neighbourhood.close();
      await setImmediate();
      assert.equal(await tick(600_000), 2);
    } finally {
      mock.timers.reset();
    }
  });

  it('looks no further while a look is under way', async () => {
    mock.timers.enable({ apis: ['setInterval'] });
    try {
      const looks: (() => void)[] = [];
      const neighbourhood = new Neighbourhood({
        machine: { ...machine, environment: { WSL_DISTRO_NAME: 'Ubuntu' } },
        disk: fakeDisk({ '/mnt/c/Users/Ann/x': '' }),
        onOthers: async () => {},
        onLook: () => new Promise<void>((resolve) => looks.push(resolve)),
      });
      await neighbourhood.start();
      const tick = async () => {
        mock.timers.tick(300_000);
        await setImmediate();
        return looks.length;
      };
      assert.deepEqual([await tick(), await tick()], [1, 1]);
      looks[0]?.();
      await setImmediate();
      assert.equal(await tick(), 2);
      neighbourhood.close();
    } finally {
      mock.timers.reset();
    }
  });
});
