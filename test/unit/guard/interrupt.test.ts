import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  type Interrupted,
  interruptAgent,
  type ProcessFacts,
  type ProcessTable,
  systemProcesses,
} from '../../../src/guard/interrupt.ts';

type Processes = Readonly<Record<number, Partial<ProcessFacts>>>;

/** The hook was started by process 10. */
function interrupt(processes: Processes, fails = false): { result: Interrupted; told: number[] } {
  const told: number[] = [];
  const table: ProcessTable = {
    look(id) {
      const facts = processes[id];
      return facts === undefined ? null : { parentId: 1, executable: '/bin/sh', args: [], ...facts };
    },
    interrupt(id) {
      if (fails) throw new Error('EPERM');
      told.push(id);
    },
  };
  return { result: interruptAgent('codex', 10, table), told };
}

describe('interrupting an agent', () => {
  it('tells the nearest process above the hook that is exactly the agent', () => {
    const codex = { executable: '/opt/codex', parentId: 2 };
    assert.deepEqual(interrupt({ 10: codex, 2: codex }), { result: 'told', told: [10] });
    assert.deepEqual(interrupt({ 10: { parentId: 9 }, 9: { parentId: 8 }, 8: codex }), {
      result: 'told',
      told: [8],
    });
  });

  it('tells none that is only called like it', () => {
    for (const executable of ['/codex/sh', 'codex-cli', 'mycodex', 'codex.sh', '/opt/codex/', '']) {
      const { told } = interrupt({ 10: { executable, args: ['codex', 'exec'] } });
      assert.deepEqual(told, executable === '/opt/codex/' ? [10] : [], executable);
    }
  });

  it('tells none that serves an editor', () => {
    const engine = { executable: '/opt/codex', args: ['codex', 'app-server', '--listen'] };
    assert.deepEqual(interrupt({ 10: engine }), { result: 'shared', told: [] });
    assert.deepEqual(interrupt({ 10: { parentId: 9 }, 9: engine }), { result: 'shared', told: [] });
  });

  it('tells one that only speaks of what serves an editor', () => {
    const codex = { executable: '/opt/codex', args: ['codex', 'exec', 'why does the app-server hang?'] };
    assert.deepEqual(interrupt({ 10: codex }), { result: 'told', told: [10] });
  });

  it('tells none that serves other programs', () => {
    const engine = { executable: '/opt/codex', args: ['codex', 'mcp-server'] };
    assert.deepEqual(interrupt({ 10: engine }), { result: 'shared', told: [] });
  });

  it('looks no further than six processes up, and never at the first process', () => {
    const chain = Object.fromEntries(
      [10, 9, 8, 7, 6, 5].map((id) => [id, { parentId: id - 1 }] as [number, Partial<ProcessFacts>]),
    );
    const codex = { executable: 'codex' };
    assert.deepEqual(interrupt({ ...chain, 4: codex }).result, 'notFound');
    assert.deepEqual(interrupt({ 10: { parentId: 1 }, 1: codex }).result, 'notFound');
    assert.deepEqual(interrupt({ 10: { parentId: 10 } }).result, 'notFound');
    assert.deepEqual(interrupt({}).result, 'notFound');
  });

  it('says so where it may not', () => {
    assert.equal(interrupt({ 10: { executable: 'codex' } }, true).result, 'failed');
  });

  if (process.platform !== 'win32') {
    it('sees real processes: who they are, and who started them', async () => {
      const child = spawn('sleep', ['30'], { stdio: 'ignore' });
      try {
        await once(child, 'spawn');
        const facts = systemProcesses.look(child.pid ?? 0);
        assert.equal(facts?.parentId, process.pid);
        assert.match(facts?.executable ?? '', /sleep$|coreutils$|busybox$/);
        assert.ok(facts?.args.includes('30'));
        assert.equal(interruptAgent('token-burn-no-such-agent', child.pid ?? 0, systemProcesses), 'notFound');
        assert.equal(child.exitCode, null);
        const name = facts?.executable.split('/').at(-1) ?? '';
        assert.equal(interruptAgent(name, child.pid ?? 0, systemProcesses), 'told');
        const [, signal] = await once(child, 'exit');
        assert.equal(signal, 'SIGINT');
      } finally {
        child.kill('SIGKILL');
      }
    });
  }
});
