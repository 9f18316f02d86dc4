/**
 * `npm run test:mutation`: changes the nouns, the budgets, the prices and the merge rules in thousands of ways, and says
 * which changes no test notices. Changes to what is worked out while a file is loaded take a process each, and are tried
 * with `TOKEN_BURN_THOROUGH=1` alone. What was found is kept in `out/mutation`, so that the next run tries what changed.
 * Options of Stryker may follow, such as `--mutate src/domain/money.ts`, or `--force` to try everything again.
 */

import { mkdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { installedPackages } from '../harness/installOnce.ts';
import { outFolder, root } from '../harness/layout.ts';
import { run } from '../harness/program.ts';

const folder = await installedPackages('mutation', import.meta.dirname);
const stryker = join(folder, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
const config = relative(root, join(import.meta.dirname, 'stryker.json'));

const args = process.env.TOKEN_BURN_THOROUGH === '1' ? [] : ['--ignoreStatic'];

await mkdir(join(outFolder, 'mutation'), { recursive: true });
process.exitCode = await run(process.execPath, [stryker, 'run', config, ...args, ...process.argv.slice(2)]);
