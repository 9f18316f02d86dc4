/** What is tried with Copilot CLI. */

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
import { spawnAndAwait } from './model/steps.ts';

export const copilotCliScenarios = [
  plainReply,
  toolCall,
  resumed,
  subAgents(spawnAndAwait),
  failedCalls(500, 503),
  toolLoop(),
  cachedAndReasoned,
  modelSwitch('gpt-5.4', 'gpt-5.5', 'gpt-6.1-sol'),
  unknownModel('gpt-99'),
];
