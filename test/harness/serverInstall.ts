/**
 * Installs the VS Code server that npm's `code-server` carries: a complete, real VS Code for machines without a
 * desktop. Its native modules stay unbuilt; without them it logs less and is otherwise whole, so no compiler is needed.
 */

import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { installOnce } from './installOnce.ts';
import { cacheFolder } from './layout.ts';
import { runNpm } from './program.ts';

/** Of `code-server`; the VS Code in it is three lower in the first number. */
export const serverVersion = '4.139.1';
const vscodeFolder = join('node_modules', 'code-server', 'lib', 'vscode');
const entry = join(vscodeFolder, 'out', 'server-main.js');

/** Where the extensions lie that VS Code itself brings, below the folder of its entry file's. */
export function builtInExtension(serverEntry: string, name: string): string {
  return join(dirname(dirname(serverEntry)), 'extensions', name);
}

/** The server's entry file, installed at the first call on a machine. */
export async function installedServer(cache = cacheFolder, install = installInto): Promise<string> {
  const folder = join(cache, `vscode-server-${serverVersion}`);
  await installOnce(folder, install);
  return join(folder, entry);
}

async function installInto(folder: string): Promise<void> {
  console.log(`Installing the VS Code server ${serverVersion} (once, about 20 s) ...`);
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true }));
  await npmInstall(folder, [`code-server@${serverVersion}`]);
  await npmInstall(join(folder, vscodeFolder), ['--omit=dev']);
}

async function npmInstall(folder: string, args: readonly string[]): Promise<void> {
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const code = await runNpm(['install', ...quiet, ...args], { cwd: folder });
  if (code !== 0) throw new Error(`npm install failed with code ${code} in ${folder}`);
}
