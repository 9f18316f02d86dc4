/**
 * Our count of a folder as a program, so that it is measured as its peers are: `folderProcess.ts FOLDER CACHE` counts
 * FOLDER with the cache in CACHE, says what it came to, and ends.
 */

import { join } from 'node:path';
import { startFolders } from '../../../src/editor/threads.ts';
import { Caller } from '../../../src/workers/channel.ts';
import type { FolderEvent, FolderRequests } from '../../../src/workers/folderProtocol.ts';
import { root } from '../../harness/layout.ts';

const [path = '', cacheFolder = ''] = process.argv.slice(2);
const worker = new Caller<FolderRequests, FolderEvent>(
  startFolders(join(root, 'dist'), cacheFolder, {}),
  () => {},
);
const { files, tokens, skipped } = await worker.call('count', {
  roots: [{ path, excludeBase: path, excludes: [{ pattern: '**/node_modules' }] }],
  model: 'gpt-5.5',
  calibration: null,
});
console.log(JSON.stringify({ files, tokens, skipped }));
process.exit(0);
