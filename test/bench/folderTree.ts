/** Our count of a folder of 50,000 files, for the first time and again: how long it takes, its memory, and who waits. */

import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { withTemporaryFolder } from '../harness/isolation.ts';
import { installForWorkbench } from '../harness/packagedExtension.ts';
import { runNpm } from '../harness/program.ts';
import { openWorkbench } from '../ui/driver.ts';
import { compare, type Figure, type Part } from './figure.ts';
import { fileCount, fileSet } from './folders/fileSet.ts';
import { packerName, runPacker } from './folders/packer.ts';
import { type Measured, measure } from './peers.ts';

const rounds = 3;
const countLimitMs = 180_000;
/** For VS Code's own watching of so many new files. */
const settleMs = 3_000;
const extensionFolders = { ours: 'tokenburn.token-burn' };
/** What a screen of 60 Hz leaves between two pictures: nobody else does such work in the host to be compared with. */
const frameMs = 1000 / 60;

export const folderTree: Part = {
  name: 'folder-tree',
  run: async () => timesOf(await fileSet()),
};

export const folderTreeStall: Part = {
  name: 'folder-tree-stall',
  run: async () => stallsOf(await fileSet()),
};

/** Beside the packer, and beside programs that do no more than read all files, or than look at each. */
async function timesOf(set: string): Promise<readonly Figure[]> {
  const cold: Measured[] = [];
  const cached: Measured[] = [];
  const packed: Measured[] = [];
  const read: Measured[] = [];
  const seen: Measured[] = [];
  for (let round = 0; round < rounds; round++) {
    await withTemporaryFolder(async (folder) => {
      cold.push(await runOurs(set, folder));
      cached.push(await runOurs(set, folder));
      read.push(await measure('find', [set, '-type', 'f', '-exec', 'wc', '-l', '{}', '+'], {}));
      seen.push(await measure('du', ['-s', set], {}));
      // It takes minutes.
      if (round === 0) packed.push(await runPacker(set, folder));
    });
  }
  const seconds = (runs: readonly Measured[]) => runs.map(({ wallMs }) => wallMs / 1000);
  const megabytes = (runs: readonly Measured[]) => runs.map(({ peakBytes }) => peakBytes / 2 ** 20);
  return [
    ...compare(folderTree.name, 's', seconds(cold), {
      'find and wc': seconds(read),
      [packerName]: seconds(packed),
    }),
    // The packer remembers nothing: another time it does all of it again.
    ...compare('folder-tree-again', 's', seconds(cached), {
      du: seconds(seen),
      [packerName]: seconds(packed),
    }),
    ...compare('folder-tree-memory', 'MB', megabytes(cold), { [packerName]: megabytes(packed) }),
  ];
}

async function runOurs(set: string, cacheFolder: string): Promise<Measured> {
  const program = join(import.meta.dirname, 'folders', 'folderProcess.ts');
  const run = await measure(process.execPath, [program, set, cacheFolder], {});
  const { files }: { files: number } = JSON.parse(run.output);
  if (files !== fileCount) throw new Error(`${files} files were counted in place of ${fileCount}`);
  return run;
}

/** The longest that we keep the extension host while it all is counted in its window. */
async function stallsOf(set: string): Promise<readonly Figure[]> {
  await runNpm(['run', '--silent', 'build:tests']);
  await installForWorkbench();
  const ours: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const busy = await countInWindow(set);
    ours.push(busy.ours?.longestMs ?? Number.NaN);
  }
  return compare(folderTreeStall.name, 'ms', ours, { 'a frame at 60 Hz': [frameMs] });
}

async function countInWindow(set: string) {
  const { ui, ask, workspaceFolder, close } = await openWorkbench({ isWhole: true });
  try {
    await cp(set, join(workspaceFolder, 'project'), { recursive: true });
    await pause(settleMs);
    await ui.openTokenBurnView();
    await ask('startProfile', null);
    await ui.runCommand('Token Burn: Count Folder Tokens');
    const counting = ui.page.getByText(/ tokens so far$/);
    await counting.waitFor();
    await counting.waitFor({ state: 'hidden', timeout: countLimitMs });
    return await ask('stopProfile', extensionFolders);
  } finally {
    await close();
  }
}
