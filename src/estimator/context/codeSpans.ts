/** Where Markdown holds code: fenced blocks and spans between backticks. */

const fence = /^ {0,3}(`{3,}|~{3,})([^\n]*)$/gm;

/** @returns whether the text at an offset, which must not go back, is outside of code */
export function outsideCode(markdown: string): (offset: number) => boolean {
  const spans = codeSpans(markdown);
  return (offset) => !isInside(spans, offset);
}

type Span = readonly [start: number, end: number];

function isInside(spans: readonly Span[], offset: number): boolean {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.[1] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return (spans[low]?.[0] ?? Number.POSITIVE_INFINITY) <= offset;
}

/** In their order, none within another. */
function codeSpans(markdown: string): readonly Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (const [start, end] of fencedBlocks(markdown)) {
    addBacktickSpans(spans, markdown, from, start);
    spans.push([start, end]);
    from = end;
  }
  addBacktickSpans(spans, markdown, from, markdown.length);
  return spans;
}

/** A block goes on to a fence of the same sign that is as long at least, or to the end. */
function fencedBlocks(markdown: string): readonly Span[] {
  const blocks: Span[] = [];
  let open: { readonly start: number; readonly sign: string } | undefined;
  for (const match of markdown.matchAll(fence)) {
    const [line, sign = '', info = ''] = match;
    const end = match.index + line.length;
    if (open === undefined) open = { start: match.index, sign };
    else if (sign.startsWith(open.sign) && info.trim() === '') {
      blocks.push([open.start, end]);
      open = undefined;
    }
  }
  if (open !== undefined) blocks.push([open.start, markdown.length]);
  return blocks;
}

/** A span ends at the next run of as many backticks, in the same paragraph; a run without one is text. */
function addBacktickSpans(spans: Span[], markdown: string, from: number, to: number): void {
  for (const paragraph of markdown.slice(from, to).matchAll(/(?:[^\n]|\n(?![ \t]*\n))+/g)) {
    const runs = [...paragraph[0].matchAll(/`+/g)];
    const nextOfLength = nextByLength(runs.map(([run]) => run.length));
    const base = from + paragraph.index;
    for (let index = 0; index < runs.length; ) {
      const close = nextOfLength[index] ?? -1;
      const [start, end] = [runs[index], runs[close]];
      if (start && end) spans.push([base + start.index, base + end.index + end[0].length]);
      index = close === -1 ? index + 1 : close + 1;
    }
  }
}

/** For each length the index of the next equal one, or -1. */
function nextByLength(lengths: readonly number[]): readonly number[] {
  const last = new Map<number, number>();
  const next = lengths.map(() => -1);
  for (let index = lengths.length - 1; index >= 0; index--) {
    const length = lengths[index] ?? 0;
    next[index] = last.get(length) ?? -1;
    last.set(length, index);
  }
  return next;
}
