import assert from 'node:assert/strict';
import { parse } from 'jsonc-parser';
import type { Launcher } from '../../../../src/guard/agents/commandLine.ts';
import { openclawSettings } from '../../../../src/guard/agents/openclawSettings.ts';
import { seededRandom } from '../../../bench/random.ts';
import { randomSettings } from '../../../contract/randomSettings.ts';
import { broken, plain } from '../../../contract/settingsTexts.ts';

const launcher: Launcher = { path: "/home/o'neil/token burn/guard/launch", platform: 'linux' };
const file = "/home/o'neil/token burn/guard/openclaw/token-burn.mjs";
const entry = { hooks: { allowConversationAccess: true } };

function install(text: string | null): string {
  const result = openclawSettings.install(text, launcher);
  assert.ok(typeof result === 'string', JSON.stringify(result));
  return result;
}

const uninstall = (text: string) => openclawSettings.uninstall(text, launcher);
const isInstalled = (text: string) => openclawSettings.isInstalled(text, launcher);
const valueIn = (text: string) => parse(text.replace('\uFEFF', ''), [], { allowTrailingComma: true });

describe('the plugin in OpenClaw’s settings', () => {
  it('is named by its file, and may see prompts', () => {
    const { plugins } = valueIn(install(null));
    assert.deepEqual(plugins, { load: { paths: [file] }, entries: { 'token-burn': entry } });
  });

  it('lies beside the launcher on Windows, too', () => {
    const path = 'C:\\Users\\Sam\\token-burn\\guard\\launch';
    const text = String(openclawSettings.install(null, { path, platform: 'win32' }));
    const own = 'C:\\Users\\Sam\\token-burn\\guard\\openclaw\\token-burn.mjs';
    assert.deepEqual(valueIn(text).plugins.load.paths, [own]);
  });

  for (const text of plain) {
    it(`comes into ${JSON.stringify(text)}, and every byte is taken back`, () => {
      const installed = install(text);
      assert.ok(isInstalled(installed));
      assert.equal(install(installed), installed);
      const { plugins: _, ...others } = valueIn(installed);
      assert.deepEqual(others, valueIn(text));
      assert.equal(uninstall(installed), text);
    });
  }

  it('leaves nothing of its own in settings of any layout, and every comment', () => {
    const random = seededRandom(13);
    for (let run = 0; run < 300; run++) {
      const text = randomSettings(random, []);
      const installed = install(text);
      assert.ok(isInstalled(installed), text);
      const back = String(uninstall(installed));
      assert.deepEqual(valueIn(back), valueIn(text), `${text}\n→ ${installed}`);
      for (const comment of text.match(/\/\*\d+\*\/|\/\/\d+/g) ?? []) assert.ok(back.includes(comment), text);
    }
  });

  it('comes beside plugins of others, whose order and comments stay', () => {
    const text = [
      '{',
      '  "plugins": {',
      '    // mine',
      '    "load": { "paths": ["~/a.ts"] },',
      '    "entries": {',
      '      "voice-call": { "enabled": true } // calls',
      '    }',
      '  }',
      '}',
      '',
    ].join('\n');
    const installed = install(text);
    assert.deepEqual(valueIn(installed).plugins, {
      load: { paths: ['~/a.ts', file] },
      entries: { 'voice-call': { enabled: true }, 'token-burn': entry },
    });
    for (const comment of ['// mine', '// calls']) assert.ok(installed.includes(comment));
    assert.equal(uninstall(installed), text);
  });

  it('is allowed where only some plugins are, and opens nothing to others when it goes', () => {
    const text = '{ "plugins": { "allow": ["theirs"] } }\n';
    const installed = install(text);
    assert.deepEqual(valueIn(installed).plugins.allow, ['theirs', 'token-burn']);
    assert.equal(uninstall(installed), text);
    const alone = installed.replace('"theirs", ', '');
    assert.deepEqual(valueIn(String(uninstall(alone))), { plugins: { allow: ['token-burn'] } });
    const everything = install('{ "plugins": { "allow": [] } }\n');
    assert.deepEqual(valueIn(everything).plugins.allow, []);
  });

  it('takes what somebody has added to its entry with it', () => {
    const installed = install('{}').replace('"hooks"', '"config":{},"hooks"');
    assert.ok(isInstalled(installed));
    assert.equal(uninstall(installed), '{}');
  });

  it('is missing where any part of it is', () => {
    const installed = install('{}\n');
    for (const [from, to] of [
      ['token-burn.mjs', 'other.mjs'],
      ['allowConversationAccess": true', 'allowConversationAccess": false'],
      ['"plugins": {', '"plugins": { "allow": ["theirs"],'],
    ] as const) {
      assert.ok(installed.includes(from));
      assert.equal(isInstalled(installed.replace(from, to)), false, to);
    }
  });

  it('is switched off by its user in three ways', () => {
    for (const plugins of [
      { enabled: false },
      { deny: ['theirs', 'token-burn'] },
      { entries: { 'token-burn': { enabled: false } } },
    ]) {
      assert.ok(openclawSettings.isSwitchedOff(JSON.stringify({ plugins })), JSON.stringify(plugins));
    }
    const on = { plugins: { enabled: true, deny: ['theirs'], entries: { 'token-burn': { enabled: true } } } };
    assert.equal(openclawSettings.isSwitchedOff(JSON.stringify(on)), false);
  });

  it('leaves alone what it cannot read, or what stands where plugins belong', () => {
    for (const text of [...broken, "{ plugins: { allow: ['a'] } }"]) {
      assert.deepEqual(openclawSettings.install(text, launcher), { refused: 'unreadable' }, text);
      assert.deepEqual(uninstall(text), { refused: 'unreadable' }, text);
      assert.equal(isInstalled(text), false);
    }
    for (const plugins of [
      [],
      null,
      { load: 'x' },
      { load: { paths: {} } },
      { entries: [] },
      { entries: { 'token-burn': { hooks: { allowConversationAccess: false } } } },
    ]) {
      const text = JSON.stringify({ plugins });
      assert.deepEqual(openclawSettings.install(text, launcher), { refused: 'unexpected' }, text);
    }
  });
});
