/** Damage to logs of lines, with what is needed to say what it may cost. */

import type { Random } from '../unit/ledger/random.ts';
import { hostileLines } from './damage.ts';
import { withOtherValue } from './jsonDamage.ts';

/** A stretch of a damaged log. */
export interface Stretch {
  /** Ends with a line break, unless the log ends in it. */
  readonly bytes: Buffer;
  readonly isDamaged: boolean;
}

export interface DamagedLog {
  /** What was done to it. */
  readonly kind: string;
  readonly stretches: readonly Stretch[];
  /** Numbers of the lines that the log no longer has as they were. */
  readonly lost: readonly number[];
}

type Damage = (lines: readonly Buffer[], at: number, random: Random, foreign: Foreign) => DamagedLog | null;

/** Gives a line of another agent's log. */
export type Foreign = () => Buffer;

const lineFeed = Buffer.from('\n');

/** Damages a log in one way chosen by chance. */
export function damagedLines(lines: readonly Buffer[], random: Random, foreign: Foreign): DamagedLog {
  const at = random.below(lines.length);
  const kind = random.pick(kinds);
  const damage = damages[kind]?.(lines, at, random, foreign) ?? null;
  return damage ?? { kind: 'nothing', stretches: lines.map(whole), lost: [] };
}

const whole = (bytes: Buffer): Stretch => ({ bytes, isDamaged: false });
const harmed = (bytes: Buffer): Stretch => ({ bytes: closed(bytes), isDamaged: true });

/** The bytes with a line break at their end. */
export function closed(bytes: Buffer): Buffer {
  return bytes.at(-1) === 0x0a ? bytes : Buffer.concat([bytes, lineFeed]);
}

/** The log with other bytes in place of `count` lines. */
function instead(
  kind: string,
  lines: readonly Buffer[],
  at: number,
  bytes: Buffer,
  count: 0 | 1 | 2 = 1,
): DamagedLog {
  return {
    kind,
    stretches: [...lines.slice(0, at).map(whole), harmed(bytes), ...lines.slice(at + count).map(whole)],
    lost: Array.from({ length: count }, (_, index) => at + index),
  };
}

/** All lines in another encoding, in which they mean the same. */
function recoded(kind: string, lines: readonly Buffer[], recode: (line: Buffer) => Buffer): DamagedLog {
  return { kind, stretches: lines.map((line) => whole(recode(line))), lost: [] };
}

function lineAt(lines: readonly Buffer[], at: number): Buffer {
  return lines[at] ?? Buffer.alloc(0);
}

function parsed(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString());
  } catch {
    return undefined;
  }
}

const damages: Readonly<Record<string, Damage>> = {
  'a byte flipped': (lines, at, random) => {
    const line = Buffer.from(lineAt(lines, at));
    for (let flips = 1 + random.below(3); flips > 0; flips--) {
      const place = random.below(line.length);
      line[place] = (line[place] ?? 0) ^ (1 << random.below(8));
    }
    return instead('a byte flipped', lines, at, line);
  },
  'a byte replaced': (lines, at, random) => {
    const line = Buffer.from(lineAt(lines, at));
    line[random.below(line.length)] = random.below(256);
    return instead('a byte replaced', lines, at, line);
  },
  'a piece cut out': (lines, at, random) => {
    const line = lineAt(lines, at);
    const from = random.below(line.length);
    const rest = Buffer.concat([line.subarray(0, from), line.subarray(from + 1 + random.below(200))]);
    return instead('a piece cut out', lines, at, rest);
  },
  'a line torn in two': (lines, at, random) => {
    const line = lineAt(lines, at);
    const from = random.below(line.length);
    const torn = Buffer.concat([line.subarray(0, from), lineFeed, line.subarray(from)]);
    return instead('a line torn in two', lines, at, torn);
  },
  'two lines in one': (lines, at, random) => {
    if (at + 1 >= lines.length) return null;
    const [first, second] = [lineAt(lines, at), lineAt(lines, at + 1)];
    const end = random.below(2) === 0 ? first.length - 1 : random.below(first.length);
    const start = random.below(2) === 0 ? 0 : random.below(second.length);
    const spliced = Buffer.concat([first.subarray(0, end), second.subarray(start)]);
    return instead('two lines in one', lines, at, spliced, 2);
  },
  'another agent within a line': (lines, at, random, foreign) => {
    const [line, other] = [lineAt(lines, at), foreign()];
    const spliced = Buffer.concat([
      line.subarray(0, random.below(line.length)),
      other.subarray(random.below(other.length)),
    ]);
    return instead('another agent within a line', lines, at, spliced);
  },
  'a line of another agent': (lines, at, _random, foreign) =>
    instead('a line of another agent', lines, at, foreign(), 0),
  'a line twice': (lines, at) => instead('a line twice', lines, at, lineAt(lines, at), 0),
  'a line that nobody writes': (lines, at, random) =>
    instead('a line that nobody writes', lines, at, Buffer.from(random.pick(hostileLines.slice(0, -2))), 0),
  'a run of bytes': (lines, at, random) => {
    const bytes = Buffer.alloc(
      1 + random.below(300),
      random.pick(['\0', '\xff', '"', '{', '[', '\\', ' ']),
      'latin1',
    );
    return instead('a run of bytes', lines, at, closed(bytes), 0);
  },
  'another value': (lines, at, random) => {
    const other = withOtherValue(parsed(lineAt(lines, at)), random);
    return other && instead('another value', lines, at, Buffer.from(other.text));
  },
  'the end missing': (lines, at, random) => {
    const line = lineAt(lines, at);
    const rest = line.subarray(0, random.below(line.length));
    return {
      kind: 'the end missing',
      stretches: [...lines.slice(0, at).map(whole), { bytes: rest, isDamaged: true }],
      lost: lines.slice(at).map((_, index) => at + index),
    };
  },
  'a mark and CRLF': (lines) =>
    recoded('a mark and CRLF', lines, (line) =>
      Buffer.from(line.toString('latin1').replace(/\r?\n$/, '\r\n'), 'latin1'),
    ),
  'Latin-1': (lines) =>
    recoded('Latin-1', lines, (line) => Buffer.from(line.toString().replace(/[^\0-\xff]/g, '?'), 'latin1')),
  'UTF-16': (lines, _at, random) => {
    const bytes = Buffer.from(`\ufeff${Buffer.concat(lines).toString()}`, 'utf16le');
    return {
      kind: 'UTF-16',
      stretches: [{ bytes: random.below(2) === 0 ? bytes : bytes.swap16(), isDamaged: true }],
      lost: lines.map((_, index) => index),
    };
  },
};

/** What happens most counts most; what changes a whole log alike need not be tried often. */
const kinds: readonly string[] = Object.keys(damages).flatMap((kind) => {
  if (kind === 'another value') return Array(6).fill(kind);
  return ['a mark and CRLF', 'Latin-1', 'UTF-16'].includes(kind) ? [kind] : [kind, kind];
});
