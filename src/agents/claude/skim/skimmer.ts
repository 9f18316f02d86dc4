/**
 * Takes lines of a transcript many at a time, by a program that walks through their bytes. It knows lines that log a
 * response and differ from one before in little, results of the calls in them, and lines that tell nothing: almost all.
 * Any other is read by itself.
 */

import { type BlockLines, type LogBlock, programBytes } from '../../logBlock.ts';
import type { PlacedSink } from '../../reader.ts';
import type { Memory } from '../memory.ts';
import type { TranscriptPlace } from '../place.ts';
import { readContext } from './lineContext.ts';
import * as layout from './program/layout.ts';
import { RunTeller } from './runTeller.ts';
import { SkimProgram } from './skimProgram.ts';

/** Until so many were there to skim, lines are read: it takes as long to compile the program and to run it first. */
const worthBytes = 16 << 10;

/** The program of a block, made when it is worth it. */
class LateProgram {
  readonly #block: LogBlock;
  /** That were there to skim. */
  #bytes = 0;
  #program: SkimProgram | null | undefined;

  constructor(block: LogBlock) {
    this.#block = block;
  }

  /** `null` where the machine lacks what the program needs, too: then each line is read. */
  toSkim(bytes: number): SkimProgram | null {
    this.#bytes += bytes;
    if (this.#bytes < worthBytes && !this.#block.isEager) return null;
    // Where it cannot be made it is not tried again.
    if (this.#program === undefined) this.#program = this.#make();
    return this.#program;
  }

  #make(): SkimProgram | null {
    const { memory } = this.#block;
    try {
      return memory && new SkimProgram(memory);
    } catch {
      return null;
    }
  }
}

function lateProgram(block: LogBlock): LateProgram {
  return new LateProgram(block);
}

export class Skimmer {
  readonly #place: TranscriptPlace;
  #teller: RunTeller | null = null;
  /** Up to this place in the log lines are read one by one. */
  #readUpTo = 0;

  constructor(place: TranscriptPlace) {
    this.#place = place;
  }

  /** As {@link LogParser.skim}. */
  skim(lines: BlockLines, memory: Memory, sink: PlacedSink): number {
    const endInLog = lines.position + lines.end;
    if (endInLog === this.#readUpTo) return lines.start;
    const program = lines.block.once(lateProgram).toSkim(lines.end - lines.start);
    if (program === null) {
      this.#readUpTo = endInLog;
      return lines.start;
    }
    // Other logs may have been read meanwhile.
    if (this.#teller === null || program.teller !== this.#teller) {
      this.#teller = null;
      program.forget();
    }
    const leaves = memory.summaries.map(({ leafUuid }) => leafUuid);
    if (leaves.some((leaf) => !isWord(leaf))) return lines.start;
    program.leave(leaves);
    // A line is taken to go by but once, or it would be stopped at without end.
    let adopted = -1;
    for (let start = lines.start; start < lines.end; start = program.stop) {
      const { openCalls, calls } = memory;
      const isNamed = this.#teller?.isNamed(memory) ?? false;
      const outcome = program.run({
        start,
        end: lines.end,
        // So that of neither any would have to be forgotten.
        waiting: Math.max(openCalls.length, calls.length),
        spawns: calls.length,
        isNamed,
      });
      const { stop } = program;
      this.#teller?.tell(memory, sink, lines.position - programBytes);
      if (outcome === layout.otherContext && stop !== adopted && this.#adopt(program)) adopted = stop;
      else if (outcome !== layout.full) return stop;
      else {
        program.forgetTexts();
        if (stop === start) return stop;
      }
    }
    return lines.end;
  }

  /** Takes lines like the one at which the program stopped from now on. Returns whether it can. */
  #adopt(program: SkimProgram): boolean {
    const context = readContext(program);
    if (context === null) return false;
    this.#teller = new RunTeller(program, context, this.#place);
    program.adopt(this.#teller);
    return true;
  }
}

function isWord(text: string): boolean {
  return text.length <= layout.mostWordBytes && Buffer.byteLength(text) === text.length;
}
