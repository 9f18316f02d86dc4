/** What holds for every agent's guard: what it makes of settings, what it answers, and what it takes from strangers. */

import assert from 'node:assert/strict';
import { parse } from 'jsonc-parser';
import { isRefusal } from '../../src/guard/agents/agentGuard.ts';
import { agentGuards } from '../../src/guard/agents/agentGuards.ts';
import type { Launcher } from '../../src/guard/agents/commandLine.ts';

const launcher: Launcher = {
  path: "/home/o'neil $HOME `id`/.local/share/token-burn/guard/launch",
  platform: 'linux',
};

const settings: readonly string[] = [
  '{}',
  '{}\n',
  '{ }',
  '{"a":1}',
  '{ "a": 1, "b": [1, 2] }\n',
  '{\n  "a": 1\n}\n',
  '{\n\t"a": 1,\n\t"b": {\n\t\t"c": [\n\t\t\t1\n\t\t]\n\t}\n}\n',
  '{\r\n    "a": 1\r\n}\r\n',
  '\uFEFF{\n  "a": 1\n}\n',
  '{\n  // of a\n  "a": 1, // and so on\n  /* b */ "b": 2 // the last\n  // the end\n}\n',
  '{\n  "a": 1,\n}\n',
  '{\n  "a": [],\n  "constructor": { "hooks": 1 }\n}',
  '// head\n{\n  "a": "//, }"\n}\n// foot',
];

describe('every guard', () => {
  for (const guard of agentGuards) {
    describe(guard.id, () => {
      const install = (text: string | null) => {
        const result = guard.install(text, launcher);
        assert.ok(!isRefusal(result), JSON.stringify(result));
        return result;
      };

      it('puts its hooks into settings that are not there, and knows them again', () => {
        for (const text of [null, '', '\n']) {
          const installed = install(text);
          assert.ok(guard.isInstalled(installed, launcher));
          assert.ok(installed.endsWith('\n'));
        }
      });

      for (const text of settings) {
        it(`changes ${JSON.stringify(text)} once, and takes back every byte`, () => {
          const installed = install(text);
          assert.notEqual(installed, text);
          assert.ok(guard.isInstalled(installed, launcher));
          assert.equal(install(installed), installed);
          const before = parse(text.replace('\uFEFF', ''));
          const { hooks: _, ...others } = parse(installed.replace('\uFEFF', ''));
          assert.deepEqual(others, before);
          assert.equal(guard.uninstall(installed, launcher), text === '{ }' ? '{}' : text);
        });
      }
    });
  }
});
