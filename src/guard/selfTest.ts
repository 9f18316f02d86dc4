/**
 * Tries what is installed: the launcher's line, as the agent's shell runs it, for a made-up session over its budget and
 * one without any spending, beside a made-up ledger. Nothing of it reaches the real one.
 */

import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Machine } from '../agents/reader.ts';
import type { Sqlite } from '../storage/sqlite.ts';
import type { AgentGuard, HookAnswer } from './agents/agentGuard.ts';
import { commandLine } from './agents/commandLine.ts';
import { guardFiles, guardFolderIn } from './guardFolder.ts';
import { makeSpentLedger } from './spentLedger.ts';

/**
 * - `didNotStop`, `didNotAllow`: the line ran, and answered otherwise than it should
 * - `notRun`: it could not be tried
 */
export interface SelfTest {
  readonly result: 'passed' | 'didNotStop' | 'didNotAllow' | 'notRun';
  /** How long the answer took that lets the agent go on; `null` where there was none. */
  readonly latencyMs: number | null;
}

export interface SelfTestParts {
  readonly sqlite: Sqlite;
  readonly dataFolder: string;
  readonly machine: Machine;
}

const over = 'self-test-over';
const within = 'self-test-within';
const answerMs = 10_000;

export async function testGuard(guard: AgentGuard, parts: SelfTestParts): Promise<SelfTest> {
  const event = eventToTry(guard);
  if (event === null) return { result: 'notRun', latencyMs: null };
  const folder = mkdtempSync(join(tmpdir(), 'token-burn-self-test-'));
  try {
    copyPrograms(guardFolderIn(parts.dataFolder), guardFolderIn(folder));
    makeSpentLedger(parts.sqlite, folder, { agent: guard.id, key: over });
    return await tryLine(guard, event, folder, parts.machine);
  } catch {
    return { result: 'notRun', latencyMs: null };
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

const sentence = 'Self-test';

/** One whose stop is an answer: none must be interrupted for a test. */
function eventToTry(guard: AgentGuard): string | null {
  const events = guard.events.filter((event) => {
    const answer = guard.toAnswer(event, { kind: 'stop', sentence });
    return !answer.interrupts && answer.stdout + answer.stderr !== '';
  });
  return events[0] ?? null;
}

async function tryLine(
  guard: AgentGuard,
  event: string,
  folder: string,
  machine: Machine,
): Promise<SelfTest> {
  const launcher = { path: join(guardFolderIn(folder), guardFiles.launch), platform: machine.platform };
  const line = commandLine(machine.platform === 'win32' ? 'cmd' : 'posix', launcher, guard.id, event);
  if (line === null) return { result: 'notRun', latencyMs: null };
  const stopped = await runLine(line, inputOf(event, over));
  const wanted = guard.toAnswer(event, { kind: 'stop', sentence });
  if (!isLike(stopped, wanted)) return { result: 'didNotStop', latencyMs: null };
  const startMs = performance.now();
  const allowed = await runLine(line, inputOf(event, within));
  const latencyMs = Math.round(performance.now() - startMs);
  const isSilent = isLike(allowed, guard.toAnswer(event, { kind: 'allow' }));
  return { result: isSilent ? 'passed' : 'didNotAllow', latencyMs };
}

type Ended = Pick<HookAnswer, 'stdout' | 'stderr' | 'exitCode'>;

/** By all but the sentence. */
function isLike(ended: Ended | null, wanted: HookAnswer): boolean {
  return (
    ended !== null &&
    ended.exitCode === wanted.exitCode &&
    (ended.stdout === '') === (wanted.stdout === '') &&
    (ended.stderr === '') === (wanted.stderr === '')
  );
}

/** Every agent finds its session in this under its own name. */
function inputOf(event: string, key: string): string {
  return JSON.stringify({
    session_id: key,
    sessionId: key,
    sessionID: key,
    hook_event_name: event,
    tool_name: 'Bash',
    tool_input: {},
  });
}

/** Variables that name a session would go before the input. */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/SESSION_ID$/.test(name));
  return Object.fromEntries(kept);
}

function runLine(line: string, input: string): Promise<Ended | null> {
  return new Promise((resolve) => {
    const child = spawn(line, { shell: true, windowsHide: true, timeout: answerMs, env: environment() });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.stdin.on('error', () => undefined);
    child.on('error', () => resolve(null));
    child.on('close', (code) => resolve(code === null ? null : { stdout, stderr, exitCode: code }));
    child.stdin.end(input);
  });
}

function copyPrograms(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  const { launch, accountant, catalogue, runtime } = guardFiles;
  for (const name of [launch, `${launch}.cmd`, accountant, catalogue, runtime]) {
    if (existsSync(join(from, name))) copyFileSync(join(from, name), join(to, name));
  }
}
