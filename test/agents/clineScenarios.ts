/** What is tried with Cline. */

import {
  cachedAndReasoned,
  failedCalls,
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

export const clineScenarios: readonly Scenario[] = [
  plainReply,
  toolCall,
  resumed,
  subAgents(spawn),
  failedCalls(500, 503),
  toolLoop(manyCalls(12)),
  cachedAndReasoned,
  modelSwitch('gpt-5.4', 'gpt-5.5', 'gpt-6.1-sol'),
  unknownModel('gpt-99'),
];
