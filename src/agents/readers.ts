/** Every reader there is. */

import { claudeCodeReader } from './claude/claudeCodeReader.ts';
import { codexReader } from './codex/codexReader.ts';
import { copilotChatReader } from './copilotChat/copilotChatReader.ts';
import type { Reader } from './reader.ts';

export const readers: readonly Reader[] = [claudeCodeReader, codexReader, copilotChatReader];
