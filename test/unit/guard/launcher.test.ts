import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launcherText, windowsLauncherText } from '../../../src/guard/launcher.ts';
import { type Ended, LauncherWorld } from './launcherWorld.ts';

const wentOn: Ended = { code: 0, stdout: '', stderr: '', inputError: null };
const tells = 'for argument; do printf "[%s]" "$argument"; done; cat';
const session = '5a1c0000-0000-4000-8000-000000000001';
const input = JSON.stringify({ session_id: session, hook_event_name: 'PreToolUse', tool_name: 'Bash' });
const minuteMs = 60_000;

/** What a hook may be given by somebody who means harm. */
const hostile = [
  '../../escaped',
  '..',
  '.hidden',
  '/tmp/elsewhere',
  '$(touch escaped)',
  '`touch escaped`',
  '; touch escaped',
  '*',
  '-n',
  'a\nb',
  '\u001b[31mred',
  "quote'd",
  '"',
  'a b',
  'x'.repeat(10_000),
];

if (process.platform !== 'win32') {
  describe('the launcher', () => {
    let world: LauncherWorld;

    beforeEach(() => {
      world = new LauncherWorld();
      world.writeRuntimes(tells);
    });
    afterEach(() => world.dispose());

    it('goes on without a word where no budget is in force, and keeps the beat', async () => {
      world.write('none', '');
      assert.deepEqual(await world.run(['codex', 'PreToolUse'], input), wentOn);
      assert.deepEqual(world.names('beats'), [`codex.${session}`]);
      const beat = world.read(`beats/codex.${session}`) ?? '';
      assert.deepEqual(JSON.parse(beat), { event: 'PreToolUse', decision: 'pass' });
    });

    it('takes the session from the environment where the agent names it there', async () => {
      world.write('none', '');
      const environment = { CLAUDE_CODE_SESSION_ID: 'of-claude' };
      await world.run(['claude-code', 'PreToolUse'], input, environment);
      await world.run(['codex', 'PreToolUse'], input, environment);
      assert.deepEqual(world.names('beats'), ['claude-code.of-claude', `codex.${session}`]);
    });

    for (const field of ['session_id', 'sessionId', 'sessionID']) {
      it(`takes the session from the first bytes of the input: ${field}`, async () => {
        world.write('none', '');
        await world.run(
          ['codex', 'PreToolUse'],
          `{ "x": 1, "${field}" : "s-1", "more": "${'x'.repeat(9000)}"}`,
        );
        assert.deepEqual(world.names('beats'), ['codex.s-1']);
      });
    }

    it('takes in an input of many megabytes that it does not need', async () => {
      world.write('none', '');
      const large = JSON.stringify({ session_id: session, text: 'x'.repeat(8 << 20) });
      assert.deepEqual(await world.run(['codex', 'PreToolUse'], large), wentOn);
      world.write('runtime', '');
      rmSync(join(world.folder, 'none'));
      assert.deepEqual(await world.run(['codex', 'PreToolUse'], large), wentOn);
    });

    it('does not wait for an input that never ends, nor needs one', async () => {
      world.write('none', '');
      const environment = { PATH: process.env.PATH ?? '', CLAUDE_CODE_SESSION_ID: 's-1' };
      const child = spawn(world.launcher, ['claude-code', 'Stop'], { env: environment, stdio: 'pipe' });
      assert.deepEqual(await once(child, 'close'), [0, null]);
      const closed = spawn('sh', ['-c', '"$0" codex Stop <&- 2>&1', world.launcher]);
      let said = '';
      closed.stdout.on('data', (text) => (said += text));
      assert.deepEqual(await once(closed, 'close'), [0, null]);
      assert.equal(said, '');
    });

    it('goes on while a live scanner says that all is calm, for as many hooks as it may', async () => {
      world.writeCalm(`${process.pid}\n`, minuteMs);
      world.writeLease('2 now ', `codex.${session}`);
      assert.deepEqual(await world.run(['codex', 'PreToolUse'], input), wentOn);
      assert.deepEqual(await world.run(['codex', 'PreToolUse'], input), wentOn);
      assert.deepEqual(world.names('beats'), [`codex.${session}`]);
    });

    it('asks the accountant when so many have passed, and gives it what it has read of the input', async () => {
      world.writeCalm(`${process.pid}\n`, minuteMs);
      world.writeLease('1 now .', `codex.${session}`);
      world.writeRuntimes('echo "$TOKEN_BURN_HEAD" | tr -d " \\n"; echo; od -An -v -tx1 | tr -d " \\n"');
      for (const padding of ['', 'x', 'xx', 'xxx']) {
        const text = `${padding}${'żółw🐢'.repeat(9_000)}`;
        const large = JSON.stringify({ session_id: session, text });
        const { stdout } = await world.run(['codex', 'PreToolUse'], large);
        const [head = '', rest = ''] = stdout.split('\n');
        assert.equal(head.length, 2 * 4096);
        assert.ok(Buffer.from(head + rest, 'hex').toString() === large);
      }
      assert.deepEqual([world.names('beats'), world.read(`leases/codex.${session}`)], [[], '1 now .']);
    });

    it('gives the accountant no beginning of an input that it has not read', async () => {
      world.writeRuntimes('echo "[$TOKEN_BURN_HEAD]"');
      const environment = {
        TOKEN_BURN_HEAD: '{"session_id":"other"}',
        most: '9',
        leased_in: 'now',
        passed: '',
        calm: 'now',
      };
      assert.equal((await world.run(['codex', 'PreToolUse'], input, environment)).stdout, '[]\n');
    });

    for (const lease of [
      '',
      ' ',
      '0 now ',
      '01 now ',
      '-1 now ',
      '1e9 now ',
      '1000 now ',
      '* now ',
      '9 ',
      '9 .',
      '9 before ',
      '9 * ',
      '$(touch escaped) ',
      '`id` ',
      '"',
    ]) {
      it(`asks the accountant where a lease is nothing to go by: ${JSON.stringify(lease)}`, async () => {
        world.writeCalm(`${process.pid}\n`, minuteMs);
        world.writeLease(lease);
        world.writeRuntimes('echo asked');
        const asked = await world.run(['codex', 'PreToolUse'], '{"session_id":"s-1"}', {
          most: '9',
          leased_in: 'now',
        });
        assert.equal(asked.stdout, 'asked\n');
        assert.deepEqual(world.names('.').includes('escaped'), false);
      });
    }

    it('lets no more hooks pass than it may when many come at once, but for those at once', async () => {
      world.writeCalm(`${process.pid}\n`, minuteMs);
      world.writeLease('4 now ');
      world.writeRuntimes('echo asked');
      const hook = () => world.run(['codex', 'PreToolUse'], '{"session_id":"s-1"}');
      for (let round = 0; round < 3; round++) await Promise.all([hook(), hook(), hook()]);
      assert.equal((await hook()).stdout, 'asked\n');
      assert.ok((world.read('leases/codex.s-1') ?? '').length <= '4 now '.length + 6);
    });

    for (const [why, scanner, forMs] of [
      ['its time is over', `${process.pid}\n`, -1000],
      ['the scanner has ended', '4194400\n', minuteMs],
      ['nothing tells the scanner', '', minuteMs],
      ['the scanner is a group of processes', '0\n', minuteMs],
      ['the scanner is no number', '$(touch escaped)\n', minuteMs],
      ['the scanner is all processes', '-1\n', minuteMs],
    ] as const) {
      it(`asks the accountant where ${why}`, async () => {
        world.writeCalm(scanner, forMs);
        world.writeLease('9 now ', `codex.${session}`);
        const { stdout } = await world.run(['codex', 'PreToolUse'], input);
        assert.equal(stdout, `[${join(world.folder, 'accountant.js')}][codex][PreToolUse]${input}`);
      });
    }

    it('asks the accountant where the calm bears no name', async () => {
      for (const name of ['', '\n']) {
        world.writeCalm(`${process.pid}\n`, minuteMs, name);
        world.writeLease('9  ');
        world.writeRuntimes('echo asked');
        const asked = await world.run(['codex', 'PreToolUse'], '{"session_id":"s-1"}', { calm: 'now' });
        assert.equal(asked.stdout, 'asked\n');
      }
    });

    it('gives the accountant the input and the agent its answer, as they are', async () => {
      world.writeRuntimes('cat; echo no >&2; exit 2');
      const bytes = Buffer.from([0x7b, 0xff, 0x00, 0x0a, 0x0a, 0x7d, 0x0a]);
      const ended = await world.run(['codex', 'UserPromptSubmit'], bytes);
      assert.deepEqual([ended.code, ended.stderr], [2, 'no\n']);
      assert.equal(ended.stdout, bytes.toString('utf8'));
    });

    it('runs it as a Node of its own', async () => {
      world.writeRuntimes('echo "$ELECTRON_RUN_AS_NODE|$NODE_OPTIONS|$NODE_COMPILE_CACHE"');
      const { stdout } = await world.run(['codex', 'Stop'], '', { NODE_OPTIONS: '--require=gone' });
      assert.equal(stdout, `1||${join(world.folder, 'cache')}\n`);
    });

    it('takes no failure of a runtime for an answer that would keep an agent from its tools', async () => {
      for (const code of [1, 2, 3]) {
        world.writeRuntimes(`exit ${code}`);
        assert.deepEqual(await world.run(['claude-code', 'PreToolUse'], input), wentOn, String(code));
        assert.deepEqual(world.names('faults'), ['claude-code.noRuntime']);
        world.writeRuntimes(`exit ${code}`, 'echo allowed');
        assert.equal((await world.run(['claude-code', 'PreToolUse'], input)).stdout, 'allowed\n');
      }
    });

    it('tries the next runtime where one cannot run it', async () => {
      world.writeRuntimes('exit 1', 'kill -9 $$', 'exit 127', 'exit 4', 'exit 2', 'echo never');
      const { code, stdout } = await world.run(['codex', 'Stop']);
      assert.deepEqual([code, stdout], [2, '']);
    });

    for (const [why, runtime] of [
      ['none is named', null],
      ['the file is empty', ''],
      ['it is gone', '/nowhere/node\n'],
      ['it is a folder', '/tmp\n'],
      ['it is no path', '$(touch escaped)\n'],
    ] as const) {
      it(`lets the agent go on without a runtime, and leaves word: ${why}`, async () => {
        if (runtime === null) rmSync(join(world.folder, 'runtime'));
        else world.write('runtime', runtime);
        assert.deepEqual(await world.run(['codex', 'PreToolUse'], input), wentOn);
        assert.deepEqual(world.names('faults'), ['codex.noRuntime']);
        assert.deepEqual(world.names('.').includes('escaped'), false);
      });
    }

    it('lets the agent go on where nothing can be written', async () => {
      for (const name of ['beats', 'faults']) {
        rmSync(join(world.folder, name), { recursive: true });
        writeFileSync(join(world.folder, name), 'in the way');
      }
      world.write('runtime', '');
      assert.deepEqual(await world.run(['codex', 'PreToolUse'], input), wentOn);
      world.write('none', '');
      assert.deepEqual(await world.run(['codex', 'PreToolUse'], input), wentOn);
    });

    it('lets the agent go on where its folder is gone but for itself', async () => {
      const alone = join(world.data, 'launch');
      writeFileSync(alone, launcherText, { mode: 0o755 });
      const moved = new LauncherWorld();
      try {
        for (const name of ['beats', 'faults']) rmSync(join(moved.folder, name), { recursive: true });
        assert.deepEqual(await moved.run(['codex', 'PreToolUse'], input), wentOn);
      } finally {
        moved.dispose();
      }
    });

    for (const text of hostile) {
      it(`reaches no shell and no other file by ${JSON.stringify(text.slice(0, 30))}`, async () => {
        world.write('none', '');
        const before = Object.keys(world.everything());
        const tricky = JSON.stringify({ session_id: text });
        assert.deepEqual(await world.run(['codex', 'PreToolUse'], tricky), wentOn);
        const raw = `{"session_id":"${text}"}`;
        assert.deepEqual(await world.run(['codex', 'PreToolUse'], raw), wentOn);
        const environment = { CLAUDE_CODE_SESSION_ID: text };
        assert.deepEqual(await world.run(['claude-code', 'Stop'], '{}', environment), wentOn);
        assert.deepEqual(await world.run([text, 'PreToolUse'], input), wentOn);
        assert.deepEqual(await world.run(['codex', text], input), wentOn);
        const after = Object.keys(world.everything()).filter((path) => !before.includes(path));
        const beats = join(world.folder, 'beats');
        assert.deepEqual(
          after.filter(
            (path) => !path.startsWith(`${beats}/codex.`) && !path.startsWith(`${beats}/claude-code.`),
          ),
          [],
        );
      });
    }

    it('has people speak to the accountant, whatever its flags say', async () => {
      world.write('none', '');
      const ended = await world.run(['release', '$(id); ../x'], '');
      assert.equal(ended.stdout, `[${join(world.folder, 'accountant.js')}][release][$(id); ../x]`);
    });

    it('tells people, and no agent, where there is nothing to run it with', async () => {
      world.write('runtime', '');
      const { code, stderr } = await world.run(['status'], '');
      assert.equal(code, 1);
      assert.match(stderr, /nothing to run the guard with/);
    });
  });
}

describe('the launcher for Windows', () => {
  it('has the line ends that its shell needs', () => {
    assert.equal(windowsLauncherText.replaceAll('\r\n', '').includes('\n'), false);
  });
});
