/**
 * From a keystroke to the changed status bar, in the real extension host: beside the most that it may take, and beside
 * the time after which the host was free at all.
 */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { installForWorkbench } from '../harness/packagedExtension.ts';
import { runNpm } from '../harness/program.ts';
import { openWorkbench, type Workbench } from '../ui/driver.ts';
import type { Keystroke } from '../ui/questions/keystroke.ts';
import { compare, type Figure, type Part, percentile } from './figure.ts';

const strokes = { warmUp: 5, counted: 40 };
/** Longer than the status bar waits between two counts, so that none of that time is in a figure. */
const betweenStrokesMs = 400;
const ceilingMs = 50;
/** VS Code's own look for merge conflicts reads a whole document at every edit, for longer than all else takes. */
const settings = {
  'tokenBurn.estimate.model': 'gpt-5.5',
  'merge-conflict.codeLens.enabled': false,
  'merge-conflict.decorators.enabled': false,
};
/** Each is tokens of its own, so that every keystroke shows. */
const character = '龘';
const line = 'if (ready) return next(value); // what a line of a large document says\n';

/** In UTF-16 code units. */
const sizes = [
  ['small', 2_000],
  ['1mb', 1_100_000],
  ['10mb', 10_000_000],
] as const;

export const keystrokeLatency: Part = {
  name: 'keystroke-latency',
  async run() {
    await runNpm(['run', '--silent', 'build:tests']);
    await installForWorkbench();
    const workbench = await openWorkbench({ isWhole: true, settings });
    try {
      for (const [name, length] of sizes) await writeLines(workbench, name, length);
      const figures: Figure[] = [];
      for (const [name, length] of sizes) {
        figures.push(...toFigures(`keystroke-latency ${name}`, await typeIn(workbench, name, length)));
      }
      return figures;
    } finally {
      await workbench.close();
    }
  },
};

function toFigures(name: string, seen: readonly Keystroke[]): readonly Figure[] {
  const ours = seen.map(({ shownMs }) => shownMs);
  const host = seen.map(({ hostMs }) => hostMs);
  const late = [percentile(ours, 0.95)];
  return [
    ...compare(name, 'ms', ours, { ceiling: [ceilingMs], 'free host': host }),
    ...compare(`${name} p95`, 'ms', late, { ceiling: [ceilingMs], 'free host': [percentile(host, 0.95)] }),
  ];
}

const fileOf = (name: string) => `keystrokes-${name}.txt`;
const linesIn = (length: number) => Math.floor(length / line.length);

/** Before anything is opened: VS Code remembers for a while which files it has found. */
async function writeLines({ workspaceFolder }: Workbench, name: string, length: number): Promise<void> {
  await writeFile(join(workspaceFolder, fileOf(name)), line.repeat(linesIn(length)));
}

async function typeIn({ ui, ask }: Workbench, name: string, length: number): Promise<readonly Keystroke[]> {
  await ui.openFile(fileOf(name));
  await counted(ask, linesIn(length));
  const seen: Keystroke[] = [];
  for (let stroke = 0; stroke < strokes.warmUp + strokes.counted; stroke++) {
    const keystroke = await ask('typeCharacter', { character });
    if (stroke >= strokes.warmUp) seen.push(keystroke);
    await pause(betweenStrokesMs);
  }
  return seen;
}

/** Until the estimate is that of this document, which has more tokens than the one before. */
async function counted(ask: Workbench['ask'], lines: number): Promise<void> {
  for (let limit = 60; limit > 0; limit--) {
    const { estimateLabel } = await ask('shown', null);
    const digits = /document: ([\d,]+)/.exec(estimateLabel ?? '')?.[1] ?? '';
    if (Number(digits.replaceAll(',', '')) > lines) return;
    await pause(500);
  }
  throw new Error('the document was not counted');
}
