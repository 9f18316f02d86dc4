/** The logs of all fixtures on a disk, each fixture in a root of its own, written at once or a piece at a time. */

import { closeSync, ftruncateSync, mkdirSync, openSync, utimesSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Reader } from '../../src/agents/reader.ts';
import type { AgentId } from '../../src/domain/agent.ts';
import type { Random } from '../unit/ledger/random.ts';
import type { ReaderFixtures } from './allFixtures.ts';
import { type Content, filesOf, isBytes, makeDatabase } from './fixtureFile.ts';
import { requireFormat } from './reading.ts';

export interface LogsRoot {
  readonly agent: AgentId;
  readonly path: string;
}

const firstBornMs = Date.parse('2020-01-01T00:00:00Z');

/** A run of NULs before a line is passed over: it makes logs large that hold little, and takes no room on most disks. */
const gapBytes = 600 << 10;

export class GrowingLogs {
  readonly roots: readonly LogsRoot[];
  readonly #files: readonly GrowingFile[];

  /** @param gapsBytes how much larger all logs of lines become together: parts are cut, and threads set to work, by size */
  constructor(folder: string, all: readonly ReaderFixtures[], gapsBytes: number) {
    const trees = all.flatMap(({ reader, fixtures }) =>
      fixtures.map((fixture, index) => {
        const path = join(folder, reader.agent, String(index));
        mkdirSync(path, { recursive: true });
        return { root: { agent: reader.agent, path }, reader, files: filesOf(fixture) };
      }),
    );
    let gaps = Math.floor(gapsBytes / gapBytes);
    this.roots = trees.map(({ root }) => root);
    this.#files = trees.flatMap(({ root, reader, files }) =>
      files.map(([path, content], age) => {
        const pieces = piecesOf(reader, path, content, gaps);
        gaps -= pieces.filter(({ gap }) => gap > 0).length;
        return new GrowingFile(join(root.path, path), firstBornMs + 60_000 * age, content, pieces);
      }),
    );
  }

  get isComplete(): boolean {
    return this.#files.every(({ isComplete }) => isComplete);
  }

  writeAll(): void {
    for (const file of this.#files) file.growTo(1);
  }

  /** Lets some of the files grow, each by some of what it lacks. */
  writeSome(random: Random): void {
    for (const file of this.#files) {
      if (random.below(3) === 0) file.growTo(random.below(3) === 0 ? 1 : random.below(1000) / 1000);
    }
  }
}

interface Piece {
  /** NULs before it. */
  readonly gap: number;
  readonly bytes: Buffer;
}

function piecesOf(reader: Reader, path: string, content: Content, gaps: number): readonly Piece[] {
  if (!isBytes(content)) return [];
  if (requireFormat(reader, path).kind === 'document') return [{ gap: 0, bytes: content }];
  const lines = content.toString('latin1').split(/(?<=\n)/);
  return lines.map((line, index) => ({
    gap: index > 0 && index <= gaps ? gapBytes : 0,
    bytes: Buffer.from(line, 'latin1'),
  }));
}

class GrowingFile {
  readonly #path: string;
  readonly #bornMs: number;
  readonly #content: Content;
  readonly #pieces: readonly Piece[];
  readonly #size: number;
  #written = 0;

  constructor(path: string, bornMs: number, content: Content, pieces: readonly Piece[]) {
    this.#path = path;
    this.#bornMs = bornMs;
    this.#content = content;
    this.#pieces = pieces;
    this.#size = pieces.reduce((sum, { gap, bytes }) => sum + gap + bytes.length, 0);
  }

  get isComplete(): boolean {
    return this.#written === 1;
  }

  /** Only lines are added one by one: documents and databases come whole. */
  growTo(share: number): void {
    if (share <= this.#written) return;
    if (this.#pieces.length <= 1 && share < 1) return;
    mkdirSync(dirname(this.#path), { recursive: true });
    if (isBytes(this.#content)) this.#writeBytes(share);
    else makeDatabase(this.#path, this.#content).close();
    // A file that was written later is no younger for that.
    utimesSync(this.#path, this.#bornMs / 1000, this.#bornMs / 1000);
    this.#written = share;
  }

  #writeBytes(share: number): void {
    const from = Math.floor(this.#written * this.#size);
    const to = Math.floor(share * this.#size);
    if (this.#written === 0) writeFileSync(this.#path, '');
    const file = openSync(this.#path, 'r+');
    ftruncateSync(file, to);
    let at = 0;
    for (const { gap, bytes } of this.#pieces) {
      at += gap;
      const piece = bytes.subarray(Math.max(0, from - at), Math.max(0, to - at));
      if (piece.length > 0) writeSync(file, piece, 0, piece.length, Math.max(from, at));
      at += bytes.length;
    }
    closeSync(file);
  }
}
