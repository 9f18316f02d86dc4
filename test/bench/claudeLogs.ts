/**
 * Writes a set of Claude Code logs of any size and tells what it must add up to: streamed replies whose lines repeat
 * their usage, sub-agents in files of their own, sessions that begin with a copy of another's history, errors without
 * spend, and tool results that make up most of the bytes.
 */

import { join } from 'node:path';
import { type Random, seededRandom } from './random.ts';
import { type ExpectedTotals, Tally, Transcript, uuid } from './transcript.ts';

const mainModels = ['claude-opus-4-5-20251101', 'claude-sonnet-4-5-20250929'] as const;
const subAgentModels = ['claude-sonnet-4-5-20250929', 'claude-haiku-4-5-20251001'] as const;
const firstStartMs = Date.UTC(2026, 8, 1);

/**
 * @param folder becomes the agent's configuration folder: logs go to `folder/projects`
 * @param megabytes at least this much is written, in units of 2^20 bytes
 */
export async function writeClaudeLogs(
  folder: string,
  megabytes: number,
  seed: number,
): Promise<ExpectedTotals> {
  const random = seededRandom(seed);
  const tally = new Tally();
  for (let index = 0; tally.bytes < megabytes * 2 ** 20; index++) {
    const place = placeIn(folder, random);
    const startMs = firstStartMs + index * 5_760_000 + random.whole(0, 3_000_000);
    await writeSessionFamily(random, tally, place, startMs, index % 12 === 5);
  }
  return tally.result();
}

/**
 * Writes sessions without sub-agents, of a size each: logs as many, as large and as uneven as is wanted.
 *
 * @param sizes bytes that each log has at least
 */
export async function writeSizedLogs(
  folder: string,
  sizes: readonly number[],
  seed: number,
): Promise<ExpectedTotals> {
  const random = seededRandom(seed);
  const tally = new Tally();
  for (const [index, bytes] of sizes.entries()) {
    const { cwd, folder: place } = placeIn(folder, random);
    const sessionId = uuid(random);
    const startMs = firstStartMs + index * 600_000;
    const transcript = new Transcript(random, tally, {
      cwd,
      sessionId,
      model: random.pick(mainModels),
      startMs,
    });
    tally.sessions++;
    await transcript.write(join(place, `${sessionId}.jsonl`), { bytes });
  }
  return tally.result();
}

function placeIn(folder: string, random: Random): Place {
  const project = random.whole(0, 24);
  return {
    cwd: `/home/dev/work/project-${project}`,
    folder: join(folder, 'projects', `-home-dev-work-project-${project}`),
  };
}

interface Place {
  readonly cwd: string;
  readonly folder: string;
}

async function writeSessionFamily(
  random: Random,
  tally: Tally,
  place: Place,
  startMs: number,
  isContinuedInCopy: boolean,
): Promise<void> {
  const id = uuid(random);
  const main = new Transcript(random, tally, {
    cwd: place.cwd,
    sessionId: id,
    model: random.pick(mainModels),
    startMs,
  });
  tally.sessions++;
  await main.write(join(place.folder, `${id}.jsonl`), { turns: random.whole(10, 80) });
  for (let count = random.whole(0, 4); count > 0; count--) {
    const agentId = random.hex(7);
    const child = new Transcript(random, tally, {
      cwd: place.cwd,
      sessionId: id,
      model: random.pick(subAgentModels),
      startMs: startMs + random.whole(100_000, 3_000_000),
      agentId,
    });
    tally.subAgents++;
    await child.write(join(place.folder, id, 'subagents', `agent-${agentId}.jsonl`), {
      turns: random.whole(1, 3),
    });
  }
  if (isContinuedInCopy) await writeContinuation(random, tally, place, main);
}

/** A new session whose log begins with lines of another, under the new session's id: the same spend, twice on disk. */
async function writeContinuation(
  random: Random,
  tally: Tally,
  place: Place,
  source: Transcript,
): Promise<void> {
  const id = uuid(random);
  const copy = new Transcript(random, tally, {
    cwd: place.cwd,
    sessionId: id,
    model: source.model,
    startMs: source.nowMs + 600_000,
  });
  tally.sessions++;
  const inherited = source.head.map((line) => line.replaceAll(source.sessionId, id));
  await copy.write(join(place.folder, `${id}.jsonl`), { turns: random.whole(5, 20) }, inherited);
}
