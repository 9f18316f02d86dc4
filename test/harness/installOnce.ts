/** Installing what is too big for `node_modules` into a cache of the machine, whole or not at all. */

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cacheFolder } from './layout.ts';
import { runNpm } from './program.ts';

/**
 * Fills `folder` by `install` unless it is there. The folder gets its name only when all of it is there; of two that
 * install at once the first one wins.
 */
export async function installOnce(
  folder: string,
  install: (unfinished: string) => Promise<void>,
): Promise<void> {
  if (existsSync(folder)) return;
  await mkdir(dirname(folder), { recursive: true });
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

const manifestFiles = ['package.json', 'package-lock.json', '.npmrc'];

/**
 * The folder in which the packages of a manifest of its own are installed, for this very manifest.
 *
 * @param name what they are, for the folder's name and for people
 * @param finish what is to be done after the installation, which runs no scripts
 */
export async function installedPackages(
  name: string,
  manifestFolder: string,
  finish: (folder: string) => Promise<void> | void = () => {},
): Promise<string> {
  const folder = join(cacheFolder, `${name}-${await manifestHash(manifestFolder)}`);
  await installOnce(folder, async (unfinished) => {
    console.error(`Installing the ${name} into ${cacheFolder} (once) ...`);
    for (const file of manifestFiles) await copyFile(join(manifestFolder, file), join(unfinished, file));

    // `npm ci` refuses a lock without the optional packages of other platforms, which not every registry has.
    const code = await runNpm(['install', '--no-save', '--loglevel=error'], {
      cwd: unfinished,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (code !== 0) throw new Error(`npm install failed with code ${code} in ${unfinished}`);
    await finish(unfinished);
  });
  return folder;
}

async function manifestHash(manifestFolder: string): Promise<string> {
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}`);
  for (const file of manifestFiles) hash.update(await readFile(join(manifestFolder, file)));
  return hash.digest('hex').slice(0, 12);
}
