import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copilotChatGuard } from '../../../../src/guard/agents/copilotChat.ts';

interface Hooks {
  readonly hooks: Readonly<Record<string, readonly { readonly bash: string; readonly powershell: string }[]>>;
}

/** The line before a tool, for a launcher that is gone. */
function lineOf(event: string) {
  const launcher = { path: '/gone/it’s/launch', platform: 'linux' } as const;
  const text = copilotChatGuard.install(null, launcher);
  assert.ok(typeof text === 'string');
  const [handler] = (JSON.parse(text) as Hooks).hooks[event] ?? [];
  assert.ok(handler !== undefined);
  return handler;
}

describe('the hooks of VS Code’s own agent', () => {
  it('do nothing in Copilot CLI, which reads the same folder and takes what fails for a refusal', function () {
    if (process.platform === 'win32') this.skip();
    for (const event of copilotChatGuard.events) {
      const run = (environment: NodeJS.ProcessEnv) =>
        spawnSync('sh', ['-c', lineOf(event).bash], { env: environment, encoding: 'utf8' });
      const { PATH } = process.env;
      const inCli = run({ PATH, COPILOT_CLI: '1', COPILOT_HOOK_DIR: '/home/ann/.copilot/hooks' });
      assert.deepEqual([inCli.status, inCli.stdout, inCli.stderr], [0, '', '']);
      assert.equal(run({ PATH }).status, 127);
    }
  });

  it('ask in an editor that was started from a shell of Copilot CLI', function () {
    if (process.platform === 'win32') this.skip();
    const { PATH } = process.env;
    const environment = { PATH, COPILOT_CLI: '1', COPILOT_AGENT_SESSION_ID: 's-1' };
    const line = lineOf('PreToolUse').bash;
    assert.equal(spawnSync('sh', ['-c', line], { env: environment }).status, 127);
  });

  it('do nothing there on Windows, either', () => {
    assert.equal(
      lineOf('PreToolUse').powershell,
      "if (-not $env:COPILOT_HOOK_DIR) { & '/gone/it’’s/launch.cmd' copilot-chat PreToolUse }",
    );
  });
});
