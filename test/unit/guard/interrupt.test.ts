import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AgentGuard, AgentProcess } from '../../../src/guard/agents/agentGuard.ts';
import { guardOf } from '../../../src/guard/agents/agentGuards.ts';
import { binary } from '../../../src/guard/agents/agentPrograms.ts';
import { codexGuard } from '../../../src/guard/agents/codex.ts';
import { qwenCodeGuard } from '../../../src/guard/agents/qwenCode.ts';
import {
  explainToUser,
  findOwnProcess,
  type Interrupted,
  interruptAgent,
  interruptKnown,
} from '../../../src/guard/interrupt.ts';
import {
  lookByPs,
  type ProcessFacts,
  type ProcessTable,
  systemProcesses,
} from '../../../src/guard/processTable.ts';

const shell: ProcessFacts = { parentId: 1, started: '7', executable: '/bin/sh', args: [] };

type Processes = Readonly<Record<number, Partial<ProcessFacts>>>;

const processOf = ({ id, process }: AgentGuard): AgentProcess =>
  process ?? assert.fail(`${id} has no process`);

const agent = processOf(codexGuard);
const named = (name: string): AgentProcess => ({ ...agent, programs: [binary(name)] });

/** The hook was started by process 10. */
function interrupt(processes: Processes, fails = false): { result: Interrupted; told: number[] } {
  const told: number[] = [];
  const table: ProcessTable = {
    look(id) {
      const facts = processes[id];
      return facts === undefined ? null : { ...shell, ...facts };
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
      assert.deepEqual(told, [], executable);
    }
  });

  it('looks past shells alone: what another program has started is none of its business', () => {
    const codex = { executable: '/opt/codex' };
    for (const executable of ['/bin/dash', '/usr/bin/zsh', 'bash', '/bin/busybox']) {
      assert.deepEqual(interrupt({ 10: { executable, parentId: 9 }, 9: codex }).told, [9], executable);
    }
    for (const executable of ['/usr/bin/node', '/opt/claude', '/usr/share/code/code', '/opt/sh/other']) {
      const { result, told } = interrupt({ 10: { executable, parentId: 9 }, 9: codex });
      assert.deepEqual([result, told], ['notFound', []], executable);
    }
  });

  it('looks past the program in which an agent keeps its plugins, and past no other of the same runtime', () => {
    const cline = processOf(guardOf('cline') ?? assert.fail());
    const tell = (script: string) => {
      const table: Processes = {
        10: { parentId: 9 },
        9: { parentId: 8, executable: '/usr/bin/node', args: ['node', script] },
        8: { executable: '/n/@cline/cli-linux-x64/bin/cline', args: ['cline', 'Begin'] },
      };
      const told: number[] = [];
      const look = (id: number) => (table[id] === undefined ? null : { ...shell, ...table[id] });
      interruptAgent(cline, 10, { look, interrupt: (id) => void told.push(id), write: () => {} });
      return told;
    };
    assert.deepEqual(tell('/n/@cline/cli-linux-x64/extensions/plugin-sandbox-bootstrap.js'), [8]);
    assert.deepEqual(tell('/w/server.js'), []);
  });

  it('knows a script that has given its process another name, and spares the gateway that all share', () => {
    const openclaw = processOf(guardOf('openclaw') ?? assert.fail());
    const tell = (title: string) => {
      const told: number[] = [];
      const look = () => ({ ...shell, executable: '/usr/bin/node', args: [title, '', ''] });
      const table = { look, interrupt: (id: number) => void told.push(id), write: () => {} };
      return [interruptAgent(openclaw, 10, table), ...told];
    };
    assert.deepEqual(tell('openclaw-agent'), ['told', 10]);
    assert.deepEqual(tell('openclaw-gateway'), ['shared']);
    for (const title of ['node', 'openclaw', 'openclaw-agent-of-mine', '']) {
      assert.deepEqual(tell(title), ['notFound'], title);
    }
  });

  it('knows a script by the name that it gave itself, where that is all that is left, and ends it in order', () => {
    const pi = processOf(guardOf('pi') ?? assert.fail());
    const tell = (args: readonly string[], executable = '/usr/bin/node') => {
      const told: (number | string)[] = [];
      const look = () => ({ ...shell, executable, args });
      interruptAgent(pi, 10, { look, interrupt: (...all) => void told.push(...all), write: () => {} });
      return told;
    };
    assert.deepEqual(tell(['pi', '', '']), [10, 'SIGTERM']);
    for (const args of [['pi', 'x'], ['pi-rpc', ''], ['node', '/n/pi'], ['']])
      assert.deepEqual(tell(args), []);
    assert.deepEqual(tell(['pi', ''], '/usr/bin/python3'), []);
  });

  it('tells one that it knew before only while it is the same, and the agent', () => {
    const known = { id: 10, started: '7' };
    const tell = (facts: Partial<ProcessFacts> | null) => {
      const told: number[] = [];
      const look = () => (facts === null ? null : { ...shell, executable: '/opt/codex', ...facts });
      const table = { look, interrupt: (id: number) => void told.push(id), write: () => {} };
      return [interruptKnown(agent, known, table), ...told];
    };
    assert.deepEqual(tell({}), ['told', 10]);
    assert.deepEqual(tell({ started: '8' }), ['notFound']);
    assert.deepEqual(tell({ executable: '/bin/sh' }), ['notFound']);
    assert.deepEqual(tell({ args: ['codex', 'app-server'] }), ['shared']);
    assert.deepEqual(tell(null), ['notFound']);
  });

  it('knows a process again only where it serves one session, and the system tells when it was started', () => {
    const find = (facts: Partial<ProcessFacts>) => {
      const look = () => ({ ...shell, executable: '/opt/codex', ...facts });
      return findOwnProcess(agent, 10, { look, interrupt: () => {}, write: () => {} });
    };
    assert.deepEqual(find({}), { id: 10, started: '7' });
    assert.equal(find({ started: '' }), null);
    assert.equal(find({ args: ['codex', 'mcp-server'] }), null);
    assert.equal(find({ executable: '/usr/bin/node' }), null);
  });

  for (const [guard, ...processes] of [
    ['claude-code', '/home/me/.local/bin/claude', '/n/@anthropic-ai/claude-code/bin/claude.exe'],
    ['claude-code', '/home/me/.local/share/claude/versions/2.1.330'],
    ['claude-code', 'node /usr/lib/node_modules/@anthropic-ai/claude-code/cli.js -p', 'node /usr/bin/claude'],
    ['copilot-cli', '/n/@github/copilot-linux-x64/copilot -p', 'node /n/@github/copilot/index.js'],
    [
      'gemini-cli',
      'node --max-old-space-size=9 /usr/bin/gemini',
      'node /n/@google/gemini-cli/bundle/gemini.js',
    ],
    ['opencode', '/n/opencode-linux-x64/bin/opencode run', '/usr/bin/opencode'],
    ['kilo', '/n/@kilocode/cli-linux-x64/bin/kilo run', '/usr/bin/kilo'],
    ['cline', '/n/@cline/cli-linux-x64/bin/cline'],
    ['pi', '/usr/bin/pi'],
    ['qwen-code', 'node --expose-gc /n/@qwen-code/qwen-code/cli.js -p'],
  ] as const) {
    for (const line of processes) {
      it(`knows ${guard} by ${line}`, () => {
        const own = processOf(guardOf(guard) ?? assert.fail());
        const told = (started: string) => {
          const [executable = '', ...rest] = started.split(' ');
          const look = () => ({
            ...shell,
            executable: executable.replace(/^node$/, '/bin/node'),
            args: [executable, ...rest],
          });
          return interruptAgent(own, 10, { look, interrupt: () => {}, write: () => {} });
        };
        assert.equal(told(line), 'told');
        for (const other of [
          '/usr/bin/node',
          '/usr/share/code/code',
          '/usr/bin/vim',
          '/usr/bin/tmux',
          'node /w/x.js',
        ]) {
          assert.equal(told(other), 'notFound', other);
        }
        for (const engine of own.sharedArguments) {
          assert.equal(told(`${line} ${engine}`), 'shared', engine);
        }
      });
    }
  }

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
        assert.match(facts?.started ?? '', /\d/);
        assert.notEqual(facts?.started, systemProcesses.look(process.pid)?.started);
        assert.match(facts?.executable ?? '', /sleep$|coreutils$|busybox$/);
        assert.ok(facts?.args.includes('30'));
        assert.equal(
          interruptAgent(named('token-burn-no-such-agent'), child.pid ?? 0, systemProcesses),
          'notFound',
        );
        assert.equal(child.exitCode, null);
        const name = facts?.executable.split('/').at(-1) ?? '';
        assert.equal(interruptAgent(named(name), child.pid ?? 0, systemProcesses), 'told');
        const [, signal] = await once(child, 'exit');
        assert.equal(signal, 'SIGINT');
      } finally {
        child.kill('SIGKILL');
      }
    });
  }

  if (existsSync('/bin/ps')) {
    it('sees when a process was started, in whatever time zone it is asked', () => {
      const zone = process.env.TZ;
      const startedIn = (name: string) => {
        process.env.TZ = name;
        return lookByPs(process.pid)?.started;
      };
      try {
        const started = startedIn('Asia/Tokyo');
        assert.match(started ?? '', /\d\d:\d\d/);
        assert.equal(startedIn('America/New_York'), started);
      } finally {
        if (zone === undefined) delete process.env.TZ;
        else process.env.TZ = zone;
      }
    });
  }

  it('tells a runtime only where it runs the program that is meant', () => {
    const result = (...args: string[]) => {
      const look = () => ({ ...shell, executable: '/usr/bin/node', args });
      return interruptAgent(processOf(qwenCodeGuard), 10, { look, interrupt: () => {}, write: () => {} });
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
        look: (id) => (id === 10 ? { ...shell, executable: 'codex', ...facts } : null),
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
          explainToUser({ ...named(name), muteArguments: ['30'] }, text, child.pid ?? 0, systemProcesses);
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
