/** Reads damaged logs of every reader by the thousand, and says what must never be: throwing, nonsense, silent losses. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonValue, Reader, Sink } from '../../src/agents/reader.ts';
import type { Receipt } from '../../src/domain/receipt.ts';
import { LogDatabaseError, OpenLogDatabase } from '../../src/storage/logDatabase.ts';
import type { Random } from '../unit/ledger/random.ts';
import { sqlite } from '../unit/ledger/world.ts';
import type { ReaderFixtures } from './allFixtures.ts';
import { completeLines, toLogLine } from './byteLine.ts';
import { assertSound } from './comparison.ts';
import { damaged } from './damage.ts';
import type { DatabaseFile } from './fixture.ts';
import { filesOf, isBytes, makeDatabase } from './fixtureFile.ts';
import { withOtherValue, withoutRecordAt, withRecordAt } from './jsonDamage.ts';
import { damagedLines, type Stretch } from './lineDamage.ts';
import { Reading, readDatabase, readFile, requireFormat } from './reading.ts';
import { differing, isTold, silentLoss, type Taken, takenOf } from './silentLoss.ts';

/** A log to damage. */
export interface Log {
  readonly reader: Reader;
  readonly path: string;
  /** Tries it by chance; throws where something must not be. */
  try(random: Random, foreign: () => Buffer): void;
  /** How often to try it beside others: databases take longer. */
  readonly weight: number;
}

/** @param folder for databases that are damaged as files */
export function logsOf({ reader, fixtures }: ReaderFixtures, folder: string): readonly Log[] {
  return fixtures.flatMap(filesOf).map(([path, content], index) => {
    if (!isBytes(content))
      return databaseLog(reader, path, content, join(folder, `${reader.agent}-${index}`));
    if (requireFormat(reader, path).kind === 'document') return documentLog(reader, path, content);
    return lineLog(reader, path, content);
  });
}

/** Some log as often as its weight says. */
export function pickLog(logs: readonly Log[], random: Random): Log {
  const log = random.pick(logs);
  return random.below(1000) < 1000 * log.weight ? log : pickLog(logs, random);
}

function lineLog(reader: Reader, path: string, content: Buffer): Log {
  const lines = content
    .toString('latin1')
    .split(/(?<=\n)/)
    .map((line) => Buffer.from(line, 'latin1'));
  const stretches = lines.map((bytes) => ({ bytes, isDamaged: false }));
  const read = (some: readonly Stretch[], isInterrupted = false) =>
    readStretches(reader, path, some, isInterrupted);
  const undamaged = read(stretches);
  // Whether other text is text at all, no reader can tell.
  const holdsReceiptsInJson = undamaged.taken.tokens.size > 0 && lines.every(isJson);
  const remembered = new Map<string, Taken>();
  const without = (lost: readonly number[]) => {
    const known = remembered.get(lost.join());
    const taken = known ?? read(stretches.filter((_, index) => !lost.includes(index))).taken;
    remembered.set(lost.join(), taken);
    return taken;
  };
  return {
    reader,
    path,
    weight: lines.length > 0 ? 1 : 0,
    try(random, foreign) {
      const log = damagedLines(lines, random, foreign);
      const { taken, told } = read(log.stretches, random.below(4) === 0);
      const harmed = [...log.stretches.keys()].filter((index) => log.stretches[index]?.isDamaged);
      const own = new Set([...toldBy(undamaged.told, log.lost), ...toldBy(told, harmed)]);
      const lost = silentLoss(undamaged.taken, without(log.lost), taken, own);
      if (lost > 0) throw new Error(`${log.kind}: ${lost} tokens lost in silence`);
      if (log.kind === 'UTF-16' && holdsReceiptsInJson && taken.refused === 0) {
        throw new Error('UTF-16: a log lost in silence');
      }
    },
  };
}

interface StretchesRead {
  readonly taken: Taken;
  /** The receipts that each stretch told of. */
  readonly told: readonly (readonly Receipt[])[];
}

/** @param isInterrupted whether the reader starts anew at every line, with what it saved */
function readStretches(
  reader: Reader,
  path: string,
  stretches: readonly Stretch[],
  isInterrupted: boolean,
): StretchesRead {
  const format = requireFormat(reader, path);
  if (format.kind !== 'lines') throw new Error(`${path} is no log of lines`);
  const reading = new Reading();
  const sink = reading.sinkOf(0);
  let parser = format.open({ relativePath: path });
  const told = stretches.map(({ bytes }) => {
    const receipts: Receipt[] = [];
    for (const line of completeLines(bytes)) {
      parser.read(toLogLine(line), listening(sink, receipts));
      if (isInterrupted) parser = format.open({ relativePath: path }, throughJson(parser.save()));
    }
    return receipts;
  });
  return { taken: soundlyTaken(reading), told };
}

/** Ids of the receipts that some stretches told of: a difference of running totals is told by both that it is between. */
function toldBy(told: readonly (readonly Receipt[])[], some: readonly number[]): readonly string[] {
  const last = some.at(-1);
  if (last === undefined) return [];
  const next = told
    .slice(last + 1)
    .flat()
    .find(({ quality }) => quality === 'derived');
  const receipts = [...some.flatMap((index) => told[index] ?? []), ...(next === undefined ? [] : [next])];
  return receipts.map(({ id }) => `${id.response}\n${id.request}`);
}

function throughJson(saved: JsonValue): JsonValue {
  return JSON.parse(JSON.stringify(saved));
}

function listening(sink: Sink, receipts: Receipt[]): Sink {
  const receipt = (told: Receipt) => {
    receipts.push(told);
    sink.receipt(told);
  };
  return { ...sink, receipt };
}

function soundlyTaken(reading: Reading): Taken {
  for (const { best } of reading.receipts.values()) assertSound(best);
  return takenOf(reading);
}

function readWhole(reader: Reader, path: string, content: Buffer | DatabaseFile): Taken {
  const reading = new Reading();
  readFile(reader, reading, path, content);
  return soundlyTaken(reading);
}

function documentLog(reader: Reader, path: string, content: Buffer): Log {
  const json: unknown = JSON.parse(content.toString());
  const read = (text: Buffer | string) => readWhole(reader, path, Buffer.from(text));
  const undamaged = read(content);
  const tryValue = (random: Random) => {
    const other = withOtherValue(json, random);
    if (other === null) return;
    const without = read(JSON.stringify(withoutRecordAt(json, other.path)));
    const changed = read(JSON.stringify(withRecordAt(json, other.path, withOtherNumbers)));
    const taken = read(other.text);
    const lost = silentLoss(undamaged, without, taken, ownOf(undamaged, without, changed, taken));
    if (lost > 0) throw new Error(`another value: ${lost} tokens lost in silence`);
  };
  const tryBytes = (random: Random) => {
    const bytes = damaged(content, fractionOf(random));
    const taken = read(bytes);
    const isLess = taken.tokens.size < undamaged.tokens.size;
    if (isLess && !isTold(undamaged, taken) && !isJson(bytes))
      throw new Error('no JSON, and a document lost in silence');
  };
  return { reader, path, weight: 1, try: (random) => (random.below(2) === 0 ? tryValue : tryBytes)(random) };
}

function fractionOf(random: Random): () => number {
  return () => random.below(2 ** 30) / 2 ** 30;
}

function isJson(bytes: Buffer): boolean {
  try {
    JSON.parse(bytes.toString());
    return true;
  } catch {
    return false;
  }
}

/**
 * Where it does not show which receipts a record tells of: those that come and go with it, and those that change with its
 * numbers.
 *
 * @param changed what the log tells with other numbers in the record
 */
function ownOf(undamaged: Taken, without: Taken, changed: Taken, taken: Taken): ReadonlySet<string> {
  return new Set([
    ...differing(undamaged, without),
    ...differing(undamaged, changed),
    ...[...taken.tokens.keys()].filter((id) => !undamaged.tokens.has(id)),
  ]);
}

/** A text with all numbers in it one larger. */
function withOtherNumbers(text: string): string {
  return text.replace(/(?<=[[{(:,]\s*"?)\d{1,9}(?="?\s*[\]}),])/g, (digits) => String(Number(digits) + 1));
}

function databaseLog(reader: Reader, path: string, content: DatabaseFile, file: string): Log {
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
