/**
 * `npm run compare`: our ledger of a home folder beside what other programs make of the same logs, each difference with
 * the rule that predicts it; ends with 1 where there is none. `--home DIR` takes another home than one's own; `--json`
 * prints our side alone, a row a line.
 */

import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Database } from '../../src/ledger/database.ts';
import { withFreshLedger } from './freshLedger.ts';
import { ledgerRows, toJsonLine } from './rows.ts';
import { compareSideBySide } from './sideBySide.ts';
import { countUnexplained, tableOf } from './table.ts';

const { values } = parseArgs({ options: { home: { type: 'string' }, json: { type: 'boolean' } } });
const home = values.home === undefined ? homedir() : resolve(callerFolder(), values.home);

process.exitCode = await main();

async function main(): Promise<number> {
  if (!existsSync(home)) {
    console.error(`There is no folder ${home}.`);
    return 2;
  }
  try {
    return await withFreshLedger(home, values.json ? printRows : printComparison);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

function printRows(db: Database): number {
  const rows = ledgerRows(db);
  if (rows.length === 0) console.error(`No log in ${home} tells of any use.`);
  else console.log(rows.map(toJsonLine).join('\n'));
  return 0;
}

/** Returns 1 where anything is unexplained. */
async function printComparison(db: Database): Promise<number> {
  const compared = await compareSideBySide(home, db);
  console.log(tableOf(compared).join('\n'));
  return countUnexplained(compared) === 0 ? 0 : 1;
}

/** Where the user typed the command: npm itself runs scripts in the package's folder. */
function callerFolder(): string {
  return process.env.INIT_CWD ?? process.cwd();
}
