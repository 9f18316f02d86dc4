/**
 * Takes lines of a transcript many at a time, by a program that walks through their bytes. It knows lines that log a
 * response and differ from one before in little, results of the calls in them, and lines that tell nothing: almost all.
 * Any other is read by itself.
 */

import type { ReceiptId } from '../../../domain/receipt.ts';
import { type LogRecord, parseRecord } from '../../fields.ts';
import { type BlockLines, type LogBlock, programBytes } from '../../logBlock.ts';
import type { PlacedSink } from '../../reader.ts';
import type { Memory } from '../memory.ts';
import type { TranscriptPlace } from '../place.ts';
import { addSpawnCalls } from '../spawns.ts';
import { keepOpen } from '../toolCalls.ts';
import { readContext } from './lineContext.ts';
import * as field from './program/fields.ts';
import * as layout from './program/layout.ts';
import { RunTeller } from './runTeller.ts';
import { type Question, SkimProgram } from './skimProgram.ts';

/** `null` where the processor lacks what the program needs: then each line is read. */
function makeProgram(block: LogBlock): SkimProgram | null {
  try {
    return new SkimProgram(block);
  } catch {
    return null;
  }
}

export class Skimmer {
  readonly #place: TranscriptPlace;
  #teller: RunTeller | null = null;
  /** Where in their logs the blocks begin of which lines were taken: the program remembers within a block alone. */
  #position = -1;

  constructor(place: TranscriptPlace) {
    this.#place = place;
  }

  /** As {@link LogParser.skim}. */
  skim(lines: BlockLines, memory: Memory, sink: PlacedSink): number {
    const program = lines.block.once(makeProgram);
    if (program === null) return lines.start;
    if (this.#position !== lines.position || this.#teller === null) {
      this.#position = lines.position;
      this.#teller = null;
      program.forget();
    }
    const leaves = memory.summaries.map(({ leafUuid }) => leafUuid);
    if (leaves.some((leaf) => !isWord(leaf))) return lines.start;
    program.leave(leaves);
    // A line is seen to but once in each way, or it would be stopped at without end.
    let adopted = -1;
    let spawn: Spawn | null = null;
    for (let start = lines.start; start < lines.end; start = program.stop) {
      const outcome = program.run(questionOf(lines, start, memory, spawn));
      const { stop } = program;
      if (spawn !== null && stop !== spawn.at) spawn = tellSpawn(spawn, memory, sink);
      this.#teller?.tell(memory, sink, lines.position - programBytes);
      if (outcome === layout.otherContext && stop !== adopted && this.#adopt(program)) adopted = stop;
      else if (outcome === layout.spawned && stop !== spawn?.at) spawn = spawnAt(program);
      else if (outcome !== layout.full || stop === start) return stop;
    }
    return lines.end;
  }

  /** Takes lines like the one at which the program stopped from now on. Returns whether it can. */
  #adopt(program: SkimProgram): boolean {
    const context = readContext(program);
    if (context === null) return false;
    this.#teller = new RunTeller(program, context, this.#place);
    program.adopt();
    return true;
  }
}

/** A call that starts a sub-agent. */
interface Spawn {
  /** Where its line begins. */
  readonly at: number;
  readonly id: string;
  readonly name: string;
  readonly receipt: ReceiptId;
  /** `null` where the line has to be read. */
  readonly input: LogRecord | null;
}

/** The call of the line at which the program stopped. It counts once the line was taken. */
function spawnAt(program: SkimProgram): Spawn {
  return {
    at: program.stop,
    id: program.text(program.span(layout.spawnIdStartAt)),
    name: program.text(program.span(layout.spawnNameStartAt)),
    receipt: { response: program.word(field.idField), request: program.word(field.requestIdField) },
    input: parseRecord(program.utf8(program.span(layout.spawnInputStartAt))),
  };
}

function tellSpawn({ id, name, receipt, input }: Spawn, memory: Memory, sink: PlacedSink): null {
  sink.toolCall({ agent: 'claude-code', receipt, id, name, input: JSON.stringify(input) });
  keepOpen(memory, [{ id, receipt }]);
  memory.calls = addSpawnCalls(memory.calls, { content: [{ id, name, input }] });
  return null;
}

function questionOf(
  { end }: BlockLines,
  start: number,
  { openCalls, calls }: Memory,
  spawn: Spawn | null,
): Question {
  const isSeenTo = spawn !== null && spawn.input !== null;
  const added = isSeenTo ? 1 : 0;
  const seenTo = isSeenTo ? spawn.at : -1;
  return { start, end, waiting: openCalls.length + added, spawns: calls.length + added, seenTo };
}

function isWord(text: string): boolean {
  return text.length <= layout.mostWordBytes && Buffer.byteLength(text) === text.length;
}
