/**
 * The longest that we keep the extension host's thread, beside Git, while it starts, a person works and agents run. The
 * last profile is kept in `out/`, for a look with a browser's developer tools.
 */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { hostProfile } from '../harness/layout.ts';
import { installForWorkbench } from '../harness/packagedExtension.ts';
import { runNpm } from '../harness/program.ts';
import { openWorkbench, type Workbench } from '../ui/driver.ts';
import type { Busy } from '../ui/questions/profile.ts';
import { writeClaudeLogs } from './claudeLogs.ts';
import { compare, type Part } from './figure.ts';

const rounds = 3;
const mostTries = 6;
const logMegabytes = 60;
const documentLines = 200_000;
const folders = { ours: 'tokenburn.token-burn', git: '/extensions/git/' };

export const hostStall: Part = {
  name: 'host-stall',
  async run() {
    await runNpm(['run', '--silent', 'build:tests']);
    await installForWorkbench();
    const ours: number[] = [];
    const git: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const busy = await watchedWork();
      ours.push(busy.ours?.longestMs ?? Number.NaN);
      git.push(busy.git?.longestMs ?? Number.NaN);
    }
    return compare('host-stall', 'ms', ours, { 'vscode.git': git });
  },
};

/** Tries again where the profile began too late to hold the product's start. */
async function watchedWork(): Promise<Readonly<Record<string, Busy>>> {
  for (let left = mostTries; left > 0; left--) {
    const busy = await work();
    if (busy !== null) return busy;
  }
  throw new Error('the product started before the profile, each time');
}

/** `null` without a profile from the start. Sessions by the hundred come in while a large document is opened and typed in. */
async function work(): Promise<Readonly<Record<string, Busy>> | null> {
  const workbench = await openWorkbench({ isWhole: true, profileFile: hostProfile });
  try {
    const { ui, ask, homeFolder, workspaceFolder } = workbench;
    if (!(await ask('isProfiled', null))) return null;
    await writeFile(
      join(workspaceFolder, 'large.md'),
      'Another line of a large document.\n'.repeat(documentLines),
    );
    await ui.openTokenBurnView();
    await writeClaudeLogs(join(homeFolder, '.claude'), logMegabytes, 7);
    await settled(workbench);
    await ui.openFile('large.md');
    await pause(6_000);
    await ui.typeInEditor('What does it cost to send all of this?');
    await pause(3_000);
    return await ask('stopProfile', folders);
  } finally {
    await workbench.close();
  }
}

/** Until the view has stopped growing. */
async function settled({ ask }: Workbench): Promise<void> {
  for (let before = -1, limit = 60; limit > 0; limit--) {
    const { sessionRows } = await ask('shown', null);
    if (sessionRows.length === before && before > 0) return;
    before = sessionRows.length;
    await pause(1_000);
  }
  throw new Error('the sessions did not come in');
}
