/** A database to damage: its rows, and its file. */

import { readFileSync, writeFileSync } from 'node:fs';
import type { Reader } from '../../src/agents/reader.ts';
import { LogDatabaseError, OpenLogDatabase } from '../../src/storage/logDatabase.ts';
import type { Random } from '../unit/ledger/random.ts';
import { sqlite } from '../unit/ledger/world.ts';
import { damaged } from './damage.ts';
import type { DatabaseFile } from './fixture.ts';
import { makeDatabase } from './fixtureFile.ts';
import {
  type FuzzedLog,
  fractionOf,
  isJson,
  ownOf,
  readWhole,
  soundlyTaken,
  withOtherNumbers,
} from './fuzzedLog.ts';
import { withOtherValue } from './jsonDamage.ts';
import { Reading, readDatabase, requireFormat } from './reading.ts';
import { silentLoss } from './silentLoss.ts';

export function databaseLog(reader: Reader, path: string, content: DatabaseFile, file: string): FuzzedLog {
  const { statements } = content;
  const read = (some: readonly string[]) => readWhole(reader, path, { statements: some });
  const undamaged = read(statements);
  makeDatabase(file, content).close();
  const bytes = readFileSync(file);
  const tryStatement = (random: Random) => {
    const at = random.below(statements.length);
    const statement = damagedStatement(statements[at] ?? '', random);
    const taken = read(statements.with(at, statement));
    const without = read(statements.toSpliced(at, 1));
    const changed = read(statements.with(at, withOtherNumbers(statements[at] ?? '')));
    const lost = silentLoss(undamaged, without, taken, ownOf(undamaged, without, changed, taken));
    if (lost > 0) throw new Error(`${statement}: ${lost} tokens lost in silence`);
  };
  const tryFile = (random: Random) => {
    writeFileSync(file, damagedPages(bytes, random));
    readDatabaseFile(reader, path, file);
  };
  return {
    reader,
    path,
    weight: 0.05,
    try: (random) => (random.below(3) > 0 ? tryStatement : tryFile)(random),
  };
}

/** The file with some bytes of any page changed, or without its end. */
function damagedPages(file: Buffer, random: Random): Buffer {
  if (random.below(6) === 0) return file.subarray(0, random.below(file.length));
  const pages = Buffer.from(file);
  for (let count = 1 + random.below(20); count > 0; count--)
    pages[random.below(pages.length)] = random.below(256);
  return pages;
}

/** What cannot be asked is a log that cannot be read, which the ledger counts; what can be asked must make sense. */
function readDatabaseFile(reader: Reader, path: string, file: string): void {
  const format = requireFormat(reader, path);
  if (format.kind !== 'database') throw new Error(`${path} is no database`);
  const reading = new Reading();
  let database: OpenLogDatabase | undefined;
  try {
    database = new OpenLogDatabase(sqlite(), file);
    readDatabase(format.open({ relativePath: path }, database), reading.sinkOf(0));
  } catch (error) {
    if (!(error instanceof LogDatabaseError)) throw error;
  } finally {
    database?.close();
  }
  soundlyTaken(reading);
}

const jsonLiteral = /'((?:\{|\[)(?:[^']|'')*)'/g;

/** Mostly another value within the JSON that a row holds. */
function damagedStatement(statement: string, random: Random): string {
  const literals = [...statement.matchAll(jsonLiteral)];
  if (literals.length === 0 || random.below(3) === 0)
    return damaged(Buffer.from(statement), fractionOf(random)).toString();
  const literal = random.pick(literals);
  const text = literal[1]?.replaceAll("''", "'") ?? '';
  if (!isJson(Buffer.from(text))) return statement;
  const other = withOtherValue(JSON.parse(text), random)?.text ?? 'null';
  const { index } = literal;
  const rest = statement.slice(index + literal[0].length);
  return `${statement.slice(0, index)}'${other.replaceAll("'", "''")}'${rest}`;
}
