/** What VS Code calls to run the host tests: every `*.test.js` that was built beside this file. */

import { globSync } from 'node:fs';
import { format } from 'node:util';
import Mocha from 'mocha';
import CountingReporter from '../harness/countingReporter.ts';
import { markLines } from '../harness/marks.ts';

/** Longer than anything waits in one step, so that a step which waits in vain tells for what. */
const limitMs = 60_000;

export async function run(): Promise<void> {
  Mocha.reporters.Base.consoleLog = (...args: unknown[]) => console.log(markLines(format(...args)));
  const mocha = new Mocha({ reporter: CountingReporter, timeout: limitMs, color: true });
  for (const file of globSync('**/*.test.js', { cwd: __dirname })) mocha.addFile(`${__dirname}/${file}`);
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} failed`);
}
