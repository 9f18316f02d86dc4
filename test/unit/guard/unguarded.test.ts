import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AgentId } from '../../../src/domain/agent.ts';
import { writeBeat } from '../../../src/guard/beats.ts';
import { noteInstalled, readInstalled } from '../../../src/guard/installed.ts';
import { unguardedSessions } from '../../../src/guard/unguarded.ts';
import { Batch } from '../../../src/ledger/batch.ts';
import type { Database } from '../../../src/ledger/database.ts';
import { storeBatch } from '../../../src/ledger/storeBatch.ts';
import { plainReceipt } from '../ledger/plainReceipt.ts';
import { onePicoEach, World } from '../ledger/world.ts';

const nowMs = Date.UTC(2026, 5, 1, 12);
const minuteMs = 60_000;
const minutesAgo = (minutes: number) => nowMs - minutes * minuteMs;

describe('a session that runs unguarded', () => {
  let world: World;
  let db: Database;
  let folder: string;
  let responses = 0;

  beforeEach(() => {
    world = new World();
    db = world.open();
    folder = mkdtempSync(join(tmpdir(), 'token-burn-'));
  });
  afterEach(() => {
    world.dispose();
    rmSync(folder, { recursive: true });
  });

  function respond(key: string, minutes: number, more: { agent?: AgentId; parentKey?: string } = {}): void {
    const { agent = 'codex', parentKey } = more;
    const atMs = minutesAgo(minutes);
    const stamp = { reader: 1, bornMs: atMs, atMs, position: 0 };
    const batch = new Batch();
    batch.addFacts({ agent, key, atMs, ...(parentKey !== undefined && { parentKey }) }, stamp);
    const id = { response: `r${++responses}`, request: 'r' };
    batch.addReceipt({ ...plainReceipt, agent, sessionKey: key, id, atMs }, stamp);
    storeBatch(db, batch, [], onePicoEach);
  }

  function beat(key: string, minutes: number, agent: AgentId = 'codex'): void {
    writeBeat(folder, { agent, key }, { event: 'Stop', decision: 'allow', latencyMs: 1, fault: null });
    const atSeconds = minutesAgo(minutes) / 1000;
    utimesSync(join(folder, 'beats', `${agent}.${key}`), atSeconds, atSeconds);
  }

  const unguarded = (sinceMinutes = 60, agent: AgentId = 'codex') =>
    unguardedSessions(db, { folder, nowMs, installedMs: new Map([[agent, minutesAgo(sinceMinutes)]]) }).map(
      ({ session, responses: count }) => `${session.key}: ${count}`,
    );

  it('is one whose log grows without any beat', () => {
    respond('s-1', 5);
    respond('s-1', 4);
    assert.deepEqual(unguarded(), ['s-1: 2']);
  });

  it('is one whose log goes on growing after the last beat', () => {
    respond('s-1', 9);
    beat('s-1', 8);
    respond('s-1', 6);
    assert.deepEqual(unguarded(), []);
    respond('s-1', 5);
    assert.deepEqual(unguarded(), ['s-1: 2']);
  });

  it('is none whose beats keep up, nor one that just began', () => {
    respond('s-1', 9);
    respond('s-1', 5);
    beat('s-1', 5);
    respond('s-1', 4.5);
    respond('s-1', 4.2);
    assert.deepEqual(unguarded(), []);
  });

  it('is none of which one answer is known, as some agents ask before tools alone', () => {
    respond('s-1', 5);
    assert.deepEqual(unguarded(), []);
    respond('s-1', 4.5);
    assert.deepEqual(unguarded(), []);
    respond('s-1', 4);
    assert.deepEqual(unguarded(), ['s-1: 3']);
  });

  it('is none that ran before the hooks were installed, nor of an agent without any', () => {
    respond('s-1', 5);
    respond('s-1', 4);
    assert.deepEqual(unguarded(3), []);
    assert.deepEqual(unguarded(60, 'gemini-cli'), []);
  });

  it('is none that rests', () => {
    respond('s-1', 50);
    respond('s-1', 45);
    assert.deepEqual(unguarded(60), []);
  });

  it('is guarded by the beats of any of its sub-agents, whose responses count as its own', () => {
    respond('s-1', 9);
    respond('s-2', 5, { parentKey: 's-1' });
    respond('s-2', 4, { parentKey: 's-1' });
    assert.deepEqual(unguarded(), ['s-1: 3']);
    beat('s-2', 4);
    assert.deepEqual(unguarded(), []);
  });

  it('is told of VS Code’s own agent by the hooks of Claude Code', () => {
    respond('s-1', 5, { agent: 'copilot-chat' });
    respond('s-1', 4, { agent: 'copilot-chat' });
    assert.deepEqual(unguarded(60, 'copilot-chat'), ['s-1: 2']);
    beat('s-1', 4, 'claude-code');
    assert.deepEqual(unguarded(60, 'copilot-chat'), []);
  });

  it('is known by when its hooks were installed', () => {
    noteInstalled(folder, 'codex', 5);
    noteInstalled(folder, 'claude-code', 6);
    noteInstalled(folder, 'codex', null);
    assert.deepEqual([...readInstalled(folder)], [['claude-code', 6]]);
  });
});
