import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../ui/eventually.ts';
import { type Ended, runProgram } from '../unit/guard/launcherWorld.ts';
import { ClaudeLog } from './agentLogs.ts';
import { changeSetting, sessionRow, windowState } from './tokenBurn.ts';
import { recordWarnings } from './warnings.ts';

const guard = join(homedir(), '.local', 'share', 'token-burn', 'guard');
/** Other suites leave sessions that are over any budget of all, and dear responses. */
const cwd = '/home/ann/boats';
const budgetOf = (limit: number) => ({ per: 'session', limit, project: cwd });
const session = '3d1c0c54-0000-4000-8000-0000000000f1';

interface Stop {
  readonly continue: boolean;
  readonly hookSpecificOutput: { readonly permissionDecisionReason: string };
}

function runHook(log: ClaudeLog): Promise<Ended> {
  const input = { session_id: session, transcript_path: log.path, tool_name: 'Bash' };
  return runProgram(join(guard, 'launch'), ['claude-code', 'PreToolUse'], JSON.stringify(input), {
    PATH: process.env.PATH ?? '',
    HOME: homedir(),
  });
}

const hasFlag = (name: string, isThere = true) =>
  eventually(
    async () => existsSync(join(guard, name)),
    (found) => found === isThere,
  );

const decision = () => {
  const beat = JSON.parse(readFileSync(join(guard, 'beats', `claude-code.${session}`), 'utf8'));
  return beat.decision;
};

if (process.platform === 'linux') {
  describe('the guard of a window', () => {
    const log = new ClaudeLog(session, { cwd });

    before(async () => {
      await windowState();
      await changeSetting('tokenBurn.budgets', []);
    });
    after(() => changeSetting('tokenBurn.budgets', undefined));

    it('lets agents go on without a question while no budget is in force', async () => {
      await hasFlag('none');
      await log.begin('Paint the boats');
      await log.respond(100);
      const ended = await runHook(log);
      assert.deepEqual([ended.code, ended.stdout, ended.stderr, decision()], [0, '', '', 'pass']);
    });

    it('is calm while every budget is far from its limit', async () => {
      await changeSetting('tokenBurn.budgets', [budgetOf(10_000)]);
      await hasFlag('none', false);
      await log.respond(200);
      await hasFlag('calm');
      await runHook(log);
      assert.equal(decision(), 'allow', 'how long it may go on unasked is not known before');
      await runHook(log);
      assert.equal(decision(), 'pass');
    });

    it('stops a session that is over, by a runtime of the editor’s own', async () => {
      const warnings = recordWarnings();
      await changeSetting('tokenBurn.budgets', [budgetOf(1)]);
      await log.respond(1_000_000);
      const ended = await runHook(log);
      await sessionRow(/^ {2}Paint the boats \| .*over budget/);
      await hasFlag('calm', false);
      const { stdout } = ended.stdout === '' ? await runHook(log) : ended;
      const { continue: goesOn, hookSpecificOutput } = JSON.parse(stdout) as Stop;
      assert.equal(goesOn, false);
      assert.match(
        hookSpecificOutput.permissionDecisionReason,
        /^Token Burn: budget reached\. \$10\.0\d of \$1\.00 spent in this session in /,
      );
      // The window says so, too, which no other suite is to hear.
      await eventually(
        async () => warnings.said.length,
        (count) => count > 0,
      );
      warnings.restore();
    });
  });
}
