import assert from 'node:assert/strict';
import type { Machine } from '../../../../src/agents/reader.ts';
import type { AgentId } from '../../../../src/domain/agent.ts';
import { guardOf } from '../../../../src/guard/agents/agentGuards.ts';

const filesOf = (
  agent: AgentId,
  environment: Machine['environment'] = {},
  logFolders: readonly string[] = [],
) => guardOf(agent)?.hookFiles({ platform: 'linux', homeFolder: '/home/sam', environment }, logFolders);

describe('the files that hold hooks', () => {
  it('lie in the home folder', () => {
    assert.deepEqual(filesOf('claude-code'), ['/home/sam/.claude/settings.json']);
    assert.deepEqual(filesOf('codex'), ['/home/sam/.codex/hooks.json']);
    assert.deepEqual(filesOf('copilot-cli'), ['/home/sam/.copilot/hooks/token-burn.json']);
    assert.deepEqual(filesOf('copilot-chat'), ['/home/sam/.copilot/hooks/token-burn-chat.json']);
    assert.deepEqual(filesOf('gemini-cli'), ['/home/sam/.gemini/settings.json']);
    assert.deepEqual(filesOf('qwen-code'), ['/home/sam/.qwen/settings.json']);
    assert.deepEqual(filesOf('opencode'), ['/home/sam/.config/opencode/plugins/token-burn.js']);
    assert.deepEqual(filesOf('kilo'), [
      '/home/sam/.config/kilo/plugins/token-burn.js',
      '/home/sam/.kilo/plugins/token-burn.js',
      '/home/sam/.kilocode/plugins/token-burn.js',
    ]);
    assert.deepEqual(filesOf('pi'), ['/home/sam/.pi/agent/extensions/token-burn.js']);
    assert.deepEqual(filesOf('cline'), ['/home/sam/.cline/plugins/token-burn.js']);
    assert.deepEqual(filesOf('openclaw'), ['/home/sam/.openclaw/openclaw.json']);
    assert.equal(guardOf('aider'), null);
  });

  it('lie where a variable of the agent says', () => {
    assert.deepEqual(filesOf('claude-code', { CLAUDE_CONFIG_DIR: '/a,~/b/projects' }), [
      '/a/settings.json',
      '/home/sam/b/settings.json',
      '/home/sam/.claude/settings.json',
    ]);
    assert.equal(filesOf('codex', { CODEX_HOME: '/a' })?.[0], '/a/hooks.json');
    assert.equal(filesOf('copilot-cli', { COPILOT_HOME: '/a' })?.[0], '/a/hooks/token-burn.json');
    assert.equal(filesOf('gemini-cli', { GEMINI_CLI_HOME: '/a' })?.[0], '/a/.gemini/settings.json');
    assert.equal(filesOf('qwen-code', { QWEN_HOME: '/a' })?.[0], '/a/settings.json');
    assert.equal(filesOf('opencode', { XDG_CONFIG_HOME: '/a' })?.[0], '/a/opencode/plugins/token-burn.js');
    assert.equal(filesOf('opencode', { OPENCODE_CONFIG_DIR: '/a' })?.[0], '/a/plugins/token-burn.js');
    assert.equal(filesOf('kilo', { KILO_CONFIG_DIR: '/a' })?.[0], '/a/plugins/token-burn.js');
    assert.equal(filesOf('pi', { PI_CODING_AGENT_DIR: '~/a' })?.[0], '/home/sam/a/extensions/token-burn.js');
    assert.equal(filesOf('cline', { CLINE_DIR: '/a' })?.[0], '/a/plugins/token-burn.js');
    assert.equal(filesOf('openclaw', { OPENCLAW_STATE_DIR: '~/a' })?.[0], '/home/sam/a/openclaw.json');
    assert.equal(filesOf('openclaw', { OPENCLAW_CONFIG_PATH: '/a/b.json5' })?.[0], '/a/b.json5');
    assert.deepEqual(filesOf('openclaw', { OPENCLAW_HOME: '~/a' }, ['~/w/agents']), [
      '/home/sam/w/openclaw.json',
      '/home/sam/a/.openclaw/openclaw.json',
      '/home/sam/.openclaw/openclaw.json',
    ]);
    const inHome = { OPENCLAW_HOME: '/a', OPENCLAW_CONFIG_PATH: '~/b.json' };
    assert.equal(filesOf('openclaw', inHome)?.[0], '/a/b.json');
    const profile = { OPENCLAW_PROFILE: 'work' };
    assert.equal(filesOf('openclaw', profile)?.[0], '/home/sam/.openclaw-work/openclaw.json');
  });

  it('are named once, also where a variable names the usual one', () => {
    const usual = { OPENCLAW_CONFIG_PATH: '~/.openclaw/openclaw.json' };
    assert.deepEqual(filesOf('openclaw', usual), filesOf('openclaw'));
    const other = { OPENCLAW_CONFIG_PATH: '/a/../b/openclaw.json', OPENCLAW_STATE_DIR: '/b' };
    assert.deepEqual(filesOf('openclaw', other), ['/b/openclaw.json', '/home/sam/.openclaw/openclaw.json']);
  });

  it('lie beside the logs that the user set', () => {
    assert.equal(filesOf('claude-code', {}, ['~/w/projects'])?.[0], '/home/sam/w/settings.json');
    assert.equal(filesOf('codex', { CODEX_HOME: '/a' }, ['/w/sessions'])?.[0], '/w/hooks.json');
    assert.equal(filesOf('copilot-cli', {}, ['/w/session-state'])?.[0], '/w/hooks/token-burn.json');
    assert.equal(filesOf('gemini-cli', {}, ['/w/tmp'])?.[0], '/w/settings.json');
    assert.deepEqual(filesOf('pi', {}, ['/w/logs']), filesOf('pi'));
    assert.equal(filesOf('pi', {}, ['/w/sessions'])?.[0], '/w/extensions/token-burn.js');
    assert.equal(filesOf('qwen-code', {}, ['/w/projects'])?.[0], '/w/settings.json');
    assert.equal(filesOf('openclaw', {}, ['/w/agents'])?.[0], '/w/openclaw.json');
  });
});
