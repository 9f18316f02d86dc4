/** What is tried with Pi, which has no sub-agents of its own. */

import {
  cachedAndReasoned,
  compacted,
  failedCalls,
  failingTool,
  forked,
  modelSwitch,
  plainReply,
  resumed,
  toolCall,
  toolLoop,
  unknownModel,
} from './commonScenarios.ts';
import type { Scenario } from './scenario.ts';

export const piScenarios: readonly Scenario[] = [
  plainReply,
  toolCall,
  failingTool,
  resumed,
  forked,
  failedCalls(500, 503),
  toolLoop(),
  cachedAndReasoned,
  modelSwitch('gpt-5.4', 'gpt-5.5', 'gpt-6.1-sol'),
  unknownModel('gpt-99'),
  compacted(
    '{ "compaction": { "enabled": true, "reserveTokens": 350000, "keepRecentTokens": 1 } }',
    [90_000, 90_100, 901, 902],
  ),
];
