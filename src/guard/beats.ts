/** What the guard answered each session last: that it was asked at all is the proof that the session is guarded. */

import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseRecord, textOf } from '../agents/fields.ts';
import type { AgentId } from '../domain/agent.ts';
import type { SessionKey } from '../domain/budget.ts';
import type { FaultKind } from './faults.ts';
import { guardFiles, sessionFile } from './guardFolder.ts';

/** `pass` is the launcher's own: nothing could be stopped. */
export const beatDecisions = ['pass', 'allow', 'wrapUp', 'refuse', 'stop'] as const;

export type BeatDecision = (typeof beatDecisions)[number];

export interface Beat {
  readonly atMs: number;
  /** As the agent names it; untrusted. */
  readonly event: string;
  readonly decision: BeatDecision;
  /** From the start of the accountant to its answer; `null` where the launcher answered. */
  readonly latencyMs: number | null;
  readonly fault: FaultKind | null;
}

/** Never throws: a guard that cannot tell of itself answers all the same. */
export function writeBeat(folder: string, session: SessionKey, beat: Omit<Beat, 'atMs'>): void {
  const path = beatPath(folder, session);
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(path, `${JSON.stringify(beat)}\n`, { mode: 0o600 });
  } catch {
    // The session shows as one that is not guarded.
  }
}

export function readBeat(folder: string, session: SessionKey): Beat | null {
  return readBeatAt(beatPath(folder, session));
}

/** The last beat of any session of an agent. */
export function lastBeatOf(folder: string, agent: AgentId): Beat | null {
  const beats = beatFiles(folder).filter(({ name }) => name.startsWith(`${agent}.`));
  const newest = beats.reduce<BeatFile | null>((a, b) => (a !== null && a.atMs >= b.atMs ? a : b), null);
  return newest === null ? null : readBeatAt(newest.path);
}

/** Forgets sessions that were not heard of since. */
export function forgetBeats(folder: string, beforeMs: number): void {
  for (const { path, atMs } of beatFiles(folder)) if (atMs < beforeMs) rmSync(path, { force: true });
}

interface BeatFile {
  readonly name: string;
  readonly path: string;
  readonly atMs: number;
}

function beatPath(folder: string, session: SessionKey): string {
  return join(folder, guardFiles.beats, sessionFile(session));
}

function beatFiles(folder: string): readonly BeatFile[] {
  const beats = join(folder, guardFiles.beats);
  try {
    return readdirSync(beats).flatMap((name) => {
      const path = join(beats, name);
      const stats = statSync(path, { throwIfNoEntry: false });
      return stats === undefined ? [] : [{ name, path, atMs: stats.mtimeMs }];
    });
  } catch {
    return [];
  }
}

function readBeatAt(path: string): Beat | null {
  try {
    const { mtimeMs } = statSync(path);
    const record = parseRecord(readFileSync(path, 'utf8')) ?? {};
    const decision = beatDecisions.find((each) => each === textOf(record, 'decision')) ?? 'pass';
    const latencyMs = typeof record.latencyMs === 'number' ? record.latencyMs : null;
    const fault = textOf(record, 'fault') as FaultKind | null;
    return { atMs: mtimeMs, event: textOf(record, 'event') ?? '', decision, latencyMs, fault };
  } catch {
    return null;
  }
}
