/** Finding the files that a prompt names: `#file:path`, `@path`, `@"path"`, and Markdown links and images. */

export type ReferenceSyntax = 'hash' | 'mention' | 'link' | 'image';

/** A span of lines, both counted from 1 and included. */
export interface LineSpan {
  readonly first: number;
  readonly last: number;
}

export interface Reference {
  readonly syntax: ReferenceSyntax;
  /** As it is written, without quotes, escapes and line numbers. */
  readonly path: string;
  readonly lines: LineSpan | null;
  /** The span of the text that names it, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  /** Line of the text, counted from 1. */
  readonly line: number;
}

/** References of a text. */
export interface FoundReferences {
  readonly references: readonly Reference[];
  /** Whether there are more than are looked for. */
  readonly isCut: boolean;
}

/** More files than any agent takes in one prompt. */
const mostReferences = 500;
/** Longer than a path can be on the usual systems. */
const longestPath = 1024;

/** What may stand before a mention: an e-mail address has a letter there. */
const opening = String.raw`(?<=^|[\s([{"'*])`;
const quoted = `"([^"\\n]{1,${longestPath}})"|'([^'\\n]{1,${longestPath}})'`;
const bare = `((?:\\\\[^\\n]|[^\\s\\\\"'\`<>|]){1,${longestPath}})`;
const named = new RegExp(
  `${opening}(?:(#file:)(?:${quoted}|${bare})|@(?:"([^"\\n]{1,${longestPath}})"|${bare}))`,
  'gm',
);
/** The target of a link. Its text is not looked at: only what stands right before it tells an image. */
const linked = new RegExp(`\\]\\((?:<([^<>\\n]{1,${longestPath}})>|([^\\s()<>]{1,${longestPath}}))`, 'g');

/** @param isLooked whether what stands at an offset counts: code may not */
export function findReferences(text: string, isLooked: (offset: number) => boolean): FoundReferences {
  const found: Reference[] = [];
  const lineAt = countLines(text);
  for (const match of text.matchAll(named)) {
    if (found.length >= mostReferences) return { references: found, isCut: true };
    const reference = isLooked(match.index) ? toNamed(match) : undefined;
    if (reference) found.push({ ...reference, line: lineAt(reference.start) });
  }
  const lineOfLink = countLines(text);
  for (const match of text.matchAll(linked)) {
    if (found.length >= mostReferences) return { references: found, isCut: true };
    const reference = isLooked(match.index) ? toLink(text, match) : undefined;
    if (reference) found.push({ ...reference, line: lineOfLink(reference.start) });
  }
  return { references: found.sort((a, b) => a.start - b.start), isCut: false };
}

type Unplaced = Omit<Reference, 'line'>;

function toNamed(match: RegExpExecArray): Unplaced | undefined {
  const [whole, hash, inQuotes, inSingle, plain, mentionInQuotes, mention] = match;
  const isBold = match.input[match.index - 1] === '*';
  const written =
    inQuotes ?? inSingle ?? mentionInQuotes ?? trimEnd(withoutEscapes(plain ?? mention ?? ''), isBold);
  const { path, lines } = splitLines(written);
  if (path === '' || /^[a-z][a-z0-9+.-]+:\/\//i.test(path)) return undefined;
  const unused = trimmedLength(plain ?? mention ?? '', isBold);
  const syntax = hash === undefined ? 'mention' : 'hash';
  return { syntax, path, lines, start: match.index, end: match.index + whole.length - unused };
}

function toLink(text: string, match: RegExpExecArray): Unplaced | undefined {
  const [whole, inBrackets, plain] = match;
  const target = inBrackets ?? plain ?? '';
  // A scheme has two letters at least: one alone is a drive.
  if (/^[a-z][a-z0-9+.-]+:|^#|^\/\//i.test(target)) return undefined;
  const { path, lines } = splitLines(decode(target));
  const local = lines === null ? path.replace(/[?#].*$/, '') : path;
  if (local === '') return undefined;
  const textStart = text.lastIndexOf('[', match.index);
  const isImage = textStart > match.index - longestPath && text[textStart - 1] === '!';
  const end = match.index + whole.length;
  return { syntax: isImage ? 'image' : 'link', path: local, lines, start: match.index + 2, end };
}

/** `a.ts#L10-L20`, `a.ts#L10`, `a.ts:10-20` and `a.ts:10` name lines of `a.ts`. */
function splitLines(written: string): { readonly path: string; readonly lines: LineSpan | null } {
  const match = /^(.+?)(?:#L?(\d{1,9})(?:-L?(\d{1,9}))?|:(\d{1,9})(?:-(\d{1,9}))?)$/.exec(written);
  const [, path = '', ...numbers] = match ?? [];
  const [first, last] = numbers.filter((number) => number !== undefined).map(Number);
  if (first === undefined || first === 0) return { path: written, lines: null };
  return { path, lines: { first, last: Math.max(first, last ?? first) } };
}

/** Signs that end a sentence or close what was opened before the mention. */
const trailing = /[.,;:!?)\]}…。，、！？：；）」』】]+$/;
/** The same for a mention that is printed bold; elsewhere stars belong to a pattern. */
const trailingInBold = /[*.,;:!?)\]}…。，、！？：；）」』】]+$/;

function trimEnd(path: string, isBold: boolean): string {
  return path.slice(0, path.length - trimmedLength(path, isBold));
}

function trimmedLength(path: string, isBold: boolean): number {
  return (isBold ? trailingInBold : trailing).exec(path.slice(-32))?.[0].length ?? 0;
}

function withoutEscapes(path: string): string {
  return path.replace(/\\([\s\\()[\]{}'"&;#,!?*])/g, '$1');
}

function decode(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
}

/** The line of each offset, for offsets that only grow. */
function countLines(text: string): (offset: number) => number {
  let line = 1;
  let next = text.indexOf('\n');
  return (offset) => {
    while (next !== -1 && next < offset) {
      line += 1;
      next = text.indexOf('\n', next + 1);
    }
    return line;
  };
}

/** Whether a path holds signs of a pattern for several files. */
export function isGlob(path: string): boolean {
  return /[*?]|\{[^}]*,[^}]*\}/.test(path);
}

/**
 * Whether a mention is surely meant as a path, so that a missing one is worth telling. `@types/node`, `@ann` and
 * `@param` may be anything: they are paths only where such a file exists.
 */
export function looksLikePath(path: string): boolean {
  return /^\.{0,2}\/|^~\/|\/$|[^/]\.[A-Za-z]\w{0,9}$/.test(path) || isGlob(path);
}
