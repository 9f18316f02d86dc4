import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { clinePlugin } from '../../../../src/guard/agents/clinePlugin.ts';
import { loadPlugin } from './pluginOnDisk.ts';

/** Loads the plugin as Cline does, with a launcher that answers one thing and notes what it was asked. */
async function load(answer: string, delayS = 0) {
  const loaded = await loadPlugin(clinePlugin, answer, delayS);
  const plugin = loaded.module.default;
  plugin.setup({}, { session: { sessionId: 's' } });
  return { ...loaded, hooks: plugin.hooks };
}

const main = {
  agentId: 'agent_1_a',
  messages: [{ id: 'm', content: 'secret', metrics: { inputTokens: 1 } }],
};
const request = { messages: [{ id: 'first' }] };
const stop = '{"kind":"stop","sentence":"spent"}';

describe('the plugin for Cline', () => {
  before(function () {
    if (process.platform === 'win32') this.skip();
  });

  it('ends a run that is to stop before a request, by an error that says why', async () => {
    using plugin = await load(stop);
    await assert.rejects(plugin.hooks.beforeModel({ snapshot: main, request }), /^Error: spent$/);
    assert.equal(plugin.asked(), 'cline beforeModel {"sessionID":"s"}');
  });

  it('tells the model to conclude in the request itself', async () => {
    using plugin = await load('{"kind":"wrapUp","sentence":"conclude"}');
    const { messages } = await plugin.hooks.beforeModel({ snapshot: main, request });
    assert.equal(messages.length, 2);
    assert.deepEqual(messages[1].content, [{ type: 'text', text: 'conclude' }]);
    assert.deepEqual(request.messages, [{ id: 'first' }]);
  });

  it('tells what the log of a sub-agent will say, without what was said in it', async () => {
    using plugin = await load('');
    const modelInfo = { id: 'gpt-5.4', provider: 'p' };
    const metrics = { inputTokens: 10, outputTokens: 2 };
    const snapshot = {
      agentId: 'agent_17_x',
      parentAgentId: 'agent_1_a',
      messages: [
        { id: 'u', role: 'user', content: 'secret', createdAt: 1 },
        { id: 'm', role: 'assistant', content: 'secret', createdAt: 2, modelInfo, metrics },
      ],
    };
    await plugin.hooks.beforeModel({ snapshot, request });
    const [, , question = ''] = /^(cline beforeModel) (.*)$/.exec(plugin.asked()) ?? [];
    assert.deepEqual(JSON.parse(question), {
      sessionID: 's',
      agentID: 'agent_17_x',
      messages: [{ id: 'm', role: 'assistant', ts: 2, modelInfo, metrics }],
    });
  });

  it('does not guess at the log of a teammate, who bears a name', async () => {
    using plugin = await load('');
    const snapshot = { ...main, agentId: 'researcher', parentAgentId: 'agent_1_a' };
    await plugin.hooks.beforeModel({ snapshot, request });
    assert.equal(plugin.asked(), 'cline beforeModel {"sessionID":"s"}');
  });

  it('refuses a new sub-agent and lets the turn go on', async () => {
    using plugin = await load('{"kind":"refuse","sentence":"no more"}');
    const tool = { name: 'spawn_agent' };
    const refused = { skip: true, reason: 'no more' };
    assert.deepEqual(await plugin.hooks.beforeTool({ snapshot: main, tool }), refused);
    assert.equal(
      await plugin.hooks.beforeTool({ snapshot: main, tool: { name: 'run_commands' } }),
      undefined,
    );
    assert.equal(plugin.asked(), 'cline beforeTool {"sessionID":"s","tool":"spawn_agent"}');
  });

  it('lets everything pass where the guard says nothing, nonsense, or is gone', async () => {
    for (const answer of ['', 'null', '1', '<html>', '{}']) {
      using plugin = await load(answer);
      assert.equal(await plugin.hooks.beforeModel({ snapshot: main, request }), undefined);
    }
    using plugin = await load(stop);
    rmSync(plugin.launcher);
    assert.equal(await plugin.hooks.beforeModel({ snapshot: main, request }), undefined);
  });

  it('goes on before Cline loses its patience', async () => {
    using plugin = await load(stop, 10);
    assert.equal(await plugin.hooks.beforeModel({ snapshot: main, request }), undefined);
  });
});
