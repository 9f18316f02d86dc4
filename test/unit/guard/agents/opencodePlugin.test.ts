import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { opencodePlugin } from '../../../../src/guard/agents/opencodePlugin.ts';
import { loadPlugin } from './pluginOnDisk.ts';

type Hook = (input: object, output?: object) => Promise<void>;

/** Loads the plugin as OpenCode does, with a launcher that answers one thing and notes what it was asked. */
async function load(answer: string) {
  const loaded = await loadPlugin((launcher) => opencodePlugin(launcher, 'opencode'), answer);
  const aborted: string[] = [];
  const abort = async ({ path }: { path: { id: string } }) => void aborted.push(path.id);
  const hooks: Record<string, Hook> = await loaded.module.TokenBurn({ client: { session: { abort } } });
  const run = (event: string, input: object, output?: object) => (hooks[event] as Hook)(input, output);
  return { ...loaded, run, aborted };
}

describe('the plugin for OpenCode', () => {
  it('asks in the name of the agent that it was written for', () => {
    const launcher = { path: '/guard/launch', platform: 'linux' } as const;
    const text = opencodePlugin(launcher, 'kilo') ?? '';
    assert.match(text, /holds Kilo Code to your budgets/);
    assert.ok(text.includes(`spawn("/guard/launch", ['kilo', event], options)`));
    assert.equal(
      text.replaceAll('kilo', 'opencode').replace('Kilo Code', 'OpenCode'),
      opencodePlugin(launcher, 'opencode'),
    );
  });

  before(function () {
    if (process.platform === 'win32') this.skip();
  });

  it('aborts a session that is to stop before a request, and says why', async () => {
    using plugin = await load('{"kind":"stop","sentence":"spent"}');
    await assert.rejects(plugin.run('chat.params', { sessionID: 's', message: 'secret' }), /^Error: spent$/);
    assert.deepEqual(plugin.aborted, ['s']);
    assert.equal(plugin.asked(), 'opencode chat.params {"sessionID":"s"}');
  });

  it('aborts it after a tool, and leaves the sentence with the result', async () => {
    using plugin = await load('{"kind":"stop","sentence":"spent"}');
    const result = { output: 'done' };
    await plugin.run('tool.execute.after', { tool: 'bash', sessionID: 's', args: 'secret' }, result);
    assert.deepEqual([plugin.aborted, result.output], [['s'], 'done\n\nspent']);
    assert.ok(!plugin.asked().includes('secret'));
  });

  it('refuses a new sub-agent and lets the turn go on', async () => {
    using plugin = await load('{"kind":"refuse","sentence":"no more"}');
    await assert.rejects(plugin.run('tool.execute.before', { tool: 'task', sessionID: 's' }), /no more/);
    await plugin.run('tool.execute.before', { tool: 'bash', sessionID: 's' });
    const result = { output: 'done' };
    await plugin.run('tool.execute.after', { tool: 'bash', sessionID: 's' }, result);
    assert.deepEqual([plugin.aborted, result.output], [[], 'done']);
  });

  it('lets everything pass where the guard says nothing, nonsense, or is gone', async () => {
    for (const answer of ['', 'null', '1', '<html>', '{}']) {
      using plugin = await load(answer);
      await plugin.run('chat.params', { sessionID: 's' });
      assert.deepEqual(plugin.aborted, []);
    }
    using plugin = await load('{"kind":"stop","sentence":"spent"}');
    rmSync(plugin.launcher);
    await plugin.run('chat.params', { sessionID: 's' });
    assert.deepEqual(plugin.aborted, []);
  });

  it('is none where Windows cannot be given the path, and one line for its shell elsewhere', () => {
    assert.equal(opencodePlugin({ path: 'C:\\%x%\\launch', platform: 'win32' }, 'opencode'), null);
    assert.ok(
      opencodePlugin({ path: 'C:\\a b\\launch', platform: 'win32' }, 'opencode')?.includes(
        'C:\\\\a b\\\\launch.cmd',
      ),
    );
  });
});
