/**
 * Ten kinds of text to count: what packages of the repository hold, and what can be made up. The same on every
 * machine that has the packages of the lock file.
 */

import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { root } from '../../harness/layout.ts';
import { type Random, seededRandom } from '../random.ts';

/** Most of a corpus that is counted, in UTF-16 code units. */
const most = 1_000_000;

/** Text after it, on which a tokenizer is warmed up. */
const mostForWarmUp = 200_000;

export interface Corpus {
  readonly name: string;
  readonly text: string;
  /** Another text of the kind. */
  readonly warmUp: string;
}

const sources: Readonly<Record<string, () => string>> = {
  prose: () => texts('node_modules/**/*.md'),
  typescript: () => texts('node_modules/typescript/lib/lib*.d.ts', 'src/**/*.ts', 'test/**/*.ts'),
  javascript: () => typescriptCompiler(),
  minified: () => transformSync(typescriptCompiler(), { minify: true }).code,
  json: () =>
    texts(
      'node_modules/@biomejs/biome/configuration_schema.json',
      'package-lock.json',
      'node_modules/*/package.json',
    ),
  logs: () => generated(logLine),
  chinese: () => messages('zh-cn', 'zh-tw'),
  japanese: () => messages('ja'),
  emoji: () => generated(emojiLine),
  base64: () => generated(dataUrl),
};

export function corpora(): readonly Corpus[] {
  return Object.entries(sources).map(([name, source]) => {
    const whole = source();
    const length = Math.min(most, Math.floor(0.8 * whole.length));
    return { name, text: whole.slice(0, length), warmUp: whole.slice(length, length + mostForWarmUp) };
  });
}

function texts(...patterns: readonly string[]): string {
  const paths = patterns.flatMap((pattern) => globSync(pattern, { cwd: root }).sort());
  let text = '';
  for (const path of paths) {
    text += readFileSync(join(root, path), 'utf8');
    if (text.length > most + mostForWarmUp) break;
  }
  return text;
}

function typescriptCompiler(): string {
  return texts('node_modules/typescript/lib/_tsc.js');
}

/** What the compiler says in other languages. */
function messages(...languages: readonly string[]): string {
  const lines = languages.flatMap((language): readonly string[] =>
    Object.values(JSON.parse(texts(`node_modules/typescript/lib/${language}/*.json`))),
  );
  return lines.filter((line) => /\p{Script=Han}/u.test(line)).join('\n');
}

function generated(line: (random: Random) => string): string {
  const random = seededRandom(11);
  let text = '';
  while (text.length < most + mostForWarmUp) text += line(random);
  return text;
}

function logLine(random: Random): string {
  const record = {
    time: new Date(1_790_000_000_000 + random.whole(0, 10_000_000_000)).toISOString(),
    level: random.pick(['debug', 'info', 'warn', 'error']),
    request: `${random.hex(8)}-${random.hex(4)}-${random.hex(12)}`,
    path: `/api/v2/${random.pick(['users', 'orders', 'invoices', 'search'])}/${random.whole(1, 90_000)}`,
    status: random.pick([200, 201, 204, 304, 404, 500]),
    milliseconds: random.whole(1, 4_000) / 10,
    message: random.pick([
      'request completed',
      'cache miss',
      'retrying upstream',
      'connection reset by peer',
    ]),
  };
  return `${JSON.stringify(record)}\n`;
}

function emojiLine(random: Random): string {
  const signs = Array.from({ length: random.whole(1, 12) }, () => emoji(random)).join('');
  return `${signs} ${random.pick(['grinning face', 'waving hand', 'family', 'flag', 'rocket', 'red heart'])}\n`;
}

function emoji(random: Random): string {
  const face = () => String.fromCodePoint(random.whole(0x1f600, 0x1f64f));
  const person = () => random.pick(['👩', '👨', '🧑']);
  const skin = () => String.fromCodePoint(random.whole(0x1f3fb, 0x1f3ff));
  const letter = () => String.fromCodePoint(random.whole(0x1f1e6, 0x1f1ff));
  return random.pick([
    face,
    () => String.fromCodePoint(random.whole(0x1f300, 0x1f5ff)),
    () => `${person()}${skin()}\u200d${random.pick(['💻', '🚀', '🔬', '🌾', '🎨'])}`,
    () => `${person()}\u200d${person()}\u200d${random.pick(['👧', '👦'])}`,
    () => letter() + letter(),
    () => `${String.fromCodePoint(random.whole(0x2600, 0x26ff))}\ufe0f`,
  ])();
}

function dataUrl(random: Random): string {
  const bytes = Uint8Array.from({ length: random.whole(3_000, 30_000) }, () => random.whole(0, 255));
  return `data:image/png;base64,${Buffer.from(bytes).toString('base64')}\n`;
}
