import assert from 'node:assert/strict';
import {
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { claudeCodeGuard } from '../../src/guard/agents/claudeCode.ts';
import { noteInstalled } from '../../src/guard/installed.ts';
import { clearFlags, writeCalm } from '../../src/guard/writeFlags.ts';
import { Database } from '../../src/ledger/database.ts';
import { eventually } from '../ui/eventually.ts';
import { type Ended, runProgram } from '../unit/guard/launcherWorld.ts';
import { sqlite } from '../unit/ledger/world.ts';
import { startEngine } from './codexEngine.ts';
import { cent, clineMessages, fiveCents, GuardWorld, responsesToStop } from './guardWorld.ts';

const wentOn: Ended = { code: 0, stdout: '', stderr: '', inputError: null };

interface Answer {
  readonly continue?: boolean;
  readonly stopReason?: string;
  readonly hookSpecificOutput?: Readonly<Record<string, string>>;
}

function answerOf({ code, stdout, stderr }: Ended): Answer {
  assert.deepEqual([code, stderr], [0, '']);
  return stdout === '' ? {} : (JSON.parse(stdout) as Answer);
}

if (process.platform !== 'win32') {
  describe('a guard that runs', function () {
    this.timeout(120_000);
    let world: GuardWorld;

    beforeEach(() => {
      world = new GuardWorld();
    });
    afterEach(() => world.dispose());

    it('stops a session as soon as its own log says that the budget is spent, and lets it go on after a release', async () => {
      world.respond('s-1', responsesToStop - 1);
      assert.deepEqual(await world.hook('PreToolUse', 's-1'), wentOn);
      assert.deepEqual(world.beat('s-1'), { event: 'PreToolUse', decision: 'allow', fault: null });
      world.respond('s-1', 1);
      const { continue: goesOn, hookSpecificOutput } = answerOf(await world.hook('PreToolUse', 's-1'));
      const why = hookSpecificOutput?.permissionDecisionReason ?? '';
      assert.equal(goesOn, false);
      assert.match(why, /^Token Burn: budget reached\. \$0\.05\d\d of \$0\.0500 spent in this session\./);
      assert.equal(world.beat('s-1').decision, 'stop');
      const command = /terminal: '([^']+)' release s-1$/.exec(why)?.[1];
      assert.equal(command, join(world.guard, 'launch'));
      assert.match((await world.run(['release', 's-1'])).stdout, /released/);
      assert.deepEqual(await world.hook('PreToolUse', 's-1'), wentOn);
      assert.deepEqual(world.faults(), []);
    });

    it('names a release that helps where a day is spent before a session has logged anything', async () => {
      world.useBudgets([{ ...fiveCents, id: 'd', span: { kind: 'calendar', unit: 'day' } }]);
      world.respond('s-1', responsesToStop);
      await world.hook('PreToolUse', 's-1');
      const { stopReason = '' } = answerOf(await world.hook('UserPromptSubmit', 'new'));
      const [, command = '', args = ''] = /terminal: '([^']+)' (.+)$/.exec(stopReason) ?? [];
      assert.equal(command, join(world.guard, 'launch'));
      assert.match((await world.run(args.split(' '))).stdout, /released/);
      assert.deepEqual(await world.hook('UserPromptSubmit', 'new'), wentOn);
    });

    it('answers VS Code in its own words where that runs the hooks of Claude Code', async () => {
      world.useBudgets([{ ...fiveCents, id: 'd', span: { kind: 'calendar', unit: 'day' } }]);
      world.respond('s-1', responsesToStop);
      await world.hook('PreToolUse', 's-1');
      const transcript =
        '/home/sam/.config/Code/User/workspaceStorage/a/GitHub.copilot-chat/transcripts/v.jsonl';
      const asked = { transcript_path: transcript, tool_name: 'run_in_terminal' };
      const answer = answerOf(await world.hook('PreToolUse', 'v', asked));
      assert.equal(answer.hookSpecificOutput?.permissionDecision, 'ask');
      assert.equal(answer.continue, undefined);
    });

    it('lets no session begin where the budget of its folder is spent', async () => {
      world.useBudgets([
        { ...fiveCents, id: 'd', span: { kind: 'calendar', unit: 'day' }, scope: { project: '/w' } },
      ]);
      world.respond('s-1', responsesToStop);
      await world.hook('PreToolUse', 's-1');
      const { continue: goesOn } = answerOf(await world.hook('UserPromptSubmit', 'new', { cwd: '/w/sub' }));
      assert.equal(goesOn, false);
      assert.deepEqual(await world.hook('UserPromptSubmit', 'other', { cwd: '/elsewhere' }), wentOn);
    });

    it('charges sub-agents to the session that started them', async () => {
      world.respond('s-1', 1);
      world.respond('s-1', responsesToStop, 'a1');
      assert.equal(answerOf(await world.hook('PostToolBatch', 's-1')).continue, false);
    });

    it('charges what a sub-agent’s log does not say yet as its plugin tells it, and once when it does', async () => {
      world.clineRespond('c-1', 1);
      assert.deepEqual(await world.cline({ sessionID: 'c-1' }), wentOn);
      const messages = clineMessages('agent_1_x', 3);
      const asker = { sessionID: 'c-1', agentID: 'agent_1_x', messages };
      assert.deepEqual(await world.cline({ ...asker, messages: messages.slice(0, 1) }), wentOn);
      const { stdout } = await world.cline(asker);
      assert.equal(JSON.parse(stdout).kind, 'stop');
      const [told] = world.ask<{ receipts: number }>('SELECT count(*) AS receipts FROM receipt');
      world.clineRespond('c-1', 3, 'agent_1_x');
      assert.equal(JSON.parse((await world.cline({ sessionID: 'c-1' })).stdout).kind, 'stop');
      assert.deepEqual(world.ask('SELECT count(*) AS receipts FROM receipt'), [told]);
      assert.deepEqual(told, { receipts: 4 });
      assert.deepEqual(world.faults(), []);
    });

    it('tells to conclude within the reserve, and refuses a sub-agent there', async () => {
      world.useBudgets([{ ...fiveCents, limit: 6n * cent, nearPercent: 50, wrapUpPercent: 60 }]);
      world.respond('s-1', responsesToStop - 1);
      const { hookSpecificOutput } = answerOf(await world.hook('PostToolBatch', 's-1'));
      assert.match(hookSpecificOutput?.additionalContext ?? '', /Finish the step at hand/);
      assert.equal(world.beat('s-1').decision, 'wrapUp');
      const refused = answerOf(await world.hook('PreToolUse', 's-1', { tool_name: 'Task' }));
      assert.equal(refused.hookSpecificOutput?.permissionDecision, 'deny');
      assert.equal(refused.continue, undefined);
      assert.deepEqual(await world.hook('PreToolUse', 's-1'), wentOn);
    });

    it('stops what a person stopped by hand, until a person releases it', async () => {
      world.respond('s-1', 1);
      await world.hook('PreToolUse', 's-1');
      writeFileSync(join(world.guard, 'none'), '');
      assert.match((await world.run(['stop', 's-'])).stdout, /Claude Code s-1 is stopped/);
      const { hookSpecificOutput } = answerOf(await world.hook('PreToolUse', 's-1'));
      assert.match(hookSpecificOutput?.permissionDecisionReason ?? '', /stopped by hand/);
      await world.run(['release']);
      assert.deepEqual(await world.hook('PreToolUse', 's-1'), wentOn);
    });

    it('judges hooks that come at once, each receipt counted once', async () => {
      world.respond('s-1', responsesToStop);
      const answers = await Promise.all(
        Array.from({ length: 6 }, () => world.hook('PreToolUse', 's-1').then(answerOf)),
      );
      assert.deepEqual(new Set(answers.map((answer) => answer.continue)), new Set([false]));
      assert.deepEqual(world.ask('SELECT count(*) AS count FROM receipt'), [{ count: responsesToStop }]);
    });

    it('interrupts Codex, which no answer ends, and nothing else', async () => {
      world.useBudgets([{ ...fiveCents, id: 'd', span: { kind: 'calendar', unit: 'day' } }]);
      world.respond('s-1', responsesToStop);
      await world.hook('PreToolUse', 's-1');
      const codex = join(world.folder, 'codex');
      copyFileSync('/bin/sh', codex);
      const input = world.write('input.json', JSON.stringify({ session_id: 'c-1', tool_name: 'Bash' }));
      const script = `"$0" codex PreToolUse <'${input}' 2>&1; echo "code $?"; sleep 20; echo went on`;
      const start = performance.now();
      const ended = await runProgram(codex, ['-c', script, join(world.guard, 'launch')], '', {
        PATH: process.env.PATH ?? '',
        HOME: world.home,
      });
      assert.ok(performance.now() - start < 15_000);
      assert.doesNotMatch(ended.stdout, /went on/);
      assert.match(ended.stdout, /^Token Burn: budget reached\./);
      assert.deepEqual(world.faults(), []);
    });

    it('has the engine of Codex interrupt the turn, and leaves the engine to its other sessions', async () => {
      world.useBudgets([{ ...fiveCents, id: 'd', span: { kind: 'calendar', unit: 'day' } }]);
      world.respond('s-1', responsesToStop);
      await world.hook('PreToolUse', 's-1');
      const codex = join(world.folder, 'codex');
      copyFileSync('/bin/sh', codex);
      const asking = { session_id: 'c-1', turn_id: 't-1', tool_name: 'Bash' };
      const input = world.write('input.json', JSON.stringify(asking));
      const script = `"$0" codex PreToolUse <'${input}'; echo "code $?"; echo went on`;
      using engine = await startEngine(join(world.home, '.codex', 'app-server-control'));
      const ended = await runProgram(codex, ['-c', script, join(world.guard, 'launch'), 'app-server'], '', {
        PATH: process.env.PATH ?? '',
        HOME: world.home,
      });
      assert.equal(ended.stdout, 'code 2\nwent on\n');
      assert.deepEqual(engine.heard.at(-1), {
        id: 2,
        method: 'turn/interrupt',
        params: { threadId: 'c-1', turnId: 't-1' },
      });
      assert.deepEqual(world.faults(), []);
    });

    it('notes no process that another program drives, which nobody may interrupt then', async () => {
      const pi = join(world.folder, 'pi');
      copyFileSync('/bin/sh', pi);
      const isNotedOf = async (isDriven: boolean) => {
        const input = world.write('input.json', JSON.stringify({ sessionID: 'p-1', isDriven }));
        const script = `"$0" pi context <'${input}'; exit 0`;
        const environment = { PATH: process.env.PATH ?? '', HOME: world.home };
        await runProgram(pi, ['-c', script, join(world.guard, 'launch')], '', environment);
        return world.names().some((name) => name.endsWith('guard/processes/pi.p-1'));
      };
      assert.equal(await isNotedOf(true), false);
      assert.equal(await isNotedOf(false), true);
    });

    it('tells the doctor where it finds no Codex to interrupt', async () => {
      world.useBudgets([{ ...fiveCents, id: 'd', span: { kind: 'calendar', unit: 'day' } }]);
      world.respond('s-1', responsesToStop);
      await world.hook('PreToolUse', 's-1');
      const ended = await world.run(['codex', 'PreToolUse'], JSON.stringify({ session_id: 'c-1' }));
      assert.deepEqual([ended.code, ended.stdout], [2, '']);
      assert.match(ended.stderr, /^Token Burn: budget reached\./);
      assert.deepEqual(world.faults(), ['codex.interruptFailed']);
    });

    describe('interrupts an agent that goes on after it was told to stop', () => {
      /** An agent that hooks ask for, and that makes nothing of their answers. */
      const runAgent = (script: string) => {
        const claude = join(world.folder, 'claude');
        copyFileSync('/bin/sh', claude);
        const input = world.write('input.json', JSON.stringify(world.input('PreToolUse', 's-1')));
        const hook = `"$0" claude-code PreToolUse <'${input}' >/dev/null`;
        return runProgram(claude, ['-c', script.replaceAll('HOOK', hook), join(world.guard, 'launch')], '', {
          PATH: process.env.PATH ?? '',
          HOME: world.home,
        });
      };
      const interrupts = () => world.ask("SELECT session FROM alert WHERE level = 'interrupted'").length;

      beforeEach(() => world.respond('s-1', responsesToStop));

      it('once, whichever of its hooks comes first, and the doctor says so', async () => {
        installHooks(world);
        const script = `HOOK; sleep 1.2; cat '${moreOf('s-1', 3)}' >>'${world.transcript('s-1')}'; HOOK & HOOK & wait`;
        const ended = await runAgent(`${script}; sleep 20; echo went on`);
        assert.doesNotMatch(ended.stdout, /went on/);
        assert.equal(interrupts(), 1);
        assert.match(
          await world.doctor(),
          /^A stop did not hold: Claude Code s-1, \d responses since; its process was interrupted$/m,
        );
        assert.deepEqual(world.faults(), []);
      });

      it('and not for the call that was under way', async () => {
        const script = `HOOK; sleep 1.2; cat '${moreOf('s-1', 1)}' >>'${world.transcript('s-1')}'; HOOK`;
        assert.match((await runAgent(`${script}; echo went on`)).stdout, /went on/);
        assert.equal(interrupts(), 0);
      });

      it('and no other: what started its hooks is known by its name, and is noted', async () => {
        const { id } = JSON.parse(await noted(() => runAgent('HOOK; exit 0')));
        assert.ok(id > 1);
        await pause(1_200);
        world.respond('s-1', 3);
        assert.equal(answerOf(await world.hook('PreToolUse', 's-1')).continue, false);
        assert.equal(interrupts(), 0);
        assert.deepEqual(world.faults(), ['claude-code.interruptFailed']);
        assert.equal(await noted(async () => undefined), '{}');
      });

      it('at a person’s word, too, who is shown its process, and then not once more', async () => {
        installHooks(world);
        const ask = (...more: readonly string[]) =>
          runProgram(
            process.execPath,
            [join(world.guard, 'accountant.js'), 'process', world.data, 'claude-code', 's-1', ...more],
            '',
            { PATH: process.env.PATH ?? '', HOME: world.home },
          ).then(({ stdout }) => JSON.parse(stdout) as unknown);
        assert.equal(await ask(), null);
        const running = runAgent(
          `HOOK; cat '${moreOf('s-1', 3)}' >>'${world.transcript('s-1')}'; sleep 40; echo went on`,
        );
        const id = await eventually(
          () => ask(),
          (found) => found !== null,
        );
        assert.equal(await ask(String(Number(id) + 1)), 'notFound');
        assert.equal(await ask(String(id)), 'told');
        assert.doesNotMatch((await running).stdout, /went on/);
        assert.deepEqual([await ask(), await ask(String(id))], [null, 'notFound']);
        await world.readLog('s-1');
        assert.match(await world.doctor(), /did not hold.*; its process was interrupted$/m);
        assert.equal(interrupts(), 1);
      });

      it('but nothing for the agent of an editor, which runs the same hooks', async () => {
        const transcript = join(world.home, '.config/Code/User/workspaceStorage/w/x.jsonl');
        await world.hook('PreToolUse', 's-1', { transcript_path: transcript });
        assert.deepEqual(
          world.names().filter((name) => name.includes('guard/processes/')),
          [],
        );
      });

      /** Responses as a log has them, in a file of their own, of later than any stop of this test. */
      function moreOf(session: string, count: number): string {
        const before = readFileSync(world.transcript(session), 'utf8');
        world.respond(session, count);
        const more = readFileSync(world.transcript(session), 'utf8').slice(before.length);
        writeFileSync(world.transcript(session), before);
        const later = new Date(Date.now() + 60_000).toISOString();
        return world.write('more.jsonl', more.replaceAll(/"timestamp":"[^"]+"/g, `"timestamp":"${later}"`));
      }

      async function noted(work: () => Promise<unknown>): Promise<string> {
        await work();
        return readFileSync(join(world.guard, 'processes', 'claude-code.s-1'), 'utf8');
      }
    });

    describe('while a scanner says that all is calm', () => {
      const beCalm = () => writeCalm(world.guard, true, process.pid, Date.now());
      const decisions = async (times: number) => {
        const seen: unknown[] = [];
        for (let time = 0; time < times; time++) {
          await world.hook('PreToolUse', 's-1');
          seen.push(world.beat('s-1').decision);
        }
        return seen.join(' ');
      };

      it('lets no more hooks pass than the session had responses, and looks itself then', async () => {
        beCalm();
        world.useBudgets([{ ...fiveCents, limit: 1_000n * cent }]);
        assert.equal(await decisions(1), 'allow');
        world.respond('s-1', 2);
        assert.equal(await decisions(4), 'allow pass pass allow');
      });

      it('stops a session that ran away from the scanner, as soon as what it was let is used up', async () => {
        beCalm();
        world.useBudgets([{ ...fiveCents, limit: 40n * cent }]);
        world.respond('s-1', 4);
        assert.equal(await decisions(1), 'allow');
        world.respond('s-1', 40);
        assert.equal(await decisions(6), 'pass pass pass pass stop stop');
      });

      it('asks again where it was leased before the settings were changed', async () => {
        beCalm();
        world.useBudgets([{ ...fiveCents, limit: 1_000n * cent }]);
        world.respond('s-1', 9);
        assert.equal(await decisions(2), 'allow pass');
        const lease = join(world.guard, 'leases', 'claude-code.s-1');
        const before = readFileSync(lease);
        world.useBudgets([fiveCents]);
        clearFlags(world.guard);
        beCalm();
        // The accountant that judged by the limit of before was slow.
        mkdirSync(dirname(lease), { recursive: true });
        writeFileSync(lease, before);
        assert.equal(await decisions(1), 'stop');
      });

      it('asks at once again after a release, or when something else was told to stop', async () => {
        beCalm();
        world.useBudgets([{ ...fiveCents, limit: 1_000n * cent }]);
        world.respond('s-1', 9);
        assert.equal(await decisions(2), 'allow pass');
        await world.run(['stop', 's-1']);
        beCalm();
        assert.equal(await decisions(1), 'stop');
      });
    });

    it('says how budgets stand, and who is over', async () => {
      world.respond('s-1', responsesToStop);
      await world.hook('PreToolUse', 's-1');
      const { stdout } = await world.run(['status']);
      assert.match(stdout, /^\[OVER\] Claude Code s-1: \$0\.05\d\d of \$0\.0500 spent in this session$/m);
    });

    it('takes the beginning of an id for the one session of it, not for its sub-agents', async () => {
      world.respond('s-1', 1);
      world.respond('s-1', 1, 'a1');
      await world.hook('PreToolUse', 's-1');
      assert.match((await world.run(['stop', 's-'])).stdout, /Claude Code s-1 is stopped/);
    });

    it('refuses commands that name no session or several', async () => {
      world.respond('s-1', 1);
      world.respond('s-2', 1);
      for (const session of ['s-1', 's-2']) await world.hook('PreToolUse', session);
      assert.match((await world.run(['stop'])).stdout, /which session/);
      assert.match((await world.run(['stop', 's-'])).stdout, /several sessions/);
      const nobody = await world.run(['release', '\u001b[2J%_']);
      assert.deepEqual([nobody.code, nobody.stdout], [3, 'Token Burn: no session is called [2J%_\n']);
    });

    describe('lets the agent go on, and tells the doctor, where', () => {
      const faults: readonly (readonly [
        why: string,
        fault: string,
        says: RegExp,
        spoil: (world: GuardWorld) => (() => void) | undefined,
      ])[] = [
        [
          'the ledger is locked',
          'ledgerLocked',
          /another process kept the ledger to itself/,
          ({ ledger }) => {
            const locker = new (sqlite().DatabaseSync)(ledger);
            locker.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
            return () => locker.close();
          },
        ],
        [
          'the ledger is damaged',
          'ledgerDamaged',
          /the ledger is damaged/,
          ({ ledger }) => {
            for (const end of ['', '-wal', '-shm']) rmSync(ledger + end, { force: true });
            writeFileSync(ledger, 'not a database at all. '.repeat(1_000));
            return undefined;
          },
        ],
        [
          'the ledger is missing',
          'ledgerMissing',
          /the ledger is not there/,
          ({ ledger }) => {
            for (const end of ['', '-wal', '-shm']) rmSync(ledger + end, { force: true });
            return undefined;
          },
        ],
        [
          'a newer extension has changed the ledger',
          'ledgerNewer',
          /a newer Token Burn/,
          (world) => setVersion(world, 9_999),
        ],
        [
          'an older extension made the ledger',
          'ledgerOlder',
          /an older Token Burn/,
          (world) => setVersion(world, 1),
        ],
        [
          'its prices are gone',
          'failed',
          /something went wrong in the guard/,
          ({ guard }) => {
            writeFileSync(join(guard, 'catalogue.json'), '{');
            return undefined;
          },
        ],
      ];

      for (const [why, fault, says, spoil] of faults) {
        it(why, async () => {
          world.respond('s-1', responsesToStop);
          const mend = spoil(world);
          try {
            assert.deepEqual(await world.hook('PreToolUse', 's-1'), wentOn);
            assert.equal(world.beat('s-1').fault, fault);
          } finally {
            mend?.();
          }
          assert.deepEqual(world.faults(), [`claude-code.${fault}`]);
          installHooks(world);
          assert.match(await world.doctor(), says);
        });
      }

      it('its runtime is gone', async () => {
        world.respond('s-1', responsesToStop);
        writeFileSync(join(world.guard, 'runtime'), '/gone\n');
        assert.deepEqual(await world.hook('PreToolUse', 's-1'), wentOn);
        assert.deepEqual(world.faults(), ['claude-code.noRuntime']);
        writeFileSync(join(world.guard, 'runtime'), `${process.execPath}\n`);
        installHooks(world);
        assert.match(await world.doctor(), /nothing was there to run the guard with/);
      });

      it('the clock went back to a day that was spent', async () => {
        const today = { ...fiveCents, id: 'd', span: { kind: 'calendar', unit: 'day' } } as const;
        world.useBudgets([today]);
        world.respond('s-1', responsesToStop);
        assert.equal(answerOf(await world.hook('PreToolUse', 's-1')).continue, false);
        const tomorrow = Date.now() / 1000 + 86_400;
        utimesSync(join(world.guard, 'now'), tomorrow, tomorrow);
        assert.deepEqual(await world.hook('PreToolUse', 's-1'), wentOn);
        assert.deepEqual(world.faults(), ['claude-code.clockWentBack']);
        installHooks(world);
        assert.match(await world.doctor(), /the clock went back/);
      });

      for (const [what, fill] of [
        ['a line without end', (path: string) => truncateSync(path, 1 << 30)],
        ['lines of nothing', (path: string) => fillWith(path, '{"type":"user"}\n', 1 << 30)],
      ] as const) {
        it(`its log holds a gigabyte: ${what}`, async function () {
          this.timeout(120_000);
          world.respond('s-1', 1);
          fill(world.transcript('s-1'));
          const startMs = performance.now();
          const ended = await world.hook('PreToolUse', 's-1');
          assert.ok(performance.now() - startMs < 8_000, `${performance.now() - startMs} ms`);
          assert.deepEqual(ended, wentOn);
          assert.deepEqual(world.faults(), ['claude-code.behind']);
          installHooks(world);
          assert.match(await world.doctor(), /the log held more than could be read in time/);
        });
      }

      for (const input of ['', 'no JSON', '[]', '{"tool_name":"Bash"}', '\0\0\0']) {
        it(`what the agent says is nothing to understand: ${JSON.stringify(input)}`, async () => {
          assert.deepEqual(await world.run(['claude-code', 'PreToolUse'], input), wentOn);
          assert.deepEqual(world.faults(), ['claude-code.unreadableInput']);
          installHooks(world);
          assert.match(await world.doctor(), /could not be understood/);
        });
      }

      it('nobody has a guard for the agent', async () => {
        assert.deepEqual(await world.run(['aider', 'PreToolUse'], '{}'), wentOn);
        assert.deepEqual(await world.run(['constructor', '__proto__'], '{}'), wentOn);
      });
    });

    it('is not held up by links in a session’s folder that lead back into it', async () => {
      world.respond('s-1', responsesToStop);
      world.respond('s-1', 1, 'a1');
      for (const name of ['x', 'y', 'z'])
        symlinkSync('.', world.transcript('s-1').replace('.jsonl', `/${name}`));
      assert.equal(answerOf(await world.hook('PreToolUse', 's-1')).continue, false);
      assert.deepEqual(world.faults(), []);
    });

    describe('follows no path out of the folders of logs', () => {
      const evil = (name: string) => world.write(`elsewhere/${name}`, '');

      for (const [why, pathFor] of [
        ['beside them', () => join(world.folder, 'elsewhere', 'x.jsonl')],
        ['by dots', () => `${world.home}/.claude/projects/p/../../../../elsewhere/x.jsonl`],
        [
          'by a link and dots',
          () => {
            symlinkSync(join(world.folder, 'elsewhere'), join(world.home, '.claude/projects/link'));
            return `${world.home}/.claude/projects/link/../elsewhere/x.jsonl`;
          },
        ],
      ] as const) {
        it(why, async () => {
          const path = evil('x.jsonl');
          world.respond('x', responsesToStop);
          writeFileSync(path, '');
          renameSync(world.transcript('x'), path);
          assert.deepEqual(await world.hook('PreToolUse', 'x', { transcript_path: pathFor() }), wentOn);
          assert.deepEqual(world.ask('SELECT count(*) AS count FROM receipt'), [{ count: 0 }]);
        });
      }
    });

    it('reaches no shell and no other file by whatever it is told', async () => {
      await world.hook('PreToolUse', 's-1');
      const before = world.names();
      const large = 'x'.repeat(10 << 20);
      for (const text of ['../../x', 'a\nb', '\u001b[2J', '$(touch hit)', '`touch hit`', 'a\0b', large]) {
        const more = { session_id: text, transcript_path: text, tool_name: text, cwd: text, agent_id: text };
        const ended = await world.hook('PreToolUse', 's-1', more);
        assert.deepEqual([ended.code, ended.stdout], [0, '']);
      }
      const after = world.names().filter((name) => !before.includes(name));
      const known =
        /^data\/guard\/(?:(?:beats|processes)\/claude-code\.~[0-9a-f]{40}|faults\/claude-code\.unreadableInput)$/;
      assert.deepEqual(
        after.filter((name) => !known.test(name)),
        [],
      );
    });

    it('is found sound by the doctor, whose test stops and allows as it should', async () => {
      installHooks(world);
      const said = await world.doctor();
      assert.match(said, /^Guard: in place$/m);
      assert.match(said, /^Claude Code: hooks installed/m);
      assert.match(said, /^ {2}self-test: passed, \d+ ms$/m);
    });

    it('is seen by the doctor to be passed by, and with its hooks to be taken away', async () => {
      installHooks(world);
      noteInstalled(world.guard, 'claude-code', Date.now() - 10 * 60_000);
      world.respond('s-1', 1, undefined, 2 * 60_000);
      world.respond('s-1', 1);
      await world.readLog('s-1');
      assert.match(await world.doctor(), /^ {2}runs unguarded: s-1, 2 responses without a question$/m);
      writeFileSync(join(world.home, '.claude', 'settings.json'), '{}');
      const said = await world.doctor();
      assert.match(said, /^Claude Code: hooks taken away or changed since they were installed/m);
      assert.match(said, /runs unguarded: s-1, 2 responses without a question \(its hooks are gone\)/);
      installHooks(world, '{"disableAllHooks":true}');
      assert.match(await world.doctor(), /^Claude Code: hooks switched off in the settings of the agent/m);
    });

    it('is seen by the doctor not to have held a session that went on', async () => {
      world.respond('s-1', responsesToStop);
      assert.equal(answerOf(await world.hook('PreToolUse', 's-1')).continue, false);
      world.respond('s-1', 3);
      await world.readLog('s-1');
      assert.match(await world.doctor(), /^A stop did not hold: Claude Code s-1, \d responses since$/m);
    });

    it('is not said to have failed where a session went on by a limit that was raised since', async () => {
      world.respond('s-1', responsesToStop);
      assert.equal(answerOf(await world.hook('PreToolUse', 's-1')).continue, false);
      world.useBudgets([{ ...fiveCents, limit: 1_000n * cent }]);
      for (const count of [1, 3]) {
        world.respond('s-1', count);
        assert.deepEqual(await world.hook('PreToolUse', 's-1'), wentOn);
      }
      assert.doesNotMatch(await world.doctor(), /did not hold/);
      assert.doesNotMatch((await world.run(['status'])).stdout, /did not hold/);
    });

    it('is found to fail by the doctor where it does not stop', async () => {
      installHooks(world);
      const path = join(world.guard, 'accountant.js');
      const program = readFileSync(path, 'utf8');
      // It answers people as before, and agents no more.
      writeFileSync(path, `if (process.argv[2] === 'claude-code') process.exit(0);\n${program}`);
      const said = await world.doctor();
      assert.match(said, /^Guard: programs were changed/m);
      assert.match(said, /self-test: FAILED, a session over its budget was not stopped/);
    });
  });
}

function fillWith(path: string, line: string, bytes: number): void {
  const block = Buffer.from(line.repeat(Math.ceil((16 << 20) / line.length)));
  for (let written = 0; written < bytes; written += block.length) writeFileSync(path, block, { flag: 'a' });
}

function setVersion({ ledger }: GuardWorld, version: number): undefined {
  const db = new Database(sqlite(), ledger);
  db.run(`PRAGMA user_version = ${version}`);
  db.close();
}

/** As the editor does on command. */
function installHooks(world: GuardWorld, settings: string | null = null): void {
  mkdirSync(join(world.home, '.claude'), { recursive: true });
  const launcher = { path: join(world.guard, 'launch'), platform: process.platform };
  const installed = claudeCodeGuard.install(settings, launcher);
  if (typeof installed !== 'string') throw new Error('it cannot be installed');
  writeFileSync(join(world.home, '.claude', 'settings.json'), installed);
}
