/** A guard of Claude Code that counts calls in place of money: proves what a trial sees of a good one and of a bad one. */

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Orders } from './countingHook.ts';
import type { GuardInstaller } from './guard.ts';

const program = fileURLToPath(new URL('./countingHook.ts', import.meta.url));

/** The answers of a guard that ends the turn. Without a terminal, the reason of a stop is shown as a message alone. */
const ending: Orders['answers'] = {
  UserPromptSubmit: { decision: 'block', reason: 'The budget is spent.' },
  PreToolUse: {
    continue: false,
    stopReason: 'The budget is spent.',
    hookSpecificOutput: {
      hookEventName: 'PreToolUse',
      permissionDecision: 'deny',
      permissionDecisionReason: 'The budget is spent.',
    },
  },
  PostToolBatch: {
    continue: false,
    stopReason: 'The budget is spent.',
    systemMessage: 'The budget is spent.',
  },
};

/** The answers of a guard that refuses each tool, as most do: the model asks for another. */
const refusing: Orders['answers'] = {
  PreToolUse: {
    hookSpecificOutput: {
      hookEventName: 'PreToolUse',
      permissionDecision: 'deny',
      permissionDecisionReason: 'The budget is spent.',
    },
  },
};

export const endingGuard: GuardInstaller = guardByHand(ending);
export const refusingGuard: GuardInstaller = guardByHand(refusing);

function guardByHand(answers: Orders['answers']): GuardInstaller {
  return async ({ home, own }, _agent, { calls }) => {
    const orders = join(own, 'orders.json');
    await writeFile(orders, JSON.stringify({ passes: Math.ceil(calls), answers } satisfies Orders));
    await mkdir(join(home, '.claude'), { recursive: true });
    await writeFile(join(home, '.claude', 'settings.json'), JSON.stringify({ hooks: hooksIn(own) }));
    return {
      answersFolder: join(own, 'beats'),
      release: async () => {
        const { passes } = JSON.parse(await readFile(orders, 'utf8')) as Orders;
        await writeFile(orders, JSON.stringify({ passes: passes + 1_000, answers } satisfies Orders));
        return 'released';
      },
      doctor: async () => '',
    };
  };
}

function hooksIn(folder: string) {
  const hookFor = (event: string) => [
    { hooks: [{ type: 'command', command: `'${process.execPath}' '${program}' '${folder}' ${event}` }] },
  ];
  const events = ['UserPromptSubmit', 'PreToolUse', 'PostToolBatch'];
  return Object.fromEntries(events.map((event) => [event, hookFor(event)]));
}
