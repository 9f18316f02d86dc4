/** What is done with the lines of Claude Code where nobody is told of them. */

import { bareLine } from '../../src/agents/claude/bareLine.ts';
import { kindOf } from '../../src/agents/claude/lineKind.ts';
import { ReplySkimmer } from '../../src/agents/claude/skim/skimmer.ts';
import type { LineTaker } from '../../src/ledger/lineTaker.ts';

/** Parses the lines of one log. Nothing is remembered from line to line: what a result answers is not looked for. */
export function parsing(): LineTaker {
  const skimmer = new ReplySkimmer();
  return {
    takeLine(line) {
      if (skimmer.skim(line) === null && skimmer.results(line) === null && bareLine(line) === null)
        kindOf(line);
    },
    takeOversized() {},
  };
}

export const passing: LineTaker = { takeLine() {}, takeOversized() {} };
