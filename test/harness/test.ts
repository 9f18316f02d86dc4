/**
 * `npm test`: all checks and suites in order, and at the end what failed and one line with the sum of them. `--only NAME`
 * runs one of them, and `--vscode VERSION` has the host tests run in that version of the desktop VS Code.
 */

import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { addCounts, type Counts, countsVariable, readCounts, summaryLine } from './counts.ts';
import { withTemporaryFolder } from './isolation.ts';
import { mochaArguments } from './mocha.ts';
import { run, runNpm } from './program.ts';

interface Step {
  readonly name: string;
  /** @param compileCache where what Node compiles is kept: suites start many programs, VS Code's too, that are alike */
  readonly run: (compileCache: string) => Promise<Counts>;
}

const { values } = parseArgs({
  options: { only: { type: 'string' }, vscode: { type: 'string' } },
});

const vscodeVersion = values.vscode === undefined ? [] : ['--vscode', values.vscode];

const steps: readonly Step[] = [
  check('check', 'check:style'),
  check('check', 'check:types'),
  check('check', 'check:imports'),
  check('build', 'build'),
  check('build', 'build:tests'),
  suite('unit', mochaArguments(['test/unit/**/*.test.ts'])),
  suite('contract', mochaArguments(['test/contract/**/*.test.ts'])),
  suite('host', ['test/harness/hostSuite.ts', ...vscodeVersion]),
  suite('ui', ['test/harness/uiSuite.ts']),
];

const total = await withTemporaryFolder((folder) => runSteps(chosenSteps(values.only), folder));
for (const note of total.notes) console.log(note);
console.log(`\n${summaryLine(total)}`);
process.exit(total.failed === 0 ? 0 : 1);

/** A script of `package.json` that counts as one test. */
function check(name: string, script: string): Step {
  const execute = () => runNpm(['run', '--silent', script]);
  return {
    name,
    run: async () =>
      (await execute()) === 0
        ? { passed: 1, failed: 0 }
        : { passed: 0, failed: 1, notes: [`failed: npm run ${script}`] },
  };
}

/** A program that runs mocha with our reporter. */
function suite(name: string, args: readonly string[]): Step {
  const execute = async (folder: string, compileCache: string) => {
    const file = join(folder, 'counts.json');
    const env = { ...process.env, NODE_COMPILE_CACHE: compileCache, [countsVariable]: file };
    return readCounts(file, await run(process.execPath, args, { env }));
  };
  return { name, run: (compileCache) => withTemporaryFolder((folder) => execute(folder, compileCache)) };
}

/** What is built is needed by every suite that runs alone. */
function chosenSteps(only: string | undefined): readonly Step[] {
  if (only === undefined) return steps;
  const names = [...new Set(steps.map((step) => step.name))];
  if (!names.includes(only)) {
    console.error(`--only takes one of ${names.join(', ')}.`);
    process.exit(2);
  }
  return steps.filter((step) => step.name === only || (step.name === 'build' && only !== 'check'));
}

async function runSteps(chosen: readonly Step[], compileCache: string): Promise<Required<Counts>> {
  const counts: Counts[] = [];
  for (const step of chosen) {
    console.log(`\n── ${step.name} ──`);
    const count = await step.run(compileCache);
    console.log(`${step.name}: ${summaryLine(count)}`);
    counts.push(count);
  }
  return addCounts(counts);
}
