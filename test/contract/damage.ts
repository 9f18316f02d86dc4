/** Ways in which logs are damaged, by chance and by malice; every random choice comes from a seed. */

/** A generator of numbers in [0, 1) that gives the same ones for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  return items
    .map((item) => ({ item, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}

const values = [
  'null',
  '-1',
  '1e99',
  '0.5',
  '"7"',
  '"x"',
  '[]',
  '{}',
  'true',
  '[[[[]]]]',
  '{"__proto__":{"a":1}}',
];

/** One of: cut, flip a byte, splice lines together, repeat a line, give a field another value. */
export function damaged(file: Buffer, random: () => number): Buffer {
  const at = Math.floor(random() * file.length);
  const kind = Math.floor(random() * 5);
  if (kind === 0) return Buffer.concat([file.subarray(0, at), Buffer.from('\n'), file.subarray(at)]);
  if (kind === 1) return replaced(file, at, at + 1, Buffer.from([Math.floor(random() * 256)]));
  if (kind === 2)
    return replaced(file, at, Math.min(file.length, at + Math.floor(random() * 200)), Buffer.alloc(0));
  if (kind === 3) return Buffer.concat([file, file.subarray(at), Buffer.from('\n')]);
  return withOtherValue(file, at, values[Math.floor(random() * values.length)] ?? 'null');
}

function withOtherValue(file: Buffer, from: number, value: string): Buffer {
  const colon = file.indexOf('":', from);
  if (colon < 0) return file;
  const ends = [',', '}'].map((mark) => file.indexOf(mark, colon)).filter((end) => end >= 0);
  return replaced(file, colon + 2, Math.min(file.length, ...ends), Buffer.from(value));
}

function replaced(file: Buffer, start: number, end: number, by: Buffer): Buffer {
  return Buffer.concat([file.subarray(0, start), by, file.subarray(end)]);
}

/** Lines that no agent writes. */
export const hostileLines: readonly string[] = [
  'null',
  '[]',
  '"text"',
  '17',
  '{',
  '{}',
  '{"__proto__":{"type":"assistant"},"type":"__proto__"}',
  '{"type":{"type":"assistant"},"message":["usage"],"payload":7}',
  '{"type":"assistant","message":{"usage":[1,2,3],"id":7,"model":["x"]}}',
  '{"type":"constructor","payload":{"type":"hasOwnProperty"}}',
  '{"timestamp":"2026-01-01T00:00:00.000Z","type":"event_msg","payload":{"type":"toString","info":null}}',
  `{"type":"user","message":{"content":${'['.repeat(20_000)}${']'.repeat(20_000)}}}`,
  '{"type":"user","sessionId":"\\ud800","message":{"role":"user","content":"\\udfff\\ud800"}}',
];
