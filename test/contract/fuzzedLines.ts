/** A log of lines to damage. */

import type { JsonValue, Reader, Sink } from '../../src/agents/reader.ts';
import type { Receipt } from '../../src/domain/receipt.ts';
import { completeLines, toLogLine } from './byteLine.ts';
import { type FuzzedLog, isJson, soundlyTaken } from './fuzzedLog.ts';
import { closed, damagedLines, type Foreign, type Stretch } from './lineDamage.ts';
import { Reading, requireFormat } from './reading.ts';
import { silentLoss, type Taken } from './silentLoss.ts';

export function lineLog(reader: Reader, path: string, content: Buffer): FuzzedLog {
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
  const isOwn = new Map<Buffer, boolean>();
  /** Agents that share a format understand each other's lines: such a one changes what is told, and damages nothing. */
  const stranger = (foreign: Foreign): Buffer => {
    const line = foreign();
    const known = isOwn.get(line) ?? read([{ bytes: closed(line), isDamaged: true }]).taken.tokens.size > 0;
    isOwn.set(line, known);
    return known ? stranger(foreign) : line;
  };
  return {
    reader,
    path,
    weight: lines.length > 0 ? 1 : 0,
    try(random, foreign) {
      const log = damagedLines(lines, random, () => stranger(foreign));
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
