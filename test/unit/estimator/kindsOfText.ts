/** Texts of the kinds that people send to models: from the packages of the repository, or made up. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { transformSync } from 'esbuild';
import { randomFrom } from './texts.ts';

const { resolve } = createRequire(import.meta.url);
const length = 60_000;

export function kindsOfText(): Readonly<Record<string, string>> {
  const compiler = read('typescript/lib/_tsc.js', 600_000).slice(-length);
  return {
    prose: read('../../../ARCHITECTURE.md', length) + read('../../../README.md', length),
    TypeScript: read('typescript/lib/lib.dom.d.ts', length),
    JavaScript: compiler,
    'minified JavaScript': transformSync(read('mocha/mocha.js', 700_000), { minify: true }).code.slice(
      0,
      length,
    ),
    JSON: read('../../../package-lock.json', length),
    Chinese: messages('zh-cn'),
    Japanese: messages('ja'),
    Russian: messages('ru'),
    logs: repeat(logLine),
    emoji: repeat(emojiLine),
    base64: repeat(
      (seed) => `data:;base64,${createHash('sha512').update(`${seed}`).digest('base64').repeat(2)}\n`,
    ),
    'lines of Windows': read('typescript/lib/lib.es5.d.ts', length).replaceAll(/\r?\n/g, '\r\n'),
  };
}

function read(path: string, most: number): string {
  return readFileSync(path.startsWith('.') ? new URL(path, import.meta.url) : resolve(path), 'utf8').slice(
    0,
    most,
  );
}

/** What the compiler says in other languages. */
function messages(language: string): string {
  const file = read(`typescript/lib/${language}/diagnosticMessages.generated.json`, 10_000_000);
  return Object.values(JSON.parse(file))
    .join('\n')
    .slice(0, length / 2);
}

function repeat(line: (seed: number) => string): string {
  let text = '';
  for (let seed = 1; text.length < length / 2; seed++) text += line(seed);
  return text;
}

function logLine(seed: number): string {
  const random = randomFrom(seed);
  const time = new Date(1_790_000_000_000 + 977 * seed).toISOString();
  return `${time} [worker-${random(16)}] ${random(9) ? 'INFO' : 'WARN'} GET /v2/items/${random(1e6)} ${random(900)}ms\n`;
}

function emojiLine(seed: number): string {
  const random = randomFrom(seed);
  const signs = ['👩🏽‍💻', '👨‍👩‍👧‍👦', '❤️', '🏳️‍🌈', '🇫🇷', '1️⃣', '☀︎'];
  const one = () =>
    random(2) ? String.fromCodePoint(0x1f300 + random(0x3ff)) : (signs[random(signs.length)] ?? '');
  return `${one()}${one()}${one()} ok ${one()}\n`;
}
