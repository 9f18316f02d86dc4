/** Where the harness finds things and puts things. */

import { homedir } from 'node:os';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');
export const outFolder = join(root, 'out');
/** What the VS Code servers of the last run said. */
export const serverLog = join(outFolder, 'server.log');
/** What kept the extension host busy in the last benchmark of it. */
export const hostProfile = join(outFolder, 'host.cpuprofile');
export const sampleWorkspace = join(root, 'test', 'fixtures', 'workspace');
/** The extensions that the VS Code of a UI test has: the product, packaged, and the one that answers questions. */
export const uiExtensionsFolder = join(outFolder, 'extensions');
export const extensionId = 'tokenburn.token-burn';

/** Kept between runs and outside `node_modules`: the downloads that are too big to repeat. */
export const cacheFolder =
  process.env.TOKEN_BURN_CACHE ?? join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'token-burn');
