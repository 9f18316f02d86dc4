/**
 * Runs `test/ui` against the packaged extension, installed in a VS Code server beside one that answers the tests'
 * questions. Files may be named; all run otherwise.
 */

import { rm } from 'node:fs/promises';
import { serverLog } from './layout.ts';
import { zoneAtMidday } from './midday.ts';
import { mochaArguments } from './mocha.ts';
import { installForWorkbench } from './packagedExtension.ts';
import { run } from './program.ts';

await rm(serverLog, { force: true });
await installForWorkbench();

const named = process.argv.slice(2);
const files = named.length > 0 ? named : ['test/ui/**/*.test.ts'];
const env = { ...process.env, TZ: zoneAtMidday(new Date()) };
// A busy machine may be too slow for one step of a person who waits for nothing; what is broken fails twice.
const args = mochaArguments(files, { limitMs: 120_000, retries: 1 });
process.exit(await run(process.execPath, args, { env }));
