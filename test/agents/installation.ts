/** Installs the agents under test, once a machine, outside the repository: together they take more than a gigabyte. */

import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { installedPackages } from '../harness/installOnce.ts';

/** What is installed: the folder of an npm package with its version. */
export interface InstalledPackage {
  readonly folder: string;
  readonly version: string;
  /** Its programs, by their names: paths below the folder. */
  readonly bin: Readonly<Record<string, string>>;
}

/** The folder that holds all agents of the manifest. */
export function installedAgents(): Promise<string> {
  return installedPackages('agents', import.meta.dirname, placeClaudeBinary);
}

export function findPackage(agentsFolder: string, name: string): InstalledPackage {
  const folder = join(agentsFolder, 'node_modules', ...name.split('/'));
  const manifest = createRequire(import.meta.url)(join(folder, 'package.json')) as Partial<InstalledPackage>;
  return { folder, version: manifest.version ?? '', bin: manifest.bin ?? {} };
}

/** The manifest allows no install scripts. This one is needed: it puts Claude Code's program where `bin` says. */
function placeClaudeBinary(folder: string): void {
  const script = join(folder, 'node_modules', '@anthropic-ai', 'claude-code', 'install.cjs');
  const { status, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`Claude Code could not be put in its place: ${stderr}`);
}
