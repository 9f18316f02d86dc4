/** Logs that an agent writes just now into the home folder of the VS Code under test. */

import { appendFile, mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { usage as claudeUsage, recordsOf } from '../fixtures/claude-code/records.ts';
import { meta, record, turn } from '../fixtures/codex/records.ts';

/** A session of Claude Code with a prompt for its title. */
export class ClaudeLog {
  readonly #path: string;
  readonly #records: ReturnType<typeof recordsOf>;
  readonly #sessionId: string;
  #responses = 0;

  constructor(sessionId: string) {
    this.#sessionId = sessionId;
    this.#path = join(homedir(), '.claude', 'projects', '-home-ann-app', `${sessionId}.jsonl`);
    this.#records = recordsOf(sessionId);
  }

  get path(): string {
    return this.#path;
  }

  async begin(prompt: string): Promise<void> {
    await append(this.#path, this.#records.user(`${this.#sessionId}-prompt`, '12:00:00', prompt));
  }

  /** One response of this many output tokens and nothing else. */
  async respond(outputTokens: number, model = 'claude-sonnet-5'): Promise<void> {
    this.#responses += 1;
    const id = `${this.#sessionId}-${this.#responses}`;
    const used = claudeUsage(0, 0, 0, outputTokens);
    await append(this.#path, this.#records.assistant(id, '12:00:00', [id, id], used, { model }));
  }
}

/** A thread of Codex that has answered once, by default in the folder where Codex keeps its threads. */
export async function writeCodexLog(
  threadId: string,
  cwd: string,
  folder = join(homedir(), '.codex', 'sessions'),
): Promise<void> {
  const path = join(folder, '2026', '08', '19', `rollout-2026-08-19T12-00-00-${threadId}.jsonl`);
  const time = '12:00:00.000';
  await append(
    path,
    meta(time, threadId, { cwd }),
    ...turn(time, 'turn-1', 'gpt-5.4'),
    record(time, threadId, 'turn-1', `${threadId}-response`, [1000, 400, 50]),
  );
}

async function append(path: string, ...records: readonly object[]): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const timestamp = new Date().toISOString();
  await appendFile(path, records.map((fields) => `${JSON.stringify({ ...fields, timestamp })}\n`).join(''));
}
