/** Where the guard is on this machine, and what its programs come from. */

import { join } from 'node:path';
import type { Launcher } from '../../guard/agents/commandLine.ts';
import { guardFiles, guardFolderIn } from '../../guard/guardFolder.ts';
import type { GuardOrigin } from './guardCommands.ts';

export interface GuardPlace extends GuardOrigin {
  /** Of the ledger. */
  readonly dataFolder: string;
}

export function launcherIn({ dataFolder }: Pick<GuardPlace, 'dataFolder'>): Launcher {
  return { path: join(guardFolderIn(dataFolder), guardFiles.launch), platform: process.platform };
}
