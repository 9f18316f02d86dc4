/** A ledger as an older version of the extension left it. */

import { migrations } from '../../src/ledger/schema.ts';
import { sqlite } from '../unit/ledger/world.ts';

/** Tables that a newer version has reason to fill anew: it reads all logs again when its readers see more in them. */
const cursors = ['source', 'refusal'];
/** Tables that a later step made anew, with other columns. */
const remade = ['budget_reset', 'alert'];

/**
 * Makes a ledger that has taken the first `steps` steps, with what another one holds of its tables.
 *
 * @param from path of a ledger that is up to date
 */
export function writeOlderLedger(path: string, steps: number, from: string): void {
  const database = new (sqlite().DatabaseSync)(path);
  database.exec('PRAGMA journal_mode = WAL');
  for (const step of migrations.slice(0, steps)) database.exec(step);
  database.prepare('ATTACH ? AS newer').run(from);
  const tables = database.prepare("SELECT name FROM main.sqlite_schema WHERE type = 'table'").all();
  for (const { name } of tables) {
    if ([...cursors, ...remade].includes(String(name))) continue;
    const columns = database.prepare('SELECT name FROM pragma_table_info(?)').all(name ?? '');
    const names = columns.map((column) => column.name).join();
    database.exec(`INSERT OR REPLACE INTO main.${name} (${names}) SELECT ${names} FROM newer.${name}`);
  }
  database.exec(`PRAGMA user_version = ${steps}`);
  database.close();
}
