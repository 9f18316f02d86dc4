import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Budget, SessionKey } from '../../../src/domain/budget.ts';
import { guardFolderIn } from '../../../src/guard/guardFolder.ts';
import { readGuardSettings, readOwnPrices } from '../../../src/guard/guardSettings.ts';
import { calmAt, isNone } from '../../../src/guard/quiet.ts';
import { writeCalm } from '../../../src/guard/writeFlags.ts';
import { Batch } from '../../../src/ledger/batch.ts';
import type { Database } from '../../../src/ledger/database.ts';
import type { Phase } from '../../../src/ledger/liveLedger.ts';
import { openStops } from '../../../src/ledger/stops.ts';
import { storeBatch } from '../../../src/ledger/storeBatch.ts';
import type { LedgerProblem } from '../../../src/ledger/views.ts';
import { storeBudgets } from '../../../src/oversight/budgetsInForce.ts';
import { moodOf } from '../../../src/oversight/mood.ts';
import { release, stopSession } from '../../../src/oversight/stops.ts';
import { GuardFlags } from '../../../src/workers/guardFlags.ts';
import type { LedgerSettings } from '../../../src/workers/ledgerProtocol.ts';
import { plainReceipt } from '../ledger/plainReceipt.ts';
import { onePicoEach, World } from '../ledger/world.ts';

const nowMs = Date.UTC(2026, 5, 1, 12);
const isQuiet = (folder: string, atMs: number) => isNone(folder) || calmAt(folder, atMs) !== null;
const calendar = { timeZone: 'Europe/Berlin', weekStart: 1 };
const around = { nowMs, calendar, accounts: {} };
const session: SessionKey = { agent: 'codex', key: 's-1' };

const thousand: Budget = {
  id: 'b',
  span: { kind: 'session' },
  unit: 'list',
  scope: {},
  limit: 1_000n,
  nearPercent: 80,
  wrapUpPercent: 95,
  stops: true,
  isPaused: false,
};

describe('what the ledger worker tells the guard', () => {
  let world: World;
  let db: Database;
  let responses: number;

  beforeEach(() => {
    world = new World();
    db = world.open();
    responses = 0;
  });
  afterEach(() => world.dispose());

  /** @param cost in pico-dollars, which are its output tokens too */
  function spend(cost: number, atMs = nowMs - 1_000): void {
    const batch = new Batch();
    const stamp = { reader: 1, bornMs: atMs, atMs, position: responses };
    batch.addFacts({ ...session, atMs }, stamp);
    const id = { response: `r${++responses}`, request: 'r' };
    const tokens = { ...plainReceipt.tokens, output: cost };
    batch.addReceipt(
      { ...plainReceipt, agent: session.agent, sessionKey: session.key, id, atMs, tokens },
      stamp,
    );
    storeBatch(db, batch, [], onePicoEach);
  }

  const use = (...budgets: readonly Budget[]) => storeBudgets(db, 'test', budgets, nowMs);
  const mood = () => moodOf(db, budgetsNow, around);
  let budgetsNow: readonly Budget[] = [];
  const moodUnder = (...budgets: readonly Budget[]) => {
    budgetsNow = budgets;
    use(...budgets);
    return mood();
  };

  describe('its mood', () => {
    it('is none while no budget stops anything', () => {
      spend(5_000);
      assert.equal(moodUnder(), 'none');
      assert.equal(
        moodUnder({ ...thousand, stops: false }, { ...thousand, id: 'c', isPaused: true }),
        'none',
      );
    });

    it('is calm while of each budget more is left than three of the dearest responses', () => {
      spend(100);
      assert.equal(moodUnder(thousand), 'calm');
      spend(250);
      assert.equal(mood(), 'alert');
    });

    it('is alert from near the limit on', () => {
      for (let response = 0; response < 80; response++) spend(10);
      assert.equal(moodUnder(thousand), 'alert');
      assert.equal(moodUnder({ ...thousand, limit: 1_001n }), 'calm');
    });

    it('counts tokens by tokens', () => {
      spend(100);
      assert.equal(moodUnder({ ...thousand, unit: 'tokens' }), 'calm');
      assert.equal(moodUnder({ ...thousand, unit: 'tokens', limit: 390n }), 'alert');
    });

    it('is alert where one of several budgets is', () => {
      spend(100);
      const day = { ...thousand, id: 'd', span: { kind: 'calendar', unit: 'day' }, limit: 300n } as const;
      assert.equal(moodUnder(thousand, day), 'alert');
    });

    it('is alert while a session is stopped by hand, even without any budget', () => {
      spend(1);
      stopSession(db, session, nowMs);
      assert.equal(moodUnder(), 'alert');
      release(db, session, null, around);
      assert.equal(moodUnder(), 'none');
    });

    it('is calm beside sessions that rest over their budgets, for whom it changes when they go on', () => {
      spend(2_000, nowMs - 2 * 86_400_000);
      assert.equal(moodUnder(thousand), 'calm');
      spend(1);
      assert.equal(mood(), 'alert');
    });
  });

  describe('its files', () => {
    let flags: GuardFlags;
    let folder: string;
    let whileConfiguring: () => void;
    const live = (phase: Phase = 'ready', ...problems: LedgerProblem[]) => ({ db, phase, problems });

    beforeEach(() => {
      const dist = join(world.folder, 'dist');
      mkdirSync(dist);
      for (const name of ['accountant.js', 'mcp.js', 'catalogue.json']) writeFileSync(join(dist, name), '{}');
      const programs = { cataloguePath: join(dist, 'catalogue.json'), version: '1.0.0' };
      whileConfiguring = () => {};
      const calendarOf = () => {
        whileConfiguring();
        return calendar;
      };
      flags = new GuardFlags({ programs, calendar: calendarOf, now: () => nowMs, share: 1 });
      folder = guardFolderIn(world.data);
      configure({ budgets: [], prices: {} });
    });

    function configure(settings: LedgerSettings, dataFolder: string | null = world.data): void {
      const machine = { platform: process.platform, homeFolder: '/home/ann', environment: {} };
      flags.configure({ machine, dataFolder, logFolders: { codex: ['/logs'] } }, settings);
      flags.write();
    }

    it('are the programs and what they have to know of the settings', () => {
      assert.equal(readFileSync(join(folder, 'accountant.js'), 'utf8'), '{}');
      const prices = { 'mine-*': { input: 1, output: 2 } };
      configure({ budgets: [], prices, accounts: { codex: 'plan' } });
      assert.deepEqual(readOwnPrices(folder), prices);
      assert.deepEqual(readGuardSettings(folder), {
        logFolders: { codex: ['/logs'] },
        accounts: { codex: 'plan' },
        calendar,
        ownUserFolder: null,
      });
    });

    it('say that nothing can be stopped, and take it back', () => {
      flags.settle(live());
      assert.equal(isQuiet(folder, nowMs), true);
      use(thousand);
      spend(1);
      flags.settle(live());
      assert.equal(existsSync(join(folder, 'none')), false);
      assert.equal(isQuiet(folder, nowMs), true);
      spend(990);
      flags.settle(live());
      assert.equal(isQuiet(folder, nowMs), false);
    });

    it('say that nothing can be stopped when no budget holds a session to its stop any more', () => {
      use(thousand);
      spend(2_000);
      stopSession(db, session, nowMs, 'budget');
      stopSession(db, session, nowMs + 1);
      const reasons = () => openStops(db).map(({ reason }) => reason);
      use();
      flags.settle(live());
      assert.deepEqual([reasons(), isNone(folder)], [['budget', 'hand'], false]);
      release(db, session, null, around);
      stopSession(db, session, nowMs + 2, 'budget');
      flags.settle(live());
      assert.deepEqual([reasons(), isNone(folder)], [[], true]);
    });

    it('say nothing of calm while another process reads the logs, or this one has not read all', () => {
      use(thousand);
      for (const phase of ['scanning', 'waiting', 'unavailable'] as const) {
        flags.settle(live(phase));
        assert.equal(isQuiet(folder, nowMs), false, phase);
      }
      flags.settle(live());
      flags.settle(live('waiting'));
      assert.equal(isQuiet(folder, nowMs), true);
    });

    it('say nothing where the ledger is in memory only because its folder cannot be used', () => {
      flags.settle(live('ready', { kind: 'diskFull', path: '' }));
      assert.equal(isQuiet(folder, nowMs), false);
    });

    it('are quiet no more from the moment that something was told to stop', () => {
      flags.settle(live());
      flags.alert();
      assert.equal(isQuiet(folder, nowMs), false);
    });

    it('hold no calm that another process said while they were changed', () => {
      whileConfiguring = () => writeCalm(folder, true, process.pid, nowMs);
      configure({ budgets: [], prices: {}, accounts: { codex: 'plan' } });
      assert.equal(isQuiet(folder, nowMs), false);
    });

    it('hold no calm after the worker has gone, and keep what stays true', () => {
      use(thousand);
      flags.settle(live());
      flags.close();
      assert.equal(existsSync(join(folder, 'calm')), false);
      use();
      configure({ budgets: [], prices: {} });
      flags.settle(live());
      flags.close();
      assert.equal(existsSync(join(folder, 'none')), true);
    });

    it('are none for a ledger in memory', () => {
      rmSync(folder, { recursive: true });
      configure({ budgets: [], prices: {} }, null);
      flags.settle(live());
      flags.alert();
      assert.equal(existsSync(folder), false);
    });

    it('are not quiet where they cannot be written, and the worker goes on', () => {
      flags.settle(live());
      rmSync(join(folder, 'none'));
      mkdirSync(join(folder, 'none', 'in the way'), { recursive: true });
      flags.settle(live());
      rmSync(folder, { recursive: true });
      writeFileSync(folder, 'in the way');
      configure({ budgets: [], prices: {} });
      flags.settle(live());
      flags.close();
      assert.equal(isQuiet(folder, nowMs), false);
    });
  });
});
