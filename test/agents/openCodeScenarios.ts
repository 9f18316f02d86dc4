/** What is tried with OpenCode. */

import {
  cachedAndReasoned,
  failedCalls,
  forked,
  modelSwitch,
  plainReply,
  resumed,
  subAgents,
  toolCall,
  toolLoop,
  unknownModel,
} from './commonScenarios.ts';
import { spawn } from './model/steps.ts';
import type { Scenario, Turn } from './scenario.ts';

const scenarios: readonly Scenario[] = [
  plainReply,
  toolCall,
  resumed,
  forked,
  subAgents(spawn),
  failedCalls(500, 503),
  toolLoop(),
  cachedAndReasoned,
  modelSwitch('gpt-5.4', 'gpt-5.5', 'gpt-6.1-sol'),
  unknownModel('gpt-99'),
];

export const openCodeScenarios = scenarios.map((scenario) => ({
  ...scenario,
  turns: scenario.turns.map(toOneWord),
}));

/** It puts a prompt of several words into quotes, which then are in the session's name. */
function toOneWord(turn: Turn): Turn {
  return { ...turn, prompt: turn.prompt.split(' ', 1)[0] ?? '' };
}
