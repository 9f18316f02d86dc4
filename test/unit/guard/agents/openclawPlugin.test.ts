import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openclawPlugin } from '../../../../src/guard/agents/openclawPlugin.ts';
import { loadPlugin } from './pluginOnDisk.ts';

type Hook = (event: object, context: object) => Promise<unknown>;

/** Loads the plugin as OpenClaw does, with a launcher that answers one thing and notes what it was asked. */
async function load(answer: string, delayS = 0) {
  const loaded = await loadPlugin(openclawPlugin, answer, delayS);
  const plugin = loaded.module.default;
  const told = await putEngine(loaded.folder);
  const hooks: Record<string, Hook> = {};
  const warnings: string[] = [];
  plugin.register({
    on: (name: string, hook: Hook) => (hooks[name] = hook),
    logger: { warn: (text: string) => warnings.push(text) },
  });
  return {
    ...loaded,
    id: plugin.id,
    run: () => hooks.before_agent_run?.({ prompt: 'secret' }, { sessionId: 's' }),
    tool: (toolName: string) => hooks.before_tool_call?.({ toolName, params: {} }, { sessionId: 's' }),
    told,
    warnings,
  };
}

/** OpenClaw, as far as a plugin may call it. */
async function putEngine(folder: string): Promise<readonly unknown[]> {
  const engine = join(folder, 'node_modules', 'openclaw');
  mkdirSync(engine, { recursive: true });
  const exports = { './plugin-sdk/agent-harness-runtime': './engine.mjs' };
  writeFileSync(join(engine, 'package.json'), JSON.stringify({ name: 'openclaw', exports }));
  writeFileSync(
    join(engine, 'engine.mjs'),
    `export const told = [];
    export const abortAgentHarnessRun = (...all) => told.push(['abort', ...all]);
    export const queueAgentHarnessMessage = (...all) => told.push(['queue', ...all]);`,
  );
  return (await import(pathToFileURL(join(engine, 'engine.mjs')).href)).told;
}

const stop = '{"kind":"stop","sentence":"spent"}';

describe('the plugin for OpenClaw', () => {
  before(function () {
    if (process.platform === 'win32') this.skip();
  });

  it('keeps a prompt from a session that is to stop, and says why', async () => {
    using plugin = await load(stop);
    assert.deepEqual(await plugin.run(), { outcome: 'block', reason: 'spent', message: 'spent' });
    assert.equal(plugin.asked(), 'openclaw before_agent_run {"sessionID":"s"}');
    assert.deepEqual(plugin.told, []);
  });

  it('aborts a run that is to stop, runs no tool for it, and says why in the log', async () => {
    using plugin = await load(stop);
    assert.deepEqual(await plugin.tool('exec'), { block: true, blockReason: 'spent' });
    assert.equal(plugin.asked(), 'openclaw before_tool_call {"sessionID":"s","tool":"exec"}');
    assert.deepEqual(plugin.told, [['abort', 's']]);
    assert.deepEqual(plugin.warnings, ['spent']);
  });

  it('tells the model to conclude, after which its tool runs', async () => {
    using plugin = await load('{"kind":"wrapUp","sentence":"conclude"}');
    assert.equal(await plugin.tool('exec'), undefined);
    assert.deepEqual(plugin.told, [['queue', 's', 'conclude']]);
    assert.equal(await plugin.run(), undefined);
  });

  it('refuses a new sub-agent and lets the run go on', async () => {
    using plugin = await load('{"kind":"refuse","sentence":"no more"}');
    assert.deepEqual(await plugin.tool('sessions_spawn'), { block: true, blockReason: 'no more' });
    assert.deepEqual(plugin.told, []);
  });

  it('lets everything pass where the guard says nothing, nonsense, or is gone', async () => {
    for (const answer of ['', 'null', '1', '<html>', '{}']) {
      using plugin = await load(answer);
      assert.equal(await plugin.run(), undefined);
      assert.equal(await plugin.tool('exec'), undefined);
    }
    using plugin = await load(stop);
    rmSync(plugin.launcher);
    assert.equal(await plugin.run(), undefined);
    assert.equal(await plugin.tool('exec'), undefined);
  });

  it('refuses the tool of a run that OpenClaw would not abort', async () => {
    using plugin = await load(stop);
    rmSync(join(plugin.folder, 'node_modules'), { recursive: true });
    assert.deepEqual(await plugin.tool('exec'), { block: true, blockReason: 'spent' });
  });

  it('bears the name that its file has', async () => {
    using plugin = await load('');
    assert.equal(plugin.id, 'token-burn');
  });

  it('goes on before OpenClaw refuses whoever is not answered', async () => {
    using plugin = await load(stop, 12);
    assert.equal(await plugin.tool('exec'), undefined);
  });
});
