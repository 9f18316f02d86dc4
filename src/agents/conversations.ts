/** Every reader of conversations there is. */

import type { AgentId } from '../domain/agent.ts';
import { claudeConversations } from './claude/conversation.ts';
import { codexConversations } from './codex/conversation.ts';
import type { ConversationReader } from './conversation.ts';

export const conversationReaders: Readonly<Partial<Record<AgentId, ConversationReader>>> = {
  'claude-code': claudeConversations,
  codex: codexConversations,
};
