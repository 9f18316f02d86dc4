/** The packer of repositories that shows a tree of tokens: installed on demand, run without a network. */

import { join } from 'node:path';
import { installedPackages } from '../../harness/installOnce.ts';
import { type Measured, measure } from '../peers.ts';

export const packerName = 'repomix 1.18.1';

/** Counts all of a folder by its own encoding, as far as it can be asked for no more than that. */
export async function runPacker(folder: string, workFolder: string): Promise<Measured> {
  const modules = join(await installedPackages('packer', import.meta.dirname), 'node_modules');
  const program = join(modules, 'repomix', 'bin', 'repomix.cjs');
  const only = ['--quiet', '--no-files', '--no-security-check', '--no-git-sort-by-changes'];
  const tree = ['--token-count-tree', '--token-count-encoding', 'o200k_base'];
  const output = ['--output', join(workFolder, 'packed.xml')];
  return measure(process.execPath, [program, folder, ...only, ...tree, ...output], { HOME: workFolder });
}
