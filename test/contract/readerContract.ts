/** What every reader must do, whatever its format: call with its fixtures. */

import assert from 'node:assert/strict';
import type { LineFormat, Reader } from '../../src/agents/reader.ts';
import { completeLines, toLogLine } from './byteLine.ts';
import {
  assertCircumstances,
  assertFacts,
  assertPlan,
  assertSound,
  assertSpent,
  assertToolCalls,
} from './comparison.ts';
import { damaged, hostileLines, randomFrom, shuffled } from './damage.ts';
import type { DatabaseFile, Fixture } from './fixture.ts';
import { type Content, type Files, filesOf, isBytes, rewritten } from './fixtureFile.ts';
import { Reading, readFile, readFiles, readWithRestarts, requireFormat } from './reading.ts';

/** Damaged copies of the fixtures' files that a reader is tried on. */
const damagedFiles = 4000;

/** How a log names its counts, for the suite to change them: expressions for whole names. */
export interface CountNames {
  /** Of all token counts. */
  readonly tokens: string;
  /** Of the output, without which a receipt is partial. `null` where it is no field of JSON. */
  readonly output: string | null;
  /** Logs are texts for people, in which any line may stand. */
  readonly isProse?: boolean;
}

const vendorNames: CountNames = { tokens: '\\w*tokens', output: 'output_tokens' };

export function describeReader(reader: Reader, fixtures: readonly Fixture[], names = vendorNames): void {
  for (const fixture of fixtures) {
    describe(fixture.name, () => {
      describeFixture(reader, fixture);
      describeCounts(reader, fixture, names);
      const kinds = Object.keys(fixture.files).map((path) => requireFormat(reader, path).kind);
      if (kinds.every((kind) => kind === 'lines')) describeLines(reader, fixture);
    });
  }
  describe('damaged logs', () => describeDamage(reader, fixtures, names));
}

/** What holds for logs of every kind. */
function describeFixture(reader: Reader, fixture: Fixture): void {
  const files = filesOf(fixture);
  const ages = files.map(([path]) => path);
  const read = (some: Files) => readFiles(reader, some, ages, fixture.beside);

  it('takes every file for a log', () => {
    assert.deepEqual(
      ages.filter((path) => reader.formatOf(path) === null),
      [],
    );
  });

  it('counts what was billed, once, and credits it to its session', () => assertSpent(read(files), fixture));

  it('tells of the sessions', () => assertFacts(read(files), fixture));

  it('tells what surrounded the responses', () => {
    const reading = read(files);
    assertCircumstances(reading, fixture);
    assertToolCalls(reading, fixture);
    assertPlan(reading, fixture);
    for (const receipt of reading.standing()) assertSound(receipt);
  });

  it('counts what it refuses', () => assert.deepEqual(read(files).refused, fixture.refused ?? {}));

  it('ends the same in any order of files, each read twice', () => {
    const random = randomFrom(files.length);
    assertSpent(read([...files].reverse()), fixture);
    for (let round = 0; round < 8; round++)
      assertSpent(read(shuffled([...files, ...files], random)), fixture);
  });

  it('ends the same when restarted at every line', () => {
    const reading = new Reading(fixture.beside);
    for (const [path, content] of files) readWithRestarts(reader, reading, path, content, ages.indexOf(path));
    assertSpent(reading, fixture);
    assertFacts(reading, fixture);
    assertCircumstances(reading, fixture);
    assertToolCalls(reading, fixture);
    // What is written anew is refused anew: only lines are never looked at again.
    if (files.every(([path]) => requireFormat(reader, path).kind === 'lines')) {
      assert.deepEqual(reading.refused, fixture.refused ?? {});
    }
  });
}

/** What holds for logs to which lines are added. */
function describeLines(reader: Reader, fixture: Fixture): void {
  const files = filesOf(fixture).map(([path, content]) => [path, toBytes(content)] as const);
  const ages = files.map(([path]) => path);
  const read = (some: Files) => readFiles(reader, some, ages, fixture.beside);
  const withBytes = (rewrite: (content: Buffer) => Buffer): Files =>
    files.map(([path, content]) => [path, rewrite(content)]);

  it('keeps files apart that are read by turns', () => {
    const reading = new Reading(fixture.beside);
    const open = files.map(([path, content], age) => ({
      parser: requireLines(reader, path).open(reading.logFile(path)),
      sink: reading.sinkOf(age),
      waiting: [...completeLines(content)],
    }));
    while (open.some(({ waiting }) => waiting.length > 0)) {
      for (const { parser, sink, waiting } of open) {
        const line = waiting.shift();
        if (line !== undefined) parser.read(toLogLine(line), sink);
      }
    }
    assertSpent(reading, fixture);
  });

  it('knows again what it read before a file was cut short or written anew', () => {
    for (const share of [0, 0.3, 0.7, 1]) {
      const reading = read(files);
      const refused = { ...reading.refused };
      for (const [path, content] of files) {
        const cut = content.subarray(0, Math.floor(content.length * share));
        readFile(reader, reading, path, cut, ages.indexOf(path));
      }
      assertSpent(reading, fixture);
      assert.ok(Object.keys(reading.refused).every((reason) => reason in refused));
    }
  });

  it('waits for the end of a torn line', () => {
    const random = randomFrom(1);
    for (const [path, content] of files) {
      const torn = content.subarray(0, Math.floor(random() * content.length));
      const reading = new Reading();
      readFile(reader, reading, path, torn);
      const whole = new Reading();
      readFile(reader, whole, path, content);
      for (const id of reading.receipts.keys()) assert.ok(whole.receipts.has(id));
    }
  });

  it('reads lines that end in CRLF, below a byte-order mark', () => {
    const windows = (content: Buffer) => Buffer.from(`\ufeff${content.toString().replaceAll('\n', '\r\n')}`);
    assertSpent(read(withBytes(windows)), fixture);
  });

  it('is not led astray by strange, huge and undecodable lines', () => {
    const strange = [
      ...hostileLines,
      `{"type":"user","message":{"role":"user","content":"${'x'.repeat(10_000_000)}"}}`,
    ];
    for (const line of [...strange.map((text) => Buffer.from(text)), Buffer.from([0xff, 0xfe, 0x22, 0xc3])]) {
      assertSpent(read(withBytes((content) => afterEachLine(content, line))), fixture);
    }
  });
}

function toBytes(content: Content): Buffer {
  return isBytes(content) ? content : Buffer.alloc(0);
}

function requireLines(reader: Reader, path: string): LineFormat {
  const format = requireFormat(reader, path);
  if (format.kind !== 'lines') throw new Error(`${path} is no log of lines`);
  return format;
}

/** What holds for counts, however they are named. */
function describeCounts(reader: Reader, fixture: Fixture, names: CountNames): void {
  const files = filesOf(fixture);
  const ages = files.map(([path]) => path);
  const readChanged = (rewrite: (text: string) => string) =>
    readFiles(
      reader,
      files.map(([path, content]) => [path, rewritten(content, rewrite)]),
      ages,
      fixture.beside,
    );

  it('reads counts that are logged as text', () => {
    const field = new RegExp(`"(${names.tokens})":(\\d+)`, 'g');
    assertSpent(
      readChanged((text) => text.replace(field, '"$1":"$2"')),
      fixture,
    );
  });

  if (names.output === null || fixture.hasBareCounts) return;
  const output = new RegExp(`"(${names.output})":\\d+`, 'g');

  it('takes a missing count for unknown, not for 0', () => {
    const reading = readChanged((text) => text.replace(output, '"$1":null'));
    for (const { tokens, quality } of reading.standing()) {
      assert.equal(tokens.output, null);
      assert.notEqual(quality, 'exact');
    }
  });

  it('refuses negative counts', () => {
    const reading = readChanged((text) => text.replace(output, '"$1":-5'));
    assert.deepEqual(
      reading.standing().filter(({ tokens }) => tokens.output !== null),
      [],
    );
    const counted = readFiles(reader, files, ages, fixture.beside)
      .standing()
      .some(({ tokens }) => tokens.output !== null);
    assert.equal((reading.refused.implausible ?? 0) > 0, counted);
  });
}

/** The file with `line` before its last line, where the state of a reader is fullest. */
function afterEachLine(content: Buffer, line: Buffer): Buffer {
  const start = content.lastIndexOf('\n', content.length - 2) + 1;
  return Buffer.concat([content.subarray(0, start), line, Buffer.from('\n'), content.subarray(start)]);
}

function describeDamage(reader: Reader, fixtures: readonly Fixture[], names: CountNames): void {
  const files = fixtures.flatMap(filesOf);
  const texts = files.filter(([, content]) => isBytes(content));
  const logs = texts.filter(([path]) => requireFormat(reader, path).kind === 'lines');
  const documents = texts.filter(([path]) => requireFormat(reader, path).kind === 'document');

  it('yields nothing from an empty file', () => {
    for (const [path, content] of files) {
      const reading = new Reading();
      readFile(reader, reading, path, isBytes(content) ? Buffer.alloc(0) : { statements: [] });
      assert.deepEqual([reading.receipts.size, reading.facts.size, reading.refused], [0, 0, {}]);
    }
  });

  it('refuses what is no JSON', () => {
    for (const [path] of names.isProse ? [] : logs) {
      const reading = new Reading();
      readFile(reader, reading, path, Buffer.from('not JSON\n{"half":\n'));
      assert.deepEqual(reading.refused, { malformed: 2 });
    }
    for (const [path, content] of documents) {
      const reading = new Reading();
      readFile(reader, reading, path, toBytes(content).subarray(0, -3));
      assert.deepEqual([reading.receipts.size, reading.refused], [0, { malformed: 1 }]);
    }
  });

  it('refuses what a crash glued together when there is usage in it', () => {
    const field = new RegExp(`"(?:${names.output})"`);
    for (const [path, content] of logs.filter(([, content]) => field.test(toBytes(content).toString()))) {
      const line = toBytes(content)
        .toString()
        .split('\n')
        .find((part) => field.test(part));
      const reading = new Reading();
      readFile(reader, reading, path, Buffer.from(`{"type":"attachment","attachment":{"te${line}\n`));
      assert.equal(reading.receipts.size, 0);
      assert.deepEqual(reading.refused, { malformed: 1 });
    }
  });

  it('takes strange documents calmly', () => {
    for (const [path] of documents) {
      for (const text of hostileLines) readFile(reader, new Reading(), path, Buffer.from(text));
    }
  });

  it(`never throws and never emits nonsense on ${damagedFiles} damaged files`, () => {
    const random = randomFrom(20_260_101);
    for (let round = 0; round < damagedFiles; round++) {
      const [path, content] = files[round % files.length] ?? ['', Buffer.alloc(0)];
      const reading = new Reading();
      if (isBytes(content))
        readWithRestarts(reader, reading, path, damaged(damaged(content, random), random));
      else readFile(reader, reading, path, withDamagedStatement(content, random));
      for (const receipt of reading.standing()) assertSound(receipt);
    }
  }).timeout(60_000);
}

function withDamagedStatement({ statements }: DatabaseFile, random: () => number): DatabaseFile {
  const at = Math.floor(random() * statements.length);
  const changed = statements.map((statement, index) =>
    index === at ? damaged(Buffer.from(statement), random).toString() : statement,
  );
  return { statements: changed };
}
