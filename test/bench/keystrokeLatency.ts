/** From a keystroke to the changed status bar, in the real extension host, beside the most that it may take. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { installForWorkbench } from '../harness/packagedExtension.ts';
import { runNpm } from '../harness/program.ts';
import { openWorkbench, type Workbench } from '../ui/driver.ts';
import { compare, type Figure, type Part, percentile } from './figure.ts';

const strokes = { warmUp: 5, counted: 40 };
/** Longer than the status bar waits between two counts, so that none of that time is in a figure. */
const betweenStrokesMs = 400;
const ceiling = { ceiling: [50] };
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
    const workbench = await openWorkbench({ settings: { 'tokenBurn.estimate.model': 'gpt-5.5' } });
    try {
      const figures: Figure[] = [];
      for (const [name, length] of sizes) {
        const latencies = await typeIn(workbench, `${name}.txt`, length);
        figures.push(
          ...compare(`keystroke-latency ${name}`, 'ms', latencies, ceiling),
          ...compare(`keystroke-latency ${name} p95`, 'ms', [percentile(latencies, 0.95)], ceiling),
        );
      }
      return figures;
    } finally {
      await workbench.close();
    }
  },
};

async function typeIn({ ui, ask, workspaceFolder }: Workbench, file: string, length: number) {
  const lines = Math.floor(length / line.length);
  await writeFile(join(workspaceFolder, file), line.repeat(lines));
  await ui.openFile(file);
  await counted(ask, lines);
  const latencies: number[] = [];
  for (let stroke = 0; stroke < strokes.warmUp + strokes.counted; stroke++) {
    const ms = await ask('typeCharacter', { character });
    if (stroke >= strokes.warmUp) latencies.push(ms);
    await pause(betweenStrokesMs);
  }
  return latencies;
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
