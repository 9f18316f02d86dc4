/** Reading what a part holds. */

import { isImagePath } from './imageSize.ts';
import { type FoundFile, largestBytes } from './knownFiles.ts';
import type { Content, Problem } from './parts.ts';
import type { LineSpan } from './references.ts';
import type { Resolved } from './resolveReference.ts';
import type { Round } from './round.ts';
import { wholeText } from './textBytes.ts';
import { byName } from './walk.ts';

export function problem(of: Problem): Content {
  return { kind: 'problem', problem: of };
}

/** What a named path holds: a file, an image, or the names in a folder. */
export function contentOf(
  path: string,
  state: Resolved['state'],
  lines: LineSpan | null,
  round: Round,
): Promise<Content> | Content {
  if (state.kind === 'file') return fileContent({ path, ...state }, lines, round);
  return state.kind === 'folder' ? folderNames(path, round) : problem(state.kind);
}

async function fileContent(file: FoundFile, lines: LineSpan | null, round: Round): Promise<Content> {
  if (round.isLate()) return problem('late');
  if (!isImagePath(file.path)) return textContent(file, lines, null, round);
  const size = await round.known.pixelSize(file);
  return size === undefined ? problem('unreadable') : { kind: 'image', size };
}

/** @param mostBytes what the agent takes of it at most; `null` for all */
export async function textContent(
  file: FoundFile,
  lines: LineSpan | null,
  mostBytes: number | null,
  round: Round,
): Promise<Content> {
  if (round.isLate()) return problem('late');
  if (file.sizeBytes > largestBytes) return problem('tooLarge');
  const live = round.live(file.path);
  const sizeBytes = mostBytes === null ? file.sizeBytes : sizeNow(file, round);
  const bytes = mostBytes !== null && mostBytes < sizeBytes ? mostBytes : null;
  const counted = await round.known.count(file, { lines, bytes }, round.encoding, live);
  if (counted === undefined) return problem('unreadable');
  if (counted === null) return problem('notText');
  const bytesLeftOut = bytes === null ? 0 : sizeBytes - bytes;
  return { kind: 'text', ...counted, bytesLeftOut };
}

/** In bytes, with changes that are not saved where they are at hand. */
export function sizeNow(file: FoundFile, round: Round): number {
  const text = wholeText(round.live(file.path));
  return text === undefined ? file.sizeBytes : new TextEncoder().encode(text).length;
}

/** More names than agents tell of one folder. */
const mostNames = 1_000;

async function folderNames(path: string, round: Round): Promise<Content> {
  if (round.isLate()) return problem('late');
  const entries = await round.files.list(path);
  if (entries === null) return problem(round.isLate() ? 'late' : 'unreadable');
  const names = byName(entries)
    .slice(0, mostNames)
    .map(({ name, isFolder }) => (isFolder ? `${name}/` : name));
  return { kind: 'names', count: await round.known.countNew(names.join('\n'), round.encoding) };
}
