/** A folder like that of a large project, the same on every machine: 50,000 files of code and prose, 210 MB. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installOnce } from '../../harness/installOnce.ts';
import { cacheFolder } from '../../harness/layout.ts';
import { seededRandom } from '../random.ts';
import { corpora } from '../tokenizers/corpora.ts';

export const fileCount = 50_000;

const filesPerFolder = 25;
const extensions: Readonly<Record<string, string>> = {
  typescript: 'ts',
  javascript: 'js',
  json: 'json',
  prose: 'md',
};

/** Raised when other files are written, so that an older set is not taken for the new one. */
const generation = 1;

/** Made once a machine: its files are to be as old as those of a project are. */
export async function fileSet(): Promise<string> {
  const folder = join(cacheFolder, 'bench', `folder-${fileCount}-${generation}`);
  await installOnce(folder, async (unfinished) => writeFiles(unfinished));
  return folder;
}

function writeFiles(folder: string): void {
  const random = seededRandom(50);
  const sources = corpora().flatMap(({ name, text }) => {
    const extension = extensions[name];
    return extension === undefined ? [] : [{ text, extension }];
  });
  for (let file = 0; file < fileCount; file++) {
    const { text, extension } = sources[file % sources.length] ?? { text: '', extension: 'txt' };
    // Most files of a project are small, and a few are not.
    const length = random.chance(0.05) ? random.whole(10_000, 40_000) : random.whole(200, 6_000);
    const start = random.whole(0, text.length - length);
    const path = join(folder, ...folderOf(Math.floor(file / filesPerFolder)));
    if (file % filesPerFolder === 0) mkdirSync(path, { recursive: true });
    // Each is another text: what is known of one must not help with the next.
    writeFileSync(join(path, `file${file}.${extension}`), `// ${file}\n${text.slice(start, start + length)}`);
  }
}

/** Three levels deep. */
function folderOf(index: number): readonly string[] {
  return [`area${index % 5}`, `part${Math.floor(index / 5) % 20}`, `unit${Math.floor(index / 100)}`];
}
