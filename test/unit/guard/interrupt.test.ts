import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AgentProcess } from '../../../src/guard/agents/agentGuard.ts';
import { qwenCodeGuard } from '../../../src/guard/agents/qwenCode.ts';
import {
  explainToUser,
  type Interrupted,
  interruptAgent,
  type ProcessFacts,
  type ProcessTable,
  systemProcesses,
} from '../../../src/guard/interrupt.ts';

type Processes = Readonly<Record<number, Partial<ProcessFacts>>>;

const agent: AgentProcess = { name: 'codex', program: null, muteArguments: ['exec'] };

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
    write: () => assert.fail('an interrupt says nothing'),
  };
  return { result: interruptAgent(agent, 10, table), told };
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
        assert.equal(
          interruptAgent({ ...agent, name: 'token-burn-no-such-agent' }, child.pid ?? 0, systemProcesses),
          'notFound',
        );
        assert.equal(child.exitCode, null);
        const name = facts?.executable.split('/').at(-1) ?? '';
        assert.equal(interruptAgent({ ...agent, name }, child.pid ?? 0, systemProcesses), 'told');
        const [, signal] = await once(child, 'exit');
        assert.equal(signal, 'SIGINT');
      } finally {
        child.kill('SIGKILL');
      }
    });
  }

  it('tells a runtime only where it runs the program that is meant', () => {
    const { process: qwen } = qwenCodeGuard;
    assert.ok(qwen);
    const result = (...args: string[]) => {
      const look = () => ({ parentId: 1, executable: '/usr/bin/node', args });
      return interruptAgent(qwen, 10, { look, interrupt: () => {}, write: () => {} });
    };
    assert.equal(result('node', '/usr/local/bin/qwen', '-p', 'go'), 'told');
    assert.equal(result('node', '--max-old-space-size=9', '/lib/@qwen-code/qwen-code/cli.js'), 'told');
    assert.equal(result('node', '/home/me/work/server.js', '/usr/local/bin/qwen'), 'notFound');
    assert.equal(result('node', '/home/me/@qwen-code/qwen-code/../../server.js'), 'notFound');
    assert.equal(result('node'), 'notFound');
  });

  it('explains itself where the agent shows nothing of its hooks, and nowhere else', () => {
    const explained = (facts: Partial<ProcessFacts>) => {
      const said: string[] = [];
      const table: ProcessTable = {
        look: (id) => (id === 10 ? { parentId: 1, executable: 'codex', args: [], ...facts } : null),
        interrupt: () => assert.fail('nothing is to be interrupted'),
        write: (id, text) => said.push(`${id} ${text}`),
      };
      explainToUser(agent, 'spent', 10, table);
      return said;
    };
    assert.deepEqual(explained({ args: ['codex', 'exec', 'go'] }), ['10 spent\n']);
    assert.deepEqual(explained({ args: ['codex', 'go'] }), []);
    assert.deepEqual(explained({ executable: 'sh', args: ['codex', 'exec'] }), []);
  });

  if (process.platform === 'linux') {
    it('explains itself in the error output of a real process, and waits for nobody', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'token-burn-'));
      const pipe = join(folder, 'pipe');
      execFileSync('mkfifo', [pipe]);
      const output = openSync(pipe, 'r+');
      const child = spawn('sleep', ['30'], { stdio: ['ignore', 'ignore', output] });
      try {
        await once(child, 'spawn');
        const name =
          systemProcesses
            .look(child.pid ?? 0)
            ?.executable.split('/')
            .at(-1) ?? '';
        const explain = (text: string) =>
          explainToUser({ ...agent, name, muteArguments: ['30'] }, text, child.pid ?? 0, systemProcesses);
        explain('budget reached');
        const read = Buffer.alloc(100);
        assert.equal(read.toString('utf8', 0, readSync(output, read)), 'budget reached\n');
        explain('x'.repeat(1 << 20));
        explain('x'.repeat(1 << 20));
      } finally {
        child.kill('SIGKILL');
        closeSync(output);
        rmSync(folder, { recursive: true });
      }
    });
  }
});
