/**
 * Installs the VS Code server that npm's `code-server` carries: a complete, real VS Code for machines without a
 * desktop. Its native modules stay unbuilt; without them it logs less and is otherwise whole, so no compiler is needed.
 */

import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from './layout.ts';
import { runNpm } from './program.ts';

const version = '4.139.1';
const vscodeFolder = join('node_modules', 'code-server', 'lib', 'vscode');
const entry = join(vscodeFolder, 'out', 'server-main.js');

/** The server's entry file, installed at the first call on a machine. */
export async function installedServer(cache = cacheFolder, install = installInto): Promise<string> {
  const folder = join(cache, `vscode-server-${version}`);
  if (!existsSync(folder)) await installWhole(cache, folder, install);
  return join(folder, entry);
}

/** Gives the folder its name only when all of it is there; of two that install at once the first one wins. */
async function installWhole(cache: string, folder: string, install: typeof installInto): Promise<void> {
  await mkdir(cache, { recursive: true });
  const unfinished = await mkdtemp(`${folder}.`);
  try {
    await install(unfinished);
    await rename(unfinished, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function installInto(folder: string): Promise<void> {
  console.log(`Installing the VS Code server ${version} (once, about 20 s) ...`);
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true }));
  await npmInstall(folder, [`code-server@${version}`]);
  await npmInstall(join(folder, vscodeFolder), ['--omit=dev']);
}

async function npmInstall(folder: string, args: readonly string[]): Promise<void> {
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const code = await runNpm(['install', ...quiet, ...args], { cwd: folder });
  if (code !== 0) throw new Error(`npm install failed with code ${code} in ${folder}`);
}
