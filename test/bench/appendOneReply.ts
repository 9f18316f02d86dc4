/**
 * What one more reply in a large set of logs costs: the time until it is known, and the bytes that are read for it. Of an
 * agent at work, whose replies follow one another, and of the first after a start, to a ledger that has rested.
 */

import { appendFile, cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { withTemporaryFolder } from '../harness/isolation.ts';
import { compare, type Figure, type Part } from './figure.ts';
import { families, logSet, rounds } from './logSet.ts';
import { type Appended, runOurs } from './ours.ts';
import { installedPeers, type Measured, type Peer } from './peers.ts';
import { restedMemory } from './restedMemory.ts';

export const appendOneReply: Part = {
  name: 'append-one-reply',
  run: () => withTemporaryFolder(runIn),
};

/** Replies of each round, the first after a start among them. */
const repliesAtOnce = 9;

async function runIn(folder: string): Promise<Figure[]> {
  const home = join(folder, 'home');
  await cp(join((await logSet(families)).home, '.claude'), join(home, '.claude'), { recursive: true });
  const log = await firstLog(join(home, '.claude', 'projects'));
  const peers = await warmedPeers(home);
  const first: Appended[] = [];
  const next: Appended[] = [];
  const theirs: Record<string, Measured[]> = Object.fromEntries(peers.map(({ name }) => [name, []]));
  let replies = 0;
  for (let round = 0; round < rounds; round++) {
    const lines = Array.from({ length: repliesAtOnce }, () => ['--line', oneReply(replies++)]).flat();
    const { answer } = await runOurs([home, join(folder, 'ledger'), '--append', log, ...lines]);
    first.push(...answer.appended.slice(0, 1));
    next.push(...answer.appended.slice(1));
    for (const peer of peers) {
      await appendFile(log, `${oneReply(replies++)}\n`);
      theirs[peer.name]?.push(await peer.warm(home));
    }
  }
  return [...toFigures(first, next, theirs), ...restedMemory()];
}

function toFigures(
  first: readonly Appended[],
  next: readonly Appended[],
  theirs: Readonly<Record<string, Measured[]>>,
): Figure[] {
  const { name } = appendOneReply;
  const timesOf = (replies: readonly Appended[]) => replies.map(({ ms }) => ms);
  const of = (value: (run: Measured) => number) =>
    Object.fromEntries(Object.entries(theirs).map(([peer, runs]) => [peer, runs.map(value)]));
  const walls = of(({ wallMs }) => wallMs);
  return [
    ...compare(`${name}-of-many`, 'ms', timesOf(next), walls),
    ...compare(
      `${name}-processors`,
      'ms of processors',
      next.map(({ processorMs }) => processorMs),
      of(({ processorMs }) => processorMs),
    ),
    ...compare(
      `${name}-read`,
      'bytes',
      next.map(({ bytesRead }) => bytesRead),
      { 'the reply itself': [Buffer.byteLength(oneReply(0)) + 1] },
    ),
    ...compare(`${name}-after-a-rest`, 'ms', timesOf(first), walls),
  ];
}

/** The peers that keep something between runs, after a first run. */
async function warmedPeers(home: string): Promise<readonly (Peer & { warm: Peer['cold'] })[]> {
  const peers = (await installedPeers()).flatMap(({ warm, ...peer }) =>
    warm === null ? [] : [{ ...peer, warm }],
  );
  for (const peer of peers) await peer.cold(home);
  return peers;
}

async function firstLog(folder: string): Promise<string> {
  const files = await readdir(folder, { recursive: true });
  const log = files.filter((file) => file.endsWith('.jsonl')).sort()[0];
  if (log === undefined) throw new Error(`no log in ${folder}`);
  return join(folder, log);
}

/** A response of Claude Code, as a line of its log. */
export function oneReply(index: number): string {
  return JSON.stringify({
    parentUuid: null,
    isSidechain: false,
    cwd: '/home/dev/work/project-0',
    sessionId: '00000000-0000-4000-a000-000000000000',
    type: 'assistant',
    uuid: `00000000-0000-4000-a000-${String(index).padStart(12, '0')}`,
    timestamp: new Date(Date.UTC(2026, 10, 1) + index * 1000).toISOString(),
    requestId: `req_appended${index}`,
    message: {
      model: 'claude-sonnet-4-5-20250929',
      id: `msg_appended${index}`,
      type: 'message',
      role: 'assistant',
      content: [{ type: 'text', text: 'Done. '.repeat(200) }],
      stop_reason: 'end_turn',
      usage: {
        input_tokens: 4,
        cache_creation_input_tokens: 900,
        cache_read_input_tokens: 40_000,
        cache_creation: { ephemeral_5m_input_tokens: 900, ephemeral_1h_input_tokens: 0 },
        output_tokens: 250,
      },
    },
  });
}
