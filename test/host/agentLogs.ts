/** Logs that an agent writes just now into the home folder of a VS Code under test. */

import { appendFile, mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  usage as claudeUsage,
  type Fields,
  recordsOf,
  toolResult,
  toolUse,
} from '../fixtures/claude-code/records.ts';
import { event, meta, record, turn, type Used } from '../fixtures/codex/records.ts';

export interface LogOptions {
  /** Home folder to write into; this process's own where it is not given. */
  readonly home?: string;
  /** Where the agent works. */
  readonly cwd?: string;
  /** How long ago the lines are said to be written. */
  readonly ageMs?: number;
}

/** A session of Claude Code with a prompt for its title, or with `agentId` a sub-agent of it. */
export class ClaudeLog {
  readonly path: string;
  readonly #records: ReturnType<typeof recordsOf>;
  readonly #sessionId: string;
  readonly #options: LogOptions;
  readonly #name: string;
  #lines = 0;
  #model: unknown = 'claude-sonnet-5';

  constructor(sessionId: string, options: LogOptions = {}, agentId?: string) {
    const { home = homedir(), cwd = '/home/ann/app' } = options;
    const folder = join(home, '.claude', 'projects', cwd.slice(0, 100).replaceAll(/\W/g, '-'));
    this.#sessionId = sessionId;
    this.#options = options;
    this.#name = agentId ?? sessionId;
    this.path =
      agentId === undefined
        ? join(folder, `${sessionId}.jsonl`)
        : join(folder, sessionId, 'subagents', `agent-${agentId}.jsonl`);
    this.#records = recordsOf(sessionId, {
      cwd,
      ...(agentId !== undefined && { isSidechain: true, agentId }),
    });
  }

  async begin(prompt: string): Promise<void> {
    await this.#write(this.#records.user(this.#newId(), '12:00:00', prompt));
  }

  /** One response of this many output tokens and nothing else. */
  async respond(outputTokens: number, model = 'claude-sonnet-5'): Promise<void> {
    await this.answer(claudeUsage(0, 0, 0, outputTokens), { model });
  }

  /** One response of the model named last, after which the session is idle; with a tool use in it it goes on. */
  async answer(used: unknown, message: Fields = {}): Promise<void> {
    const id = this.#newId();
    this.#model = message.model ?? this.#model;
    const more = { ...message, model: this.#model };
    await this.#write(this.#records.assistant(id, '12:00:00', [id, id], used, more));
  }

  /** Starts a sub-agent by a response that costs nothing, and answers its log, not yet begun. */
  async startSubAgent(
    agentId: string,
    role: string,
    task: string,
    options = this.#options,
  ): Promise<ClaudeLog> {
    const call = toolUse(`toolu_${agentId}`, 'Agent', {
      description: task,
      prompt: task,
      subagent_type: role,
    });
    await this.answer(claudeUsage(0, 0, 0, 0), call);
    const result = toolResult(`toolu_${agentId}`, 'launched');
    const launched = { isAsync: true, status: 'async_launched', agentId };
    await this.#write(this.#records.user(this.#newId(), '12:00:00', result, { toolUseResult: launched }));
    return new ClaudeLog(this.#sessionId, options, agentId);
  }

  #newId(): string {
    this.#lines += 1;
    return `${this.#name}-${this.#lines}`;
  }

  #write(entry: object): Promise<void> {
    return append(this.path, this.#options.ageMs, entry);
  }
}

export interface CodexLog extends LogOptions {
  readonly threadId: string;
  /** The folder to write into, in place of the one in which Codex keeps its threads. */
  readonly folder?: string;
  readonly prompt?: string;
  readonly model?: string;
  readonly used?: Used;
  /** The plan that its limits are of. */
  readonly planType?: string;
}

/** A thread of Codex that has answered once. */
export async function writeCodexLog(log: CodexLog): Promise<void> {
  const { threadId, home = homedir(), cwd = '/home/ann/app', ageMs } = log;
  const { prompt, model = 'gpt-5.4', used = [1000, 400, 50] } = log;
  const folder = log.folder ?? join(home, '.codex', 'sessions');
  const path = join(folder, '2026', '08', '19', `rollout-2026-08-19T12-00-00-${threadId}.jsonl`);
  const time = '12:00:00.000';
  await append(
    path,
    ageMs,
    meta(time, threadId, { cwd }),
    ...turn(time, 'turn-1', model),
    ...(prompt === undefined ? [] : [event(time, 'user_message', { message: prompt })]),
    record(time, threadId, 'turn-1', `${threadId}-response`, used),
    ...(log.planType === undefined ? [] : [limits(time, log.planType)]),
  );
}

function limits(time: string, plan_type: string): object {
  const primary = { used_percent: 31, window_minutes: 300 };
  return event(time, 'token_count', { info: null, rate_limits: { primary, secondary: null, plan_type } });
}

async function append(path: string, ageMs = 0, ...records: readonly object[]): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const timestamp = new Date(Date.now() - ageMs).toISOString();
  await appendFile(path, records.map((fields) => `${JSON.stringify({ ...fields, timestamp })}\n`).join(''));
}
