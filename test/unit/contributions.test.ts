import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  commandIds,
  contextKeys,
  settingDefaults,
  toolIds,
  viewContainerId,
  viewIds,
} from '../../src/contributions.ts';

interface Setting {
  readonly default: unknown;
  readonly scope?: string;
  readonly order?: number;
  readonly markdownDescription?: string;
}

const root = new URL('../../', import.meta.url);
const manifestText = readFileSync(new URL('package.json', root), 'utf8');
const manifest = JSON.parse(manifestText);
const { contributes } = manifest;
const texts: Record<string, string> = JSON.parse(readFileSync(new URL('package.nls.json', root), 'utf8'));
const settings: Record<string, Setting> = Object.assign(
  {},
  ...contributes.configuration.map(({ properties }: { properties: object }) => properties),
);

function sameSet(a: Iterable<string>, b: Iterable<string>): void {
  assert.deepEqual([...a].sort(), [...b].sort());
}

function all(text: string, pattern: RegExp): Set<string> {
  return new Set([...text.matchAll(pattern)].map(([, found = '']) => found));
}

/** Every `when` and `enablement` clause of the manifest. */
function clauses(): string {
  return [...all(manifestText, /"(?:when|enablement)": "([^"]*)"/g)].join('\n');
}

describe('the manifest and the contributions table', () => {
  it('hold the same commands', () => {
    sameSet(
      contributes.commands.map(({ command }: { command: string }) => command),
      Object.keys(commandIds),
    );
  });

  it('hold the same tools for language models', () => {
    sameSet(
      contributes.languageModelTools.map(({ name }: { name: string }) => name),
      Object.values(toolIds),
    );
  });

  it('hold the same settings with the same defaults', () => {
    sameSet(Object.keys(settings), Object.keys(settingDefaults));
    for (const [id, value] of Object.entries(settingDefaults)) {
      assert.deepEqual(settings[id]?.default, value, id);
    }
  });

  it('hold the same views', () => {
    assert.deepEqual(Object.keys(contributes.views), [viewContainerId]);
    sameSet(
      contributes.views[viewContainerId].map(({ id }: { id: string }) => id),
      Object.values(viewIds),
    );
    assert.equal(contributes.viewsContainers.activitybar[0].id, viewContainerId);
  });

  it('hold the same context keys', () => {
    const used = all(clauses(), /(?<!config\.)(tokenBurn\.[\w.]+)/g);
    const own = [...used].filter((name) => !Object.values<string>(viewIds).includes(name));
    sameSet(own, Object.keys(contextKeys));
  });

  it('name only commands that exist in menus and links', () => {
    const menus = Object.values<{ command: string }[]>(contributes.menus).flat();
    const linked = all(Object.values(texts).join('\n'), /command:(tokenBurn\.\w+)/g);
    for (const command of [...menus.map(({ command }) => command), ...linked]) {
      assert.ok(command in commandIds, command);
    }
  });

  it('link only settings that exist', () => {
    for (const id of all(Object.values(texts).join('\n'), /`#([\w.]+)#`/g)) assert.ok(id in settings, id);
  });

  it('use the same texts', () => {
    sameSet(all(manifestText, /"%([^%"]+)%"/g), Object.keys(texts));
  });
});

describe('every setting', () => {
  for (const [id, setting] of Object.entries(settings)) {
    it(`${id} has a description, an order and a scope`, () => {
      assert.match(setting.markdownDescription ?? '', /^%setting\./);
      assert.equal(typeof setting.order, 'number');
      assert.ok(setting.scope);
    });
  }

  it('that leads to money or folders is out of reach of a workspace', () => {
    for (const id of manifest.capabilities.untrustedWorkspaces.restrictedConfigurations) {
      assert.match(settings[id]?.scope ?? '', /^(application|machine)$/, id);
    }
    const reachable = Object.keys(settings).filter((id) => settings[id]?.scope === 'window');
    assert.deepEqual(reachable, ['tokenBurn.estimate.model', 'tokenBurn.context.agent']);
    // Budgets of a workspace hold beside the user's own, and only tighten.
    const byFolder = Object.keys(settings).filter((id) => settings[id]?.scope === 'resource');
    assert.deepEqual(byFolder, ['tokenBurn.budgets']);
  });
});
