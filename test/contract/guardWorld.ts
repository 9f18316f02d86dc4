/** A machine with a guard as the build makes it: hooks run in processes of their own, as agents run them. */

import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Budget } from '../../src/domain/budget.ts';
import { guardFiles, guardFolderIn } from '../../src/guard/guardFolder.ts';
import { readAllOf } from '../../src/guard/guardLedger.ts';
import { readGuardSettings } from '../../src/guard/guardSettings.ts';
import { LazyPricing } from '../../src/guard/lazyPricing.ts';
import { refreshPrograms } from '../../src/guard/programs.ts';
import { Database } from '../../src/ledger/database.ts';
import { storeBudgets } from '../../src/oversight/budgetsInForce.ts';
import { root } from '../harness/layout.ts';
import { type Ended, runProgram } from '../unit/guard/launcherWorld.ts';
import { sqlite } from '../unit/ledger/world.ts';

export const cent = 10n ** 10n;
const project = '.claude/projects/p';

export const fiveCents: Budget = {
  id: '["session","list","","",""]',
  span: { kind: 'session' },
  unit: 'list',
  scope: {},
  limit: 5n * cent,
  nearPercent: 80,
  wrapUpPercent: 95,
  stops: true,
  isPaused: false,
};

/** What one response of {@link GuardWorld.respond} costs is a little under two cents. */
export const responsesToStop = 3;

export class GuardWorld {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'token-burn-')));
  readonly home = join(this.folder, 'home');
  readonly data = join(this.folder, 'data');
  readonly guard = guardFolderIn(this.data);
  readonly ledger = join(this.data, 'ledger.db');
  #responses = 0;

  constructor() {
    mkdirSync(join(this.home, project), { recursive: true });
    refreshPrograms(this.data, {
      distFolder: join(root, 'dist'),
      version: '1.0.0',
      runtime: process.execPath,
    });
    this.useBudgets([fiveCents]);
  }

  useBudgets(budgets: readonly Budget[]): void {
    const db = new Database(sqlite(), this.ledger);
    storeBudgets(db, 'test', budgets, Date.now());
    db.close();
  }

  /** Asks the ledger. */
  ask<Row>(sql: string): Row[] {
    const db = new Database(sqlite(), this.ledger);
    try {
      return db.all<Row>(sql).map((row) => ({ ...row }));
    } finally {
      db.close();
    }
  }

  transcript(session: string): string {
    return join(this.home, project, `${session}.jsonl`);
  }

  /** Writes responses of a session, or of a sub-agent of it, to its log. @param agoMs when they are said to be of */
  respond(session: string, count: number, subAgent?: string, agoMs = 0): void {
    const path =
      subAgent === undefined
        ? this.transcript(session)
        : join(this.home, project, session, 'subagents', `agent-${subAgent}.jsonl`);
    mkdirSync(dirname(path), { recursive: true });
    const lines = Array.from({ length: count }, () =>
      responseLine(session, ++this.#responses, subAgent, agoMs),
    );
    writeFileSync(path, lines.map((line) => `${line}\n`).join(''), { flag: 'a' });
  }

  /** @param more in place of, or beside, what Claude Code says */
  hook(event: string, session: string, more: Readonly<Record<string, unknown>> = {}): Promise<Ended> {
    return this.run(['claude-code', event], JSON.stringify({ ...this.input(event, session), ...more }));
  }

  /** What Claude Code writes to a hook. */
  input(event: string, session: string): Readonly<Record<string, unknown>> {
    return {
      session_id: session,
      transcript_path: this.transcript(session),
      cwd: '/w',
      hook_event_name: event,
      tool_name: 'Bash',
      tool_input: { command: 'true' },
    };
  }

  /** Writes responses of a session of Cline, or of a sub-agent of it, to its log. */
  clineRespond(session: string, count: number, name = session): void {
    const messages = clineMessages(name, count);
    this.write(
      `home/.cline/data/sessions/${session}/${name}.messages.json`,
      JSON.stringify({ version: 1, messages }),
    );
  }

  /** @param question what Cline's plugin asks before a request */
  cline(question: object): Promise<Ended> {
    return this.run(['cline', 'beforeModel'], JSON.stringify(question));
  }

  run(args: readonly string[], input: string | Uint8Array = ''): Promise<Ended> {
    const environment = { PATH: process.env.PATH ?? '', HOME: this.home, TZ: 'UTC' };
    return runProgram(join(this.guard, guardFiles.launch), args, input, environment);
  }

  /** Reads a session's log into the ledger without asking the guard, as the editor does. */
  async readLog(session: string): Promise<void> {
    const db = new Database(sqlite(), this.ledger);
    const machine = { platform: process.platform, homeFolder: this.home, environment: {} };
    const asked = { agent: 'claude-code', key: session, transcriptPath: this.transcript(session) } as const;
    const pricing = new LazyPricing(this.data, this.guard);
    const settings = readGuardSettings(this.guard);
    const trouble = await readAllOf(asked, { sqlite: sqlite(), db, pricing, machine, settings });
    db.close();
    if (trouble !== null) throw new Error(trouble.kind);
  }

  /** What the doctor says. */
  async doctor(): Promise<string> {
    return (await this.run(['doctor'])).stdout;
  }

  write(path: string, text: string | Uint8Array): string {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  faults(): readonly string[] {
    return readdirSync(join(this.guard, guardFiles.faults)).sort();
  }

  /** The last beat of a session, without what differs from run to run. */
  beat(session: string): Readonly<Record<string, unknown>> {
    const text = readFileSync(join(this.guard, guardFiles.beats, `claude-code.${session}`), 'utf8');
    const { latencyMs: _, ...beat } = JSON.parse(text);
    return beat;
  }

  /** Paths below its folder, without what V8 keeps. */
  names(): readonly string[] {
    const names = readdirSync(this.folder, { recursive: true, encoding: 'utf8' });
    return names.filter((name) => !name.includes(`/${guardFiles.cache}/`)).sort();
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Of a little under two cents each, as the messages of a session of Cline tell them. */
export function clineMessages(name: string, count: number): readonly object[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `msg_${name}${index}`,
    role: 'assistant',
    ts: Date.UTC(2026, 0, 1) + index,
    modelInfo: { id: 'claude-sonnet-4-5-20250929', provider: 'anthropic' },
    metrics: { inputTokens: 40_904, outputTokens: 250, cacheReadTokens: 40_000, cacheWriteTokens: 900 },
  }));
}

function responseLine(session: string, index: number, subAgent?: string, agoMs = 0): string {
  return JSON.stringify({
    parentUuid: null,
    isSidechain: subAgent !== undefined,
    ...(subAgent !== undefined && { agentId: subAgent }),
    cwd: '/w',
    sessionId: session,
    type: 'assistant',
    uuid: `uuid-${index}`,
    timestamp: new Date(Date.now() - agoMs).toISOString(),
    requestId: `req_${session}${index}`,
    message: {
      model: 'claude-sonnet-4-5-20250929',
      id: `msg_${session}${index}`,
      type: 'message',
      role: 'assistant',
      content: [{ type: 'tool_use', id: `t${index}`, name: 'Bash', input: {} }],
      stop_reason: 'tool_use',
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
