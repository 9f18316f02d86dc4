/**
 * Runs `test/host` inside VS Code, in a desktop one where one can be had and else in the server.
 * `--vscode 1.101.0` asks for a version, which only a desktop one can be.
 */

import { createWriteStream, mkdirSync } from 'node:fs';
import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { downloadedDesktop, findDesktop, installedDesktop, wantedKind } from './desktop.ts';
import { isolation, withTemporaryFolder } from './isolation.ts';
import { outFolder, root, sampleWorkspace, serverLog } from './layout.ts';
import { splitMarked } from './marks.ts';
import { zoneAtMidday } from './midday.ts';

const hostLog = join(outFolder, 'host.log');

const { values } = parseArgs({ options: { vscode: { type: 'string' } } });

process.exit(await withTemporaryFolder(runIn));

async function runIn(temporary: string): Promise<number> {
  const desktop = await chooseDesktop(values.vscode);
  console.log(desktop === undefined ? 'In the VS Code server:' : `In ${desktop}:`);
  const home = join(temporary, 'home');
  const workspace = join(temporary, 'workspace');
  await mkdir(home);
  await rm(serverLog, { force: true });
  await cp(sampleWorkspace, workspace, { recursive: true });
  const output = testOutput();
  const launcher = [join(import.meta.dirname, 'launcher.ts')];
  try {
    return await runTests({
      vscodeExecutablePath: desktop ?? process.execPath,
      extensionDevelopmentPath: root,
      extensionTestsPath: join(outFolder, 'host', 'index.js'),
      extensionTestsEnv: { ...isolation(home), TZ: zoneAtMidday(new Date()) },
      launchArgs: [
        ...(desktop === undefined ? launcher : []),
        workspace,
        `--user-data-dir=${join(temporary, 'data')}`,
        `--extensions-dir=${join(temporary, 'extensions')}`,
        '--use-inmemory-secretstorage',
      ],
      stdout: output,
      stderr: output,
    });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    console.error(`What VS Code itself said is in ${hostLog} and ${serverLog}.`);
    return 1;
  } finally {
    output.end();
  }
}

function chooseDesktop(version: string | undefined): Promise<string | undefined> {
  if (version !== undefined) return findDesktop('desktop', [() => downloadedDesktop(version)]);
  return findDesktop(wantedKind(), [() => downloadedDesktop('stable'), installedDesktop]);
}

/** Shows the tests' lines and keeps all of VS Code's own in a file. */
function testOutput() {
  mkdirSync(outFolder, { recursive: true });
  const log = createWriteStream(hostLog);
  return splitMarked(
    (line) => console.log(line),
    (line) => log.write(`${line}\n`),
  );
}
