/**
 * Types into a document of about so many characters, as a program of its own: `<counter> <characters> <corpora>
 * <peers>`. Prints the microseconds from each keystroke to the new count, which peers get by counting the document.
 */

import { readFileSync } from 'node:fs';
import { argv } from 'node:process';
import { CharacterClasses } from '../../../src/estimator/characters.ts';
import { CountedText } from '../../../src/estimator/countedText.ts';
import type { Encoding } from '../../../src/estimator/encoding.ts';
import { SafeCuts } from '../../../src/estimator/safeCuts.ts';
import type { Corpus } from './corpora.ts';
import { type Counter, type CounterName, loadCounter } from './counters.ts';

const kinds = ['prose', 'typescript', 'javascript'];
const typed = ' const total = items.length; // what is typed\n';

/** Keystrokes of ours: half a minute of a fast typist warms up, and what follows counts. */
const keystrokes = { warmUp: 3_000, counted: 20_000 };

/** Text that is asked for at a time. */
const sliceLength = 128 * 1024;

/** A peer needs up to seconds for each. */
const peerKeystrokes = 3;

const [, , name = '', characters, corporaPath = '', peersFolder = ''] = argv;
const corpora: readonly Corpus[] = JSON.parse(readFileSync(corporaPath, 'utf8'));
const document = compose(Number(characters));
const count = await loadCounter(name as CounterName, 'o200k_base', peersFolder);
console.log(JSON.stringify(name === 'ours' ? typeIncrementally(count) : typeAndRecount(count)));

/** Stretches of prose and code in turn. */
function compose(length: number): string {
  const texts = corpora.filter((corpus) => kinds.includes(corpus.name)).map(({ text }) => text);
  const stretch = 20_000;
  let composed = '';
  for (let turn = 0; composed.length < length; turn++) {
    const text = texts[turn % texts.length] ?? '';
    const start = (turn * stretch) % (text.length - stretch);
    composed += text.slice(start, start + stretch);
  }
  return composed.slice(0, length);
}

function typeIncrementally(count: Counter): readonly number[] {
  const encoding = { count: (text: string) => ({ tokens: count(text), isExact: true }) };
  const followed = new CountedText(new SafeCuts(new CharacterClasses()), { text: document });
  const half = Math.floor(document.length / 2);
  /** The editor's text, where so many characters have been typed in the middle. */
  const between = (start: number, end: number, strokes: number) => {
    const middle = Array.from({ length: strokes }, (_, stroke) => typed.charAt(stroke % typed.length)).join(
      '',
    );
    return (document.slice(0, half) + middle + document.slice(half)).slice(start, end);
  };
  countIn(followed, encoding);
  const microseconds: number[] = [];
  for (let stroke = 0; stroke < keystrokes.warmUp + keystrokes.counted; stroke++) {
    const startMs = performance.now();
    followed.replace(half + stroke, 0, typed.charAt(stroke % typed.length));
    let tokens = countIn(followed, encoding);
    let tookMs = performance.now() - startMs;
    // The worker's own time alone: what the editor does to read a kilobyte is in another figure.
    while (tokens === undefined) {
      const spans = followed.wanted(encoding, [], sliceLength);
      const texts = spans.map(({ start, end }) => between(start, end, stroke + 1));
      const suppliedMs = performance.now();
      for (const [at, { start }] of spans.entries()) followed.supply(start, texts[at] ?? '');
      tokens = countIn(followed, encoding);
      tookMs += performance.now() - suppliedMs;
    }
    if (stroke >= keystrokes.warmUp) microseconds.push(1_000 * tookMs);
  }
  return microseconds;
}

function countIn(followed: CountedText, encoding: Encoding): number | undefined {
  const counting = followed.count(encoding);
  let step = counting.next();
  while (step.done !== true) step = counting.next();
  return step.value?.tokens;
}

function typeAndRecount(count: Counter): readonly number[] {
  const half = Math.floor(document.length / 2);
  count(document);
  return Array.from({ length: peerKeystrokes }, (_, stroke) => {
    const startMs = performance.now();
    count(document.slice(0, half) + typed.slice(0, stroke) + document.slice(half));
    return 1_000 * (performance.now() - startMs);
  });
}
