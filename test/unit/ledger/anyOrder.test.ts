import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { unknownTokens } from '../../../src/agents/ownReceipt.ts';
import type { Claim } from '../../../src/domain/receipt.ts';
import { type FakeLine, toLog } from './fakeReader.ts';
import { Random } from './random.ts';
import { dump, World } from './world.ts';

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
const rounds = 25;
const claims: readonly Claim[] = ['own', 'own', 'own', 'sideChain', 'copied', 'delegated'];
const requests = ['q1', 'q2'];
const agents = ['claude-code', 'openclaw'] as const;

/** Few ids, sessions and figures, so that everything collides with everything. */
function randomLine(random: Random): FakeLine | string {
  const session = `s${random.below(5)}`;
  const agent = random.pick(agents);
  if (random.below(12) === 0) return 'no JSON';
  if (random.below(5) === 0) return { agent, session, facts: randomFacts(random) };
  if (random.below(5) === 0) return { agent, session, ...randomSum(random) };
  if (random.below(6) === 0) return { agent, session, ...randomTold(random) };
  return {
    agent,
    id: `r${random.below(8)}`,
    request: random.pick(['', ...requests]),
    session,
    claim: random.pick(claims),
    at: 1_000 + random.below(4),
    model: random.pick(['a', 'b']),
    tokens:
      random.below(5) === 0
        ? unknownTokens
        : { output: random.pick([1, 2, 3, null]), uncachedInput: random.pick([1, 2, null]) },
    quality: random.pick(['exact', 'rounded'] as const),
    circumstances: random.pick([{}, { durationMs: 1 }, { turnStartedMs: 999 + random.below(4) }]),
  };
}

const hourMs = 3_600_000;
const moments = [1_000, 2_000, 2_000, 999 + hourMs, 1_000 + hourMs, 1_001 + hourMs, 1_000 + 5 * hourMs];
const prompts = [
  { uncachedInput: 1, cacheRead: 10, cacheWriteUnknown: 2 },
  { uncachedInput: 2, cacheRead: 20, cacheWriteUnknown: 4 },
];

/** Of agents that log what others did, too: under ids of their own, and told by times and numbers alone. */
function randomCopy(random: Random): FakeLine {
  const [session, at] = [`s${random.below(3)}`, random.pick(moments)];
  const tokens = { ...random.pick(prompts), output: 1 + random.below(3) };
  const agent = random.pick(['cline', 'claude-code', 'roo-code', 'zoo-code'] as const);
  const id = `${agent}/${session}/${random.below(6)}`;
  if (agent === 'claude-code') {
    const claim = random.pick(['own', 'own', 'sideChain', 'copied'] as const);
    return { agent, id: `r${random.below(6)}`, request: random.pick(requests), session, at, tokens, claim };
  }
  if (random.below(4) === 0 && agent !== 'cline') {
    const dropped = { afterMs: random.pick([0, 1_500, hourMs]), untilMs: at, kept: [] };
    return { agent, id: `${id}/sum`, session, at, tokens, quality: 'sessionTotal', dropped };
  }
  const isAsked = agent === 'cline' && random.below(3) > 0;
  const circumstances = isAsked ? { provider: 'claude-code' } : {};
  const quality = random.pick(['exact', 'exact', 'partial'] as const);
  return { agent, id, session, at, tokens, claim: random.pick(['own', 'copied']), circumstances, quality };
}

function randomTold(random: Random): FakeLine {
  const request = random.pick(requests);
  return {
    id: `request ${request}`,
    request,
    claim: 'telemetry',
    at: 1_000 + random.below(4),
    model: random.pick(['a', 'b']),
    tokens: { output: 1 + random.below(5), uncachedInput: random.below(3) },
  };
}

function randomSum(random: Random): FakeLine {
  const kept = [{ response: `r${random.below(8)}`, request: random.pick(['', 'q1']) }];
  return {
    id: `sum ${random.below(3)}`,
    at: 1_000 + random.below(4),
    tokens: { output: 1 + random.below(9), uncachedInput: random.pick([1, 2, null]) },
    quality: 'sessionTotal',
    ...(random.below(4) > 0 && {
      dropped: {
        ...{ afterMs: 998 + random.below(4), untilMs: 1_000 + random.below(4), kept },
        ...(random.below(2) === 0 && { withSubAgents: true }),
        ...(random.below(3) === 0 && { isOfModel: true }),
        ...(random.below(3) === 0 && { withoutSums: true }),
      },
    }),
  };
}

function randomFacts(random: Random): NonNullable<FakeLine['facts']> {
  return {
    title: { text: `title ${random.below(3)}`, source: random.pick(['prompt', 'custom'] as const) },
    ...(random.below(2) === 0 && { atMs: 900 + random.below(300) }),
    ...(random.below(3) === 0 && { parentKey: `s${random.below(5)}` }),
    ...(random.below(3) === 0 && {
      delegate: { agent: random.pick(agents), key: `s${random.below(5)}` },
    }),
    isTurnOpen: random.below(2) === 0,
  };
}

interface RandomLog {
  readonly path: string;
  readonly bornMs: number;
  readonly lines: readonly string[];
}

function randomLogs(random: Random, lineOf: typeof randomLine): readonly RandomLog[] {
  return Array.from({ length: 2 + random.below(4) }, (_, index) => ({
    path: `${index}.log`,
    bornMs: 1_000_000 + 1_000 * random.below(3),
    lines: Array.from({ length: 1 + random.below(20) }, () => {
      const line = lineOf(random);
      return typeof line === 'string' ? `${line}\n` : toLog(line);
    }),
  }));
}

async function readAtOnce(world: World, logs: readonly RandomLog[]) {
  for (const { path, bornMs, lines } of logs) world.write(path, lines.join(''), bornMs);
  const db = world.open();
  await world.scan(db);
  return dump(db);
}

/** Reads the logs one by one in another order, each in random pieces, some of them more than once. */
async function readInPieces(world: World, logs: readonly RandomLog[], random: Random) {
  const db = world.open();
  for (const { path, bornMs, lines } of random.shuffle(logs)) {
    const bytes = Buffer.from(lines.join(''));
    const file = world.write(path, '', bornMs);
    await world.scan(db);
    for (let at = 0; at < bytes.length; ) {
      const next = Math.min(bytes.length, at + 1 + random.below(200));
      appendFileSync(file, bytes.subarray(at, next));
      at = next;
      if (random.below(2) === 0) await world.scan(db);
    }
  }
  await world.scan(db);
  if (random.below(2) === 0) db.run("UPDATE source SET tail_hash = 'forgotten', mtime_us = 0");
  await world.scan(db);
  return dump(db);
}

describe('reading in any order', () => {
  for (const [what, lineOf] of [
    ['of sessions that work for others', randomLine],
    ['of agents that log what others did', randomCopy],
  ] as const) {
    it(`ends the same for any order of files, any pieces and any repetition, ${what} (SEED=${seed})`, async function () {
      this.timeout(60_000);
      for (let round = 0; round < rounds; round++) await readTwice(new Random(seed + round), lineOf, round);
    });
  }
});

async function readTwice(random: Random, lineOf: typeof randomLine, round: number): Promise<void> {
  const logs = randomLogs(random, lineOf);
  const once = new World();
  const again = new World();
  try {
    const expected = await readAtOnce(once, logs);
    const actual = await readInPieces(again, logs, random);
    assert.deepEqual(actual, expected, `round ${round}`);
  } finally {
    once.dispose();
    again.dispose();
  }
}
