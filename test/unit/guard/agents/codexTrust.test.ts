import assert from 'node:assert/strict';
import { codexGuard } from '../../../../src/guard/agents/codex.ts';

const launcher = { path: '/g/launch', platform: 'linux' } as const;
const file = '/home/sam/.codex/hooks.json';
const hooks = String(codexGuard.install('{"hooks":{"PreToolUse":[{"hooks":[]},{"hooks":[]}]}}', launcher));

const state = (event: string, lines = 'trusted_hash = "sha256:00"') =>
  `[hooks.state."${file}:${event}"]\n${lines}\n`;
const all = state('user_prompt_submit:0:0') + state('pre_tool_use:2:0') + state('post_tool_use:0:0');

const read = (text: string | null) => codexGuard.trust?.read(text, file, hooks, launcher);

describe('the trust of the user of Codex', () => {
  it('stands beside the hooks', () => {
    assert.equal(codexGuard.trust?.file(file), '/home/sam/.codex/config.toml');
    assert.equal(
      codexGuard.trust?.file('C:\\Users\\sam\\.codex\\hooks.json'),
      'C:\\Users\\sam\\.codex\\config.toml',
    );
  });

  it('is there when all hooks of ours have a hash, each at its place', () => {
    assert.equal(read(`model = "x"\n${all}`), 'trusted');
    assert.equal(read(all.replace('pre_tool_use:2:0', 'pre_tool_use:0:0')), 'untrusted');
    assert.equal(read(state('pre_tool_use:2:0')), 'untrusted');
    assert.equal(read(null), 'untrusted');
    assert.equal(read('[hooks]\nstate = 1'), 'untrusted');
  });

  it('counts for nothing where hooks are switched off', () => {
    assert.equal(read(`[features]\nhooks = false\n${all}`), 'off');
    const off = 'trusted_hash = "sha256:00"\nenabled = false';
    assert.equal(read(all + state('stop:0:0')), 'trusted');
    assert.equal(read(state('user_prompt_submit:0:0', off)), 'off');
  });

  it('is not guessed from what is no TOML', () => {
    assert.equal(read('[hooks'), 'unreadable');
  });
});
