/** A home of its own for a VS Code under test, so that the developer's logs, settings and ledger are not touched. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder } from './layout.ts';

/** Variables by which an agent's logs, or another VS Code, could be reached in spite of another home. */
const leadsHome =
  /^(CLAUDE|CODEX|VSCODE)_|^XDG_(CONFIG|DATA|STATE|CACHE)_HOME$|^ELECTRON_RUN_AS_NODE$|^NODE_OPTIONS$/;

/** Changes to an environment that make `home` the home folder; `undefined` removes a variable. */
export function isolation(
  home: string,
  environment: NodeJS.ProcessEnv = process.env,
): Record<string, string | undefined> {
  const removed = Object.keys(environment).filter((name) => leadsHome.test(name));
  return {
    ...Object.fromEntries(removed.map((name) => [name, undefined])),
    HOME: home,
    USERPROFILE: home,
    APPDATA: join(home, 'AppData', 'Roaming'),
    LOCALAPPDATA: join(home, 'AppData', 'Local'),
    TOKEN_BURN_CACHE: cacheFolder,
  };
}

/** Gives `use` an empty folder and removes the folder when it is done. */
export async function withTemporaryFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'token-burn-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
