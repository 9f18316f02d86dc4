import assert from 'node:assert/strict';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { migrations } from '../../src/ledger/schema.ts';
import { Random } from '../unit/ledger/random.ts';
import { dump, World } from '../unit/ledger/world.ts';
import { allFixtures, type ReaderFixtures } from './allFixtures.ts';
import { GrowingLogs } from './growingLogs.ts';
import { LedgerProcess } from './ledgerProcess.ts';
import { writeOlderLedger } from './olderLedger.ts';

const isThorough = process.env.TOKEN_BURN_THOROUGH === '1';
const kills = isThorough ? 400 : 24;
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
/** Ledgers at the same time, each with a process of its own. */
const lanes = 3;
/** Enough for another thread to be worth its start. */
const gapsBytes = 52 << 20;
/** Kills of one ledger's scanner, after which it may end its work. */
const mostKillsInARow = 12;

interface Undisturbed {
  readonly dumped: ReturnType<typeof dump>;
  /** The file of the ledger. */
  readonly path: string;
  readonly openedMs: number;
  readonly scanMs: number;
  readonly statements: number;
}

describe('a scanner that is killed', () => {
  let all: readonly ReaderFixtures[];
  let quiet: World;
  let undisturbed: Undisturbed;

  before(async function () {
    this.timeout(60_000);
    all = await allFixtures();
    quiet = new World();
    undisturbed = await scanUndisturbed(quiet, all);
  });
  after(() => quiet.dispose());

  it(`leads to the ledger of one that is not, after ${kills} kills (SEED=${seed})`, async function () {
    this.timeout(1_800_000);
    let killed = 0;
    const killInLane = async (lane: number) => {
      for (let round = 0; killed < kills; round++) {
        const random = new Random(seed + 1_000 * lane + round);
        killed += await killInWorld(all, undisturbed, random);
      }
    };
    await Promise.all(Array.from({ length: lanes }, (_, lane) => killInLane(lane)));
  });
});

async function scanUndisturbed(world: World, all: readonly ReaderFixtures[]): Promise<Undisturbed> {
  const logs = new GrowingLogs(world.logs, all, gapsBytes);
  logs.writeAll();
  const startedMs = performance.now();
  const scanner = new LedgerProcess({ folder: world.data, roots: logs.roots });
  await scanner.next();
  const openedMs = performance.now() - startedMs;
  const { statements, problems, phase } = await scanner.looks();
  assert.deepEqual([problems, phase, scanner.complaints], [[], 'ready', '']);
  const scanMs = performance.now() - startedMs - openedMs;
  await scanner.close();
  const path = join(world.data, 'ledger.db');
  return { dumped: dump(world.open(path)), path, openedMs, scanMs, statements };
}

/** Kills one ledger's scanner some times, lets the last one end, and compares. Returns how many were killed. */
async function killInWorld(
  all: readonly ReaderFixtures[],
  undisturbed: Undisturbed,
  random: Random,
): Promise<number> {
  const world = new World();
  try {
    const logs = new GrowingLogs(world.logs, all, gapsBytes);
    const ledger = join(world.data, 'ledger.db');
    startFrom(ledger, undisturbed.path, random);
    if (random.below(2) === 0) logs.writeAll();
    let killed = 0;
    for (let run = 0; run < mostKillsInARow; run++) {
      logs.writeSome(random);
      if (await runAndKill({ folder: world.data, roots: logs.roots }, undisturbed, random)) killed++;
      else if (logs.isComplete) break;
    }
    logs.writeAll();
    const last = new LedgerProcess({ folder: world.data, roots: logs.roots });
    const { phase, problems } = await last.looks();
    await last.close();
    assert.deepEqual([phase, problems, last.complaints], ['ready', [], '']);
    assert.deepEqual(dump(world.open(ledger)), undisturbed.dumped);
    return killed;
  } finally {
    world.dispose();
  }
}

/** A machine without a ledger, or with one of any version that ever was. */
function startFrom(path: string, newest: string, random: Random): void {
  const steps = random.below(2) === 0 ? 0 : 1 + random.below(migrations.length);
  if (steps > 0) writeOlderLedger(path, steps, newest);
}

/** Returns whether the process was killed before it was done. */
async function runAndKill(
  options: { readonly folder: string; readonly roots: GrowingLogs['roots'] },
  undisturbed: Undisturbed,
  random: Random,
): Promise<boolean> {
  if (random.below(2) === 0) return dieAtStatement(options, undisturbed, random);
  const scanner = new LedgerProcess(options);
  const isOpening = random.below(4) === 0;
  if (!isOpening) await scanner.next();
  await sleep(random.below(Math.ceil(isOpening ? undisturbed.openedMs : undisturbed.scanMs)));
  await scanner.kill();
  while (true) {
    const saying = await scanner.next();
    if (saying === null) return true;
    if (saying.event === 'looked') return false;
  }
}

/** Half of them among the first statements, which open and migrate the ledger. */
async function dieAtStatement(
  options: { readonly folder: string; readonly roots: GrowingLogs['roots'] },
  undisturbed: Undisturbed,
  random: Random,
): Promise<boolean> {
  const diesAt = 1 + random.below(random.below(2) === 0 ? 20 : undisturbed.statements);
  const scanner = new LedgerProcess({ ...options, diesAt });
  let isDone = false;
  for (let saying = await scanner.next(); saying !== null && !isDone; ) {
    isDone = saying.event === 'looked';
    if (!isDone) saying = await scanner.next();
  }
  await (isDone ? scanner.close() : scanner.kill());
  return !isDone;
}
