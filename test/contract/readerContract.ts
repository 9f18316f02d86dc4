/** What every reader must do, whatever its format: call with its fixtures. */

import assert from 'node:assert/strict';
import type { Reader } from '../../src/agents/reader.ts';
import { completeLines, toLogLine } from './byteLine.ts';
import { assertFacts, assertSound, assertSpent } from './comparison.ts';
import { damaged, hostileLines, randomFrom, shuffled } from './damage.ts';
import type { Fixture } from './fixture.ts';
import { type Files, Reading, readFile, readFiles, readWithRestarts } from './reading.ts';

/** Damaged copies of the fixtures' files that a reader is tried on. */
const damagedFiles = 4000;

export function describeReader(reader: Reader, fixtures: readonly Fixture[]): void {
  for (const fixture of fixtures) {
    describe(fixture.name, () => describeFixture(reader, fixture));
  }
  describe('damaged logs', () => describeDamage(reader, fixtures));
}

function describeFixture(reader: Reader, fixture: Fixture): void {
  const files: Files = Object.entries(fixture.files).map(([path, text]) => [path, Buffer.from(text)]);
  const ages = files.map(([path]) => path);
  const read = (some: Files) => readFiles(reader, some, ages);
  const rewritten = (rewrite: (content: Buffer) => Buffer): Files =>
    files.map(([path, content]) => [path, rewrite(content)]);

  it('takes every file for a log', () => {
    assert.deepEqual(
      ages.filter((path) => !reader.isLog(path)),
      [],
    );
  });

  it('counts what was billed, once, and credits it to its session', () => assertSpent(read(files), fixture));

  it('tells of the sessions', () => assertFacts(read(files), fixture));

  it('counts what it refuses', () => assert.deepEqual(read(files).refused, fixture.refused ?? {}));

  it('ends the same in any order of files, each read twice', () => {
    const random = randomFrom(files.length);
    assertSpent(read([...files].reverse()), fixture);
    for (let round = 0; round < 8; round++)
      assertSpent(read(shuffled([...files, ...files], random)), fixture);
  });

  it('ends the same when restarted at every line', () => {
    const reading = new Reading();
    for (const [path, content] of files) readWithRestarts(reader, reading, path, content, ages.indexOf(path));
    assertSpent(reading, fixture);
    assertFacts(reading, fixture);
    assert.deepEqual(reading.refused, fixture.refused ?? {});
  });

  it('keeps files apart that are read by turns', () => {
    const reading = new Reading();
    const open = files.map(([path, content], age) => ({
      parser: reader.open({ relativePath: path }),
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
    assertSpent(read(rewritten(windows)), fixture);
  });

  it('reads counts that are logged as text', () => {
    const quoted = (content: Buffer) => Buffer.from(content.toString().replace(tokenField, '"$1":"$2"'));
    assertSpent(read(rewritten(quoted)), fixture);
  });

  it('takes a missing count for unknown, not for 0', () => {
    const unknown = (content: Buffer) =>
      Buffer.from(content.toString().replace(outputField, '"output_tokens":null'));
    for (const { tokens, quality } of read(rewritten(unknown)).standing()) {
      assert.deepEqual([tokens.output, quality], [null, 'partial']);
    }
  });

  it('refuses negative counts', () => {
    const negative = (content: Buffer) =>
      Buffer.from(content.toString().replace(outputField, '"output_tokens":-5'));
    const reading = read(rewritten(negative));
    assert.deepEqual(
      reading.standing().filter(({ tokens }) => tokens.output !== null),
      [],
    );
    const counted = read(files)
      .standing()
      .some(({ tokens }) => tokens.output !== null);
    assert.equal((reading.refused.implausible ?? 0) > 0, counted);
  });

  it('is not led astray by strange, huge and undecodable lines', () => {
    const strange = [
      ...hostileLines,
      `{"type":"user","message":{"role":"user","content":"${'x'.repeat(10_000_000)}"}}`,
    ];
    for (const line of [...strange.map((text) => Buffer.from(text)), Buffer.from([0xff, 0xfe, 0x22, 0xc3])]) {
      assertSpent(read(rewritten((content) => afterEachLine(content, line))), fixture);
    }
  });
}

const tokenField = /"(\w*tokens)":(\d+)/g;
const outputField = /"output_tokens":\d+/g;

/** The file with `line` before its last line, where the state of a reader is fullest. */
function afterEachLine(content: Buffer, line: Buffer): Buffer {
  const start = content.lastIndexOf('\n', content.length - 2) + 1;
  return Buffer.concat([content.subarray(0, start), line, Buffer.from('\n'), content.subarray(start)]);
}

function describeDamage(reader: Reader, fixtures: readonly Fixture[]): void {
  const files = fixtures.flatMap(({ files }) => Object.entries(files));

  it('yields nothing from an empty file', () => {
    const reading = new Reading();
    readFile(reader, reading, files[0]?.[0] ?? '', Buffer.alloc(0));
    assert.deepEqual([reading.receipts.size, reading.facts.size, reading.refused], [0, 0, {}]);
  });

  it('refuses lines that are no JSON', () => {
    for (const [path] of files) {
      const reading = new Reading();
      readFile(reader, reading, path, Buffer.from('not JSON\n{"half":\n'));
      assert.deepEqual(reading.refused, { malformed: 2 });
    }
  });

  it('refuses what a crash glued together when there is usage in it', () => {
    for (const [path, text] of files.filter(([, text]) => text.includes('"output_tokens"'))) {
      const line = text.split('\n').find((part) => part.includes('"output_tokens"'));
      const reading = new Reading();
      readFile(reader, reading, path, Buffer.from(`{"type":"attachment","attachment":{"te${line}\n`));
      assert.equal(reading.receipts.size, 0);
      assert.deepEqual(reading.refused, { malformed: 1 });
    }
  });

  it(`never throws and never emits nonsense on ${damagedFiles} damaged files`, () => {
    const random = randomFrom(20_260_101);
    for (let round = 0; round < damagedFiles; round++) {
      const [path, text] = files[round % files.length] ?? ['', ''];
      const content = damaged(damaged(Buffer.from(text), random), random);
      const reading = new Reading();
      readWithRestarts(reader, reading, path, content);
      for (const receipt of reading.standing()) assertSound(receipt);
    }
  }).timeout(60_000);
}
