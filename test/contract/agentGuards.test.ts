/** What holds for every agent's guard: what it makes of settings, what it answers, and what it takes from strangers. */

import assert from 'node:assert/strict';
import { type ParseError, parse } from 'jsonc-parser';
import { type AgentGuard, type Decision, isRefusal, silent } from '../../src/guard/agents/agentGuard.ts';
import { agentGuards } from '../../src/guard/agents/agentGuards.ts';
import type { Launcher } from '../../src/guard/agents/commandLine.ts';
import { seededRandom } from '../bench/random.ts';
import { answerRules } from './answerRules.ts';
import { randomSettings } from './randomSettings.ts';
import { broken, plain } from './settingsTexts.ts';

/** Settings of chance that are tried. */
const runs = process.env.TOKEN_BURN_THOROUGH === '1' ? 20_000 : 300;

const launcher: Launcher = {
  path: '/home/o\'neil/$HOME `id` "x"/token-burn/guard/launch',
  platform: 'linux',
};

/** Where hooks belong stands something else. */
const strange = (event: string) => [
  '{"hooks":[]}',
  '{"hooks":"x"}',
  '{"hooks":null}',
  `{"hooks":{"${event}":{}}}`,
  `{"hooks":{"${event}":"x"}}`,
];

/** Settings of OpenClaw name a plugin and no hooks. */
const inSettings = agentGuards.filter(({ isOwnFile, id }) => !isOwnFile && id !== 'openclaw');
const inOwnFiles = agentGuards.filter(({ isOwnFile }) => isOwnFile);

function install(guard: AgentGuard, text: string | null): string {
  const result = guard.install(text, launcher);
  assert.ok(typeof result === 'string', JSON.stringify(result));
  return result;
}

function uninstall(guard: AgentGuard, text: string): string {
  const result = guard.uninstall(text, launcher);
  assert.ok(typeof result === 'string', JSON.stringify(result));
  return result;
}

function valueIn(text: string): Record<string, unknown> {
  const errors: ParseError[] = [];
  const value = parse(text.replace('\uFEFF', ''), errors, { allowTrailingComma: true });
  assert.deepEqual(errors, [], text);
  return value;
}

describe('a guard of every agent', () => {
  for (const guard of agentGuards) {
    it(`puts the hooks of ${guard.id} where there are none, once, and knows them again`, () => {
      for (const text of [null, '', '\n']) {
        const installed = install(guard, text);
        assert.ok(guard.isInstalled(installed, launcher));
        assert.equal(install(guard, installed), installed);
        assert.equal(guard.isInstalled(text ?? '', launcher), false);
        assert.equal(guard.isInstalled(installed, { ...launcher, path: '/other/launch' }), false);
        assert.ok(installed.endsWith('\n'));
        assert.equal(guard.isSwitchedOff(installed), false);
      }
    });

    it(`refuses a path that the shell of ${guard.id} would read as more than a path`, () => {
      const hostile = { path: '/a\n/launch', platform: 'linux' } as const;
      assert.deepEqual(guard.install(null, hostile), { refused: 'unquotable' });
    });

    it(`ends what of ${guard.id} no answer reaches, and nothing else`, () => {
      const ends = guard.toAnswer('PreToolUse', { kind: 'stop', sentence: 'spent' }, true).interrupts;
      assert.equal(ends, guard.id === 'codex' || guard.id === 'qwen-code');
      for (const kind of ['wrapUp', 'refuse'] as const) {
        assert.equal(guard.toAnswer('PreToolUse', { kind, sentence: 'spent' }, true).interrupts, false);
      }
    });

    it(`says why once, when a sub-agent of ${guard.id} is stopped`, () => {
      const answer = guard.toAnswer('PreToolUse', { kind: 'stop', sentence: 'spent' }, true);
      assert.equal((answer.stdout + answer.stderr).split('spent').length, 2);
      assert.ok(answer.unshown === '' || answer.interrupts, 'its session is told of it, too');
    });

    it(`answers ${guard.id} what it understands, at each of its events`, () => {
      const sentence = 'Token Burn: budget reached. “$5” — \u001b[31m"quoted" $(id)';
      const kinds = ['allow', 'wrapUp', 'refuse', 'stop'] as const;
      for (const event of guard.events) {
        for (const kind of kinds) {
          const decision = { kind, sentence } as Decision;
          const answer = guard.toAnswer(event, decision);
          if (kind === 'allow') {
            assert.deepEqual(answer, silent);
          }
          answerRules[guard.id]?.(event, kind, answer, sentence);
          assert.ok(answerRules[guard.id] !== undefined, guard.id);
        }
      }
    });

    it(`tells the sessions of ${guard.id} by what strangers wrote, and makes nothing of what is none`, () => {
      const hostile = [
        '',
        null,
        1,
        {},
        [],
        '../../etc',
        'a\u0000b',
        '\u001b[2J',
        'x'.repeat(100_000),
        '__proto__',
      ];
      const fields = ['session_id', 'sessionId', 'sessionID', 'agent_id', 'agentId', 'tool_name'];
      for (const value of hostile) {
        for (const field of [...fields, 'toolName', 'tool', 'transcript_path', 'agentID']) {
          const input = JSON.parse(
            JSON.stringify({ session_id: 's', sessionId: 's', sessionID: 's', [field]: value }),
          );
          const found = guard.sessionOf(input, {});
          if (found === null) continue;
          for (const text of [found.session.key, found.subAgent ?? '', found.tool ?? '']) {
            assert.equal(typeof text, 'string');
            assert.ok(text.length <= 600, `${field}: ${text.length}`);
          }
        }
      }
      assert.equal(guard.sessionOf({}, {}), null);
    });
  }

  for (const guard of inSettings) {
    for (const text of plain) {
      it(`changes ${JSON.stringify(text)} for ${guard.id} and takes back every byte`, () => {
        const installed = install(guard, text);
        assert.ok(guard.isInstalled(installed, launcher));
        assert.equal(install(guard, installed), installed);
        const { hooks: _, ...others } = valueIn(installed);
        assert.deepEqual(others, valueIn(text));
        assert.equal(uninstall(guard, installed), text);
      });
    }

    it(`leaves alone what it cannot read for ${guard.id}, or what stands where hooks belong`, () => {
      for (const text of broken) {
        assert.deepEqual(guard.install(text, launcher), { refused: 'unreadable' }, text);
        assert.deepEqual(guard.uninstall(text, launcher), { refused: 'unreadable' }, text);
        assert.equal(guard.isInstalled(text, launcher), false);
      }
      for (const text of strange(guard.events[0] ?? '')) {
        assert.deepEqual(guard.install(text, launcher), { refused: 'unexpected' }, text);
        assert.equal(uninstall(guard, text), text);
      }
    });

    it(`keeps the hooks of others, and their order, beside those of ${guard.id}`, () => {
      const [event = ''] = guard.events;
      const theirs = { matcher: 'Bash', hooks: [{ type: 'command', command: 'theirs' }] };
      const text = JSON.stringify({ hooks: { [event]: [theirs, theirs], Other: [theirs] }, z: 1 }, null, 4);
      const installed = install(guard, text);
      const { hooks } = valueIn(installed) as { hooks: Record<string, unknown[]> };
      assert.deepEqual(hooks[event]?.slice(0, 2), [theirs, theirs]);
      assert.equal(hooks[event]?.length, 3);
      assert.equal(uninstall(guard, installed), text);
      const added = installed.replace('"z": 1', '// mine\n    "z": 2, // and this\n    "y": []');
      assert.equal(
        uninstall(guard, added),
        text.replace('"z": 1', '// mine\n    "z": 2, // and this\n    "y": []'),
      );
    });

    it(`keeps comments that were written around the hooks of ${guard.id} since`, () => {
      const installed = install(guard, '{\n  "a": 1\n}\n');
      const commented = installed
        .replace('"a": 1,', '"a": 1, // of a\n  // of hooks')
        .replace(/\n}\n$/, ' // end\n}\n');
      assert.equal(uninstall(guard, commented), '{\n  "a": 1 // of a\n  // of hooks\n   // end\n}\n');
    });

    it(`takes only its own out of settings of any shape for ${guard.id}`, () => {
      const random = seededRandom(11);
      for (let run = 0; run < runs; run++) {
        const text = randomSettings(random, guard.events);
        const installed = guard.install(text, launcher);
        if (isRefusal(installed)) assert.fail(text);
        assert.ok(guard.isInstalled(installed, launcher), text);
        assert.equal(install(guard, installed), installed);
        const back = uninstall(guard, installed);
        assert.deepEqual(withoutEmpty(valueIn(back)), withoutEmpty(valueIn(text)), `${text}\n→ ${installed}`);
        for (const comment of text.match(/\/\*\d+\*\/|\/\/\d+/g) ?? [])
          assert.ok(back.includes(comment), text);
        assert.equal(uninstall(guard, back), back);
      }
    });
  }

  for (const guard of inOwnFiles) {
    it(`puts a file of its own among the hooks of ${guard.id}, in place of an older one, and no other`, () => {
      const installed = install(guard, null);
      assert.equal(install(guard, `${installed}changed`), installed);
      assert.equal(guard.isInstalled(`${installed}changed`, launcher), false);
      assert.equal(guard.uninstall(installed, launcher), null);
      assert.deepEqual(guard.install('of somebody else', launcher), { refused: 'unexpected' });
      for (const text of ['of somebody else', '', '\n']) assert.equal(guard.uninstall(text, launcher), text);
    });
  }
});

/** What was empty may go with what was in it. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value)
    .map(([name, each]) => [name, withoutEmpty(each)] as const)
    .filter(([, each]) => typeof each !== 'object' || each === null || Object.keys(each).length > 0);
  return Object.fromEntries(kept);
}
