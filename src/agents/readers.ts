/** Every reader there is. */

import { aiderReader } from './aider/aiderReader.ts';
import { ampReader } from './amp/ampReader.ts';
import { claudeCodeReader } from './claude/claudeCodeReader.ts';
import { clineReader } from './cline/clineReader.ts';
import { codexReader } from './codex/codexReader.ts';
import { continueReader } from './continue/continueReader.ts';
import { copilotChatReader } from './copilotChat/copilotChatReader.ts';
import { cursorReader } from './cursor/cursorReader.ts';
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
  continueReader,
  aiderReader,
  ampReader,
  cursorReader,
];
