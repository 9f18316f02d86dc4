/**
 * A process with a ledger in use, as a window has one: reads the logs that the parent names, and says what became of it,
 * a line of JSON each. A line on its input has it look at all logs again; its end ends the process.
 */

import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { readers } from '../../src/agents/readers.ts';
import { resolveRoots } from '../../src/ledger/discover.ts';
import { LiveLedger } from '../../src/ledger/liveLedger.ts';
import { sideReaderStarter } from '../../src/workers/sideReader.ts';
import { onePicoEach, outputBySession, sqlite } from '../unit/ledger/world.ts';
import type { LogsRoot } from './growingLogs.ts';
import { mortal } from './mortalSqlite.ts';

export interface ProgramOptions {
  readonly folder: string;
  readonly roots: readonly LogsRoot[];
  /** Dies before the statement of this number. */
  readonly diesAt?: number;
}

/** What the process says: `open` once, and then after each look at all logs. */
export interface Saying {
  readonly event: 'open' | 'looked';
  readonly phase: LiveLedger['phase'];
  readonly problems: LiveLedger['problems'];
  /** Statements so far. */
  readonly statements: number;
  readonly output: Readonly<Record<string, number>>;
}

const { folder, roots, diesAt } = JSON.parse(process.argv[2] ?? '') as ProgramOptions;
const { module, count } = mortal(sqlite(), diesAt);

const live = new LiveLedger({
  sqlite: module,
  folder,
  roots: await resolveRoots(
    readers.flatMap((reader) =>
      roots.filter(({ agent }) => agent === reader.agent).map(({ path }) => ({ path, reader })),
    ),
  ),
  pricing: onePicoEach,
  startSideReader: sideReaderStarter(new URL('../../src/workers/logReaderMain.ts', import.meta.url)),
  onChanged() {},
  onStatus() {},
  onSettled() {},
});

function say(event: Saying['event']): void {
  const { phase, problems } = live;
  const output = live.query(outputBySession, {});
  console.log(JSON.stringify({ event, phase, problems, statements: count(), output } satisfies Saying));
}

async function look(): Promise<void> {
  await live.scanAll();
  while (live.phase === 'scanning') await sleep(50);
  say('looked');
}

say('open');
await look();
for await (const _line of createInterface(process.stdin)) await look();
live.close();
