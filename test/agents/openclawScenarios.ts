/** What is tried with OpenClaw. */

import {
  cachedAndReasoned,
  failedCalls,
  failingTool,
  modelSwitch,
  plainReply,
  resumed,
  subAgents,
  toolCall,
  toolLoop,
  unknownModel,
} from './commonScenarios.ts';
import { manyCalls, spawn } from './model/steps.ts';
import type { Scenario } from './scenario.ts';

export const openclawScenarios: readonly Scenario[] = [
  plainReply,
  toolCall,
  failingTool,
  resumed,
  failedCalls(500, 503),
  toolLoop(manyCalls(12)),
  cachedAndReasoned,
  modelSwitch('gpt-5.4', 'gpt-5.5', 'gpt-6.1-sol'),
  unknownModel('gpt-99'),
];

/** What is tried with its gateway. */
export const gatewayScenarios: readonly Scenario[] = [subAgents(spawn)];
