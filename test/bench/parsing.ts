/** What is done with the lines of Claude Code where nobody is told of them. */

import { placeOf } from '../../src/agents/claude/place.ts';
import { TranscriptParser } from '../../src/agents/claude/transcriptParser.ts';
import type { PlacedSink } from '../../src/agents/reader.ts';
import type { LineTaker } from '../../src/ledger/lineTaker.ts';

/** Has the reader take the lines of one log, of which it tells a sink that does not listen. */
export function parsing(path: string): LineTaker {
  const parser = new TranscriptParser(placeOf(path));
  return {
    takeLine: (line) => parser.read(line, deaf),
    takeLines: (lines) => parser.skim(lines, deaf),
    takeOversized() {},
  };
}

const deaf: PlacedSink = {
  position: 0,
  receipt() {},
  run() {},
  session() {},
  toolCall() {},
  plan() {},
  refuse() {},
};

export const passing: LineTaker = { takeLine() {}, takeLines: ({ start }) => start, takeOversized() {} };
