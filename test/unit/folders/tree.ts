/** Temporary folders to count, with everything that a count needs. */

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CharacterClasses } from '../../../src/estimator/characters.ts';
import type { Encoding } from '../../../src/estimator/encoding.ts';
import { SafeCuts } from '../../../src/estimator/safeCuts.ts';
import { noCache } from '../../../src/folders/countCache.ts';
import { bufferBytes, type CountTools } from '../../../src/folders/countFile.ts';
import { type Disk, type OpenFile, systemDisk } from '../../../src/folders/disk.ts';
import { type Exclude, toExcluded } from '../../../src/folders/excludes.ts';
import { TreeFolder } from '../../../src/folders/tokenTree.ts';
import { walk } from '../../../src/folders/walk.ts';

/** Counts one token a character, which is all that most tests need of a tokenizer. */
export const perCharacter: Encoding = { count: (text) => ({ tokens: text.length, isExact: true }) };

export const cuts = new SafeCuts(new CharacterClasses());

export function toolsWith(tools: Partial<CountTools> = {}): CountTools {
  return {
    disk: systemDisk,
    cache: noCache('not in this test'),
    encodingKey: 'characters',
    encoding: () => perCharacter,
    cuts,
    buffer: new Uint8Array(bufferBytes),
    ...tools,
  };
}

/** A disk that remembers which files were opened, by their paths. */
export function recordingDisk(): Disk & { readonly opened: string[] } {
  const opened: string[] = [];
  const open = (path: string): OpenFile | null => {
    opened.push(path);
    return systemDisk.open(path);
  };
  return { ...systemDisk, open, opened };
}

export class TemporaryFolder {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), 'token-burn-folder-')));

  at(path: string): string {
    return join(this.path, path);
  }

  /** Files by their paths; folders are made where they are missing. */
  write(files: Readonly<Record<string, string | Uint8Array>>): this {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(this.at(path)), { recursive: true });
      writeFileSync(this.at(path), content);
    }
    return this;
  }

  dispose(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

export interface CountOptions {
  readonly tools?: Partial<CountTools>;
  readonly excludes?: readonly Exclude[];
}

/** Counts a folder to its end. */
export function countFolder(path: string, { tools, excludes = [] }: CountOptions = {}): TreeFolder {
  const tree = new TreeFolder('root', path);
  for (const _step of walk(tree, toExcluded(path, excludes), toolsWith(tools)));
  return tree;
}

/** The paths of all files that were counted, relative to the root, in order. */
export function countedFiles(tree: TreeFolder): string[] {
  const below = (folder: TreeFolder): string[] =>
    folder
      .page(Number.MAX_SAFE_INTEGER)
      .entries.flatMap((entry) => (entry.kind === 'folder' ? below(entry) : [entry.path]));
  return below(tree)
    .map((path) => path.slice(tree.path.length + 1))
    .sort();
}

/** A text as it is read again from a file: without halves of pairs, without byte order marks at the start, not binary. */
export function storable(text: string): string {
  return Buffer.from(text)
    .toString()
    .replaceAll('\0', '')
    .replace(/^\ufeff+/, '');
}
