/** Every reader there is. */

import { claudeCodeReader } from './claude/claudeCodeReader.ts';
import { clineReader } from './cline/clineReader.ts';
import { codexReader } from './codex/codexReader.ts';
import { copilotChatReader } from './copilotChat/copilotChatReader.ts';
import { kiloReader } from './kilo/kiloReader.ts';
import type { Reader } from './reader.ts';
import { rooCodeReader, zooCodeReader } from './roo/rooReaders.ts';

export const readers: readonly Reader[] = [
  claudeCodeReader,
  codexReader,
  copilotChatReader,
  kiloReader,
  clineReader,
  rooCodeReader,
  zooCodeReader,
];
