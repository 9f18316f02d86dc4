/**
 * Runs `test/ui` against the packaged extension, installed in a VS Code server beside one that answers the tests'
 * questions. Files may be named; all run otherwise.
 */

import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { outFolder, serverLog, uiExtensionsFolder } from './layout.ts';
import { mochaArguments } from './mocha.ts';
import { installExtension, packageExtension } from './packagedExtension.ts';
import { run } from './program.ts';

await rm(serverLog, { force: true });
await rm(uiExtensionsFolder, { recursive: true, force: true });
await cp(join(outFolder, 'questions'), join(uiExtensionsFolder, 'questions'), { recursive: true });
await installExtension(await packageExtension(), uiExtensionsFolder);

const named = process.argv.slice(2);
process.exit(
  await run(process.execPath, mochaArguments(named.length > 0 ? named : ['test/ui/**/*.test.ts'], 60_000)),
);
