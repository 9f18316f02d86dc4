/** Looks through the ends of a log for what calibrates estimates. */

import type { ConversationReader } from '../agents/conversation.ts';
import { conversationReaders } from '../agents/conversations.ts';
import type { AgentId } from '../domain/agent.ts';
import type { Variance } from '../domain/variance.ts';
import { type EstimateRaw, VarianceFinder } from '../estimator/varianceFinder.ts';
import { type LogPart, readLogEnds } from './logEnds.ts';

export interface LogRef {
  readonly agent: AgentId;
  /** Absolute. */
  readonly path: string;
}

/** Text that is looked through at a stretch, in UTF-16 code units: at most some milliseconds. */
const stretch = 1 << 16;

/** @param pause lets other work be done */
export async function findVariances(
  { agent, path }: LogRef,
  estimate: EstimateRaw,
  pause: () => Promise<void>,
): Promise<readonly Variance[]> {
  const found: Variance[] = [];
  const conversations = conversationReaders[agent];
  if (conversations === undefined) return found;
  for (const part of await readLogEnds(path)) {
    const finder = new VarianceFinder(agent, estimate, part.isFromStart, (variance) => found.push(variance));
    await searchPart(conversations, part, finder, pause);
  }
  return found;
}

async function searchPart(
  conversations: ConversationReader,
  { lines }: LogPart,
  finder: VarianceFinder,
  pause: () => Promise<void>,
): Promise<void> {
  const conversation = conversations.open();
  let fresh = 0;
  for (const line of lines) {
    for (const passage of conversation.read(line)) finder.take(passage);
    fresh += line.length;
    if (fresh < stretch) continue;
    fresh = 0;
    await pause();
  }
}
