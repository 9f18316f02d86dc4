/** What each agent takes for an answer, by its own documents and sources: all else it ignores, or takes for a fault. */

import assert from 'node:assert/strict';
import type { AgentId } from '../../src/domain/agent.ts';
import { type Decision, type HookAnswer, turnEnded } from '../../src/guard/agents/agentGuard.ts';

type Rule = (event: string, kind: Decision['kind'], answer: HookAnswer, sentence: string) => void;

interface Said {
  readonly [name: string]: unknown;
  readonly hookSpecificOutput?: Readonly<Record<string, unknown>>;
}

export const answerRules: Partial<Record<AgentId, Rule>> = {
  'claude-code': (event, kind, answer, sentence) => {
    const names = ['continue', 'stopReason', 'systemMessage', 'decision', 'reason', 'hookSpecificOutput'];
    const said = saidIn(answer, names);
    holdsOutput(said, event, event === 'PreToolUse');
    const isBatch = kind === 'stop' && event === 'PostToolBatch';
    assert.equal(said.systemMessage, isBatch ? sentence : undefined);
    const isDenied = event === 'PreToolUse' && (kind === 'stop' || kind === 'refuse');
    assert.equal(denialIn(said), isDenied ? sentence : undefined);
    assert.equal(said.continue, kind === 'stop' ? false : undefined);
    const reasons = { UserPromptSubmit: sentence, PreToolUse: turnEnded } as const;
    assert.equal(said.stopReason, kind === 'stop' ? reasons[event as keyof typeof reasons] : undefined);
    assert.equal(answer.unshown, kind === 'stop' && event !== 'UserPromptSubmit' ? sentence : '');
    const isRefusedPrompt = kind === 'stop' && event === 'UserPromptSubmit';
    assert.equal(said.decision, isRefusedPrompt ? 'block' : undefined);
    assert.equal(said.reason, isRefusedPrompt ? sentence : undefined);
  },
  codex: (event, kind, answer, sentence) => {
    if (kind === 'stop' || (kind === 'refuse' && event === 'PreToolUse')) {
      const interrupts = kind === 'stop' && event !== 'UserPromptSubmit';
      const unshown = kind === 'stop' ? sentence : '';
      assert.deepEqual(answer, { stdout: '', stderr: `${sentence}\n`, exitCode: 2, interrupts, unshown });
      return;
    }
    // `continue: false` would be no valid answer to it, and let the tool run.
    holdsOutput(saidIn(answer, ['hookSpecificOutput']), event, false);
  },
  'gemini-cli': (event, kind, answer, sentence) => {
    const said = saidIn(answer, ['continue', 'stopReason', 'hookSpecificOutput']);
    holdsOutput(said, event, false);
    assert.equal(said.continue, kind === 'stop' ? false : undefined);
    assert.equal(said.stopReason, kind === 'stop' ? sentence : undefined);
  },
  'qwen-code': (event, kind, answer, sentence) => {
    const said = saidIn(answer, ['decision', 'reason', 'hookSpecificOutput']);
    holdsOutput(said, event, event === 'PreToolUse');
    const denials: Partial<Record<string, string>> = { stop: turnEnded, refuse: sentence };
    if (event === 'PreToolUse') assert.equal(denialIn(said), denials[kind]);
    else
      assert.deepEqual(
        [said.reason ?? '', answer.unshown],
        kind === 'stop' ? [sentence, sentence] : ['', ''],
      );
  },
  'copilot-cli': (event, kind, answer, sentence) => {
    const isPermission = event === 'permissionRequest';
    const names = isPermission
      ? ['behavior', 'message', 'interrupt']
      : ['decision', 'reason', 'additionalContext'];
    const said = saidIn(answer, names);
    if (isPermission) assert.equal(said.interrupt, kind === 'stop' ? true : undefined);
    else assert.equal(said.decision, kind === 'stop' ? 'block' : undefined);
    if (kind === 'stop') assert.equal(isPermission ? said.message : said.reason, sentence);
  },
  'copilot-chat': (event, kind, answer, sentence) => {
    const said = saidIn(answer, ['continue', 'stopReason', 'hookSpecificOutput']);
    const isTool = event === 'PreToolUse';
    holdsOutput(said, event, isTool);
    const { permissionDecision } = said.hookSpecificOutput ?? {};
    const decisions = { allow: undefined, wrapUp: undefined, refuse: 'deny', stop: 'ask' } as const;
    assert.equal(permissionDecision, isTool ? decisions[kind] : undefined);
    // Before a tool that would be an error of the tool, which the model tries to mend.
    assert.equal(said.continue, kind === 'stop' && !isTool ? false : undefined);
    assert.equal(said.stopReason, kind === 'stop' && !isTool ? sentence : undefined);
  },
  opencode: isDecision,
  kilo: isDecision,
  pi: isDecision,
  cline: isDecision,
  openclaw: isDecision,
};

/** To a plugin of our own. */
function isDecision(_event: string, kind: Decision['kind'], answer: HookAnswer, sentence: string): void {
  assert.deepEqual(saidIn(answer, ['kind', 'sentence']), kind === 'allow' ? {} : { kind, sentence });
}

/** One object on one line, of no other fields. */
function saidIn({ stdout, stderr, exitCode, interrupts }: HookAnswer, names: readonly string[]): Said {
  assert.deepEqual([stderr, exitCode, interrupts], ['', 0, false]);
  if (stdout === '') return {};
  assert.equal(stdout.indexOf('\n'), stdout.length - 1);
  const said = JSON.parse(stdout);
  for (const name of Object.keys(said)) assert.ok(names.includes(name), name);
  return said;
}

function holdsOutput({ hookSpecificOutput: output }: Said, event: string, mayDeny: boolean): void {
  if (output === undefined) return;
  assert.equal(output.hookEventName, event);
  assert.ok(mayDeny || !('permissionDecision' in output));
  if ('permissionDecision' in output) assert.ok(String(output.permissionDecisionReason).trim() !== '');
}

/** Why a tool is denied; `undefined` where it is not. */
function denialIn({ hookSpecificOutput: output }: Said): unknown {
  return output?.permissionDecision === 'deny' ? output.permissionDecisionReason : undefined;
}
