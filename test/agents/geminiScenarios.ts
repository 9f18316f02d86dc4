/** What is tried with Gemini CLI. */

import {
  cachedAndThought,
  failedCalls,
  modelSwitch,
  plainReply,
  resumed,
  runaway,
  subAgents,
  toolCall,
  toolLoop,
  withModel,
} from './commonScenarios.ts';
import { manyCalls, spawn } from './model/steps.ts';

export const geminiScenarios = [
  plainReply,
  toolCall,
  resumed,
  subAgents(spawn),
  failedCalls(503, 500),
  toolLoop(manyCalls(12)),
  runaway(manyCalls(12), { staysOpen: true }),
  cachedAndThought({ turns: withModel('gemini-2.5-pro') }),
  modelSwitch('gemini-2.5-pro', 'gemini-2.5-flash', 'gemini-2.5-flash-lite'),
];
