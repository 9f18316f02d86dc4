/** Installs the agents under test, once a machine, outside the repository: together they take most of a gigabyte. */

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cacheFolder } from '../harness/layout.ts';
import { runNpm } from '../harness/program.ts';

const manifestFolder = import.meta.dirname;
const manifestFiles = ['package.json', 'package-lock.json', '.npmrc'];

/** What is installed: the folder of an npm package with its version. */
export interface InstalledPackage {
  readonly folder: string;
  readonly version: string;
}

/** The folder that holds all agents of the manifest, installed at the first call for this very manifest. */
export async function installedAgents(): Promise<string> {
  const folder = join(cacheFolder, `agents-${await manifestHash()}`);
  if (!existsSync(folder)) await installWhole(folder);
  return folder;
}

export function findPackage(agentsFolder: string, name: string): InstalledPackage {
  const folder = join(agentsFolder, 'node_modules', ...name.split('/'));
  const { version } = createRequire(import.meta.url)(join(folder, 'package.json')) as { version: string };
  return { folder, version };
}

async function manifestHash(): Promise<string> {
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}`);
  for (const file of manifestFiles) hash.update(await readFile(join(manifestFolder, file)));
  return hash.digest('hex').slice(0, 12);
}

/** Gives the folder its name only when all of it is there; of two that install at once the first one wins. */
async function installWhole(folder: string): Promise<void> {
  await mkdir(cacheFolder, { recursive: true });
  const unfinished = await mkdtemp(`${folder}.`);
  try {
    await installInto(unfinished);
    await rename(unfinished, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function installInto(folder: string): Promise<void> {
  console.error(`Installing the agents under test into ${cacheFolder} (once, about a minute) ...`);
  for (const file of manifestFiles) await copyFile(join(manifestFolder, file), join(folder, file));
  const code = await runNpm(['ci', '--loglevel=error'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (code !== 0) throw new Error(`npm ci failed with code ${code} in ${folder}`);
  placeClaudeBinary(folder);
}

/** The manifest allows no install scripts. This one is needed: it puts Claude Code's program where `bin` says. */
function placeClaudeBinary(folder: string): void {
  const script = join(folder, 'node_modules', '@anthropic-ai', 'claude-code', 'install.cjs');
  const { status, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`Claude Code could not be put in its place: ${stderr}`);
}
