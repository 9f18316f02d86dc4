/** Cutting a text into chunks. */

import { Chunk } from './chunk.ts';
import type { Region } from './region.ts';
import type { SafeCuts } from './safeCuts.ts';

/** Lengths in UTF-16 code units. A chunk is longer than `usual` only as far as there is no safe cut. */
export const chunkLengths = { least: 128, usual: 512 } as const;

/** One chunk where the text is lacking. */
export function cutIntoChunks(region: Region, cuts: SafeCuts): Chunk[] {
  const { length, text } = region;
  if (text === undefined) return [new Chunk(length)];
  const chunks: Chunk[] = [];
  for (let start = 0; start < length; ) {
    const end = findCut(text, region, start, cuts);
    chunks.push(new Chunk(end - start, text.slice(start, end)));
    start = end;
  }
  return chunks;
}

/** The last safe cut in the second half of a text; else its end. */
export function lastCut(text: string, cuts: SafeCuts): number {
  for (let at = text.length - 1; at > text.length / 2; at--) {
    if (cuts.isSafe(text, at)) return at;
  }
  return text.length;
}

/** The next safe cut after `start`, near the usual length if there is one; else the end. */
function findCut(text: string, { from, to }: Region, start: number, cuts: SafeCuts): number {
  const { least, usual } = chunkLengths;
  if (text.length - start <= usual + least) return text.length;
  for (let at = Math.max(start + usual, from); at <= to && at < text.length; at++) {
    if (cuts.isSafe(text, at)) return at;
  }
  for (let at = Math.min(start + usual - 1, to); at >= Math.max(start + least, from); at--) {
    if (cuts.isSafe(text, at)) return at;
  }
  return text.length;
}
