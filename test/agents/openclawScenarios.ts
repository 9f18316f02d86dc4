/** What is tried with OpenClaw. */

import {
  cachedAndReasoned,
  failedCalls,
  failingTool,
  modelSwitch,
  plainReply,
  resumed,
  toolCall,
  toolLoop,
  unknownModel,
} from './commonScenarios.ts';
import { manyCalls } from './model/steps.ts';
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
