import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { Database } from '../../src/ledger/database.ts';
import { ClaudeLog } from '../host/agentLogs.ts';
import { sqlite } from '../unit/ledger/world.ts';
import { type GuardHome, makeGuardHome } from './guardHome.ts';

const sessionId = '3d1c0c54-0000-4000-8000-0000000000aa';
const budgets = [
  { per: 'session', limit: 1 },
  { per: 'day', limit: 40 },
  { per: 'month', limit: 5, project: '/somewhere/else' },
];

describe('the MCP server by which an agent asks for its budgets', function () {
  this.timeout(60_000);
  let folder: string;
  let project: string;
  let guard: GuardHome;

  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'token-burn-')));
    project = join(folder, 'project');
    mkdirSync(project);
    guard = makeGuardHome(folder, budgets);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Has a session spend, by a log that a hook of Claude Code reads. */
  async function spend(outputTokens: number, cwd = project): Promise<void> {
    const log = new ClaudeLog(sessionId, { home: folder, cwd });
    await log.begin('Do it');
    await log.respond(outputTokens);
    askGuard(log.path);
  }

  function askGuard(transcriptPath: string): void {
    spawnSync(guard.launcher, ['claude-code', 'PostToolBatch'], {
      env: { ...process.env, HOME: folder },
      input: JSON.stringify({ session_id: sessionId, transcript_path: transcriptPath, cwd: project }),
    });
  }

  /** Without what SQLite and V8 keep beside their files. */
  function filesIn(path: string): readonly string[] {
    const names = readdirSync(path, { recursive: true, encoding: 'utf8' });
    return names.filter((name) => !/-(?:wal|shm)$|\/cache(?:\/|$)/.test(name)).sort();
  }

  /** What a client of the official kind is told by the program that the launcher starts. */
  async function ask(environment: Readonly<Record<string, string>> = {}) {
    const client = new Client({ name: 'test', version: '1' });
    const transport = new StdioClientTransport({
      command: guard.launcher,
      args: ['mcp'],
      env: { PATH: process.env.PATH ?? '', HOME: folder, ...environment },
      cwd: project,
    });
    await client.connect(transport);
    try {
      const { tools } = await client.listTools();
      const result = await client.callTool({ name: 'budget', arguments: {} });
      const [content] = result.content as { readonly type: string; readonly text: string }[];
      return { tools, isError: result.isError, told: JSON.parse(content?.text ?? '') };
    } finally {
      await client.close();
    }
  }

  it('has one tool, which says that it only reads', async () => {
    const { tools } = await ask();
    assert.deepEqual(
      tools.map(({ name }) => name),
      ['budget'],
    );
    assert.equal(tools[0]?.annotations?.readOnlyHint, true);
  });

  it('tells the session that its environment names how all budgets stand that count it', async () => {
    await spend(10_000);
    const { told } = await ask({ CLAUDE_CODE_SESSION_ID: sessionId });
    assert.match(told.advice, /^Go on: /);
    assert.deepEqual(
      told.budgets.map(({ per, limit }: { per: string; limit: number }) => [per, limit]).sort(),
      [
        ['day', 40],
        ['session', 1],
      ],
    );
    for (const { spent, left, limit } of told.budgets) {
      assert.ok(spent > 0, 'nothing is spent');
      assert.ok(Math.abs(spent + left - limit) < 1e-3);
    }
  });

  it('finds the sessions at work in its folder when the environment names none', async () => {
    await spend(10_000);
    const { told } = await ask();
    assert.deepEqual(told.budgets.map(({ per }: { per: string }) => per).sort(), ['day', 'session']);
  });

  it('tells nothing of a session that is at work elsewhere', async () => {
    await spend(10_000, '/somewhere/else');
    const { told } = await ask();
    assert.deepEqual(
      told.budgets.map(({ per }: { per: string }) => per),
      ['day'],
    );
  });

  it('advises to stop when a budget is spent', async () => {
    await spend(1_000_000);
    const { told } = await ask({ CLAUDE_CODE_SESSION_ID: sessionId });
    assert.match(told.advice, /^Stop: \d+ % of the session budget is spent/);
  });

  it('changes nothing in the ledger', async () => {
    await spend(10_000);
    const before = new Database(sqlite(), guard.ledger);
    await ask({ CLAUDE_CODE_SESSION_ID: sessionId });
    assert.equal(before.noticeForeignCommits(), false);
    before.close();
  });

  it('tells nothing that a log or an environment says of itself, and follows none of it', async () => {
    const hostile = '[x](command:workbench.action.quit)\u001b[31m\n$(touch hit) `touch hit` ../../../hit';
    const log = new ClaudeLog(sessionId, { home: folder, cwd: `${project}/${hostile}` });
    await log.begin(hostile.repeat((10 << 20) / hostile.length));
    await log.respond(10_000, hostile);
    await log.respond(10_000);
    askGuard(log.path);
    const before = filesIn(folder);
    for (const session of [sessionId, hostile, "'; DROP TABLE budget; --", `../${'x'.repeat(100_000)}`]) {
      const { told } = await ask({ CLAUDE_CODE_SESSION_ID: session, QWEN_CODE_SESSION_ID: session });
      assert.ok(told.budgets.length > 0, 'there is nothing to tell');
      const text = JSON.stringify(told);
      assert.ok(text.length < 2_000, `${text.length} characters`);
      assert.doesNotMatch(text, /command:|touch|hit|DROP|\\u001b|\\n|xxx/);
    }
    assert.deepEqual(filesIn(folder), before);
  });

  it('says what is wrong with a ledger that is damaged, and leaves it as it is', async () => {
    writeFileSync(guard.ledger, 'no database at all, for certain');
    const { size } = statSync(guard.ledger);
    assert.deepEqual(await ask(), {
      ...(await ask()),
      isError: true,
      told: { unavailable: 'ledgerDamaged' },
    });
    assert.equal(statSync(guard.ledger).size, size);
  });

  it('says when there is no ledger, and makes none', async () => {
    rmSync(guard.ledger);
    assert.deepEqual((await ask()).told, { unavailable: 'ledgerMissing' });
    assert.equal(statSync(guard.ledger, { throwIfNoEntry: false }), undefined);
  });
});
