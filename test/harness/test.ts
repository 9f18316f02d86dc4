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
  /** @param folder of this run of the tests alone */
  readonly run: (folder: string) => Promise<Counts>;
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

/** A program that runs mocha with our reporter. Suites start many programs, VS Code's too, of which much is compiled once. */
function suite(name: string, args: readonly string[]): Step {
  return {
    name,
    async run(folder) {
      const file = join(folder, `${name}.json`);
      const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled'), [countsVariable]: file };
      return readCounts(file, await run(process.execPath, args, { env }));
    },
  };
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

async function runSteps(chosen: readonly Step[], folder: string): Promise<Required<Counts>> {
  const counts: Counts[] = [];
  for (const step of chosen) {
    console.log(`\n── ${step.name} ──`);
    const count = await step.run(folder);
    console.log(`${step.name}: ${summaryLine(count)}`);
    counts.push(count);
  }
  return addCounts(counts);
}
