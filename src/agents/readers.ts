/** Every reader there is. */

import { aiderReader } from './aider/aiderReader.ts';
import { ampReader } from './amp/ampReader.ts';
import { claudeCodeReader } from './claude/claudeCodeReader.ts';
import { clineReader } from './cline/clineReader.ts';
import { codexReader } from './codex/codexReader.ts';
import { continueReader } from './continue/continueReader.ts';
import { copilotChatReader } from './copilotChat/copilotChatReader.ts';
import { copilotCliReader } from './copilotCli/copilotCliReader.ts';
import { cursorReader } from './cursor/cursorReader.ts';
import { geminiCliReader } from './gemini/geminiCliReader.ts';
import { gooseReader } from './goose/gooseReader.ts';
import { kiloReader } from './kilo/kiloReader.ts';
import { openclawReader } from './openclaw/openclawReader.ts';
import { opencodeReader } from './opencode/opencodeReader.ts';
import { ompReader, piReader } from './pi/piReader.ts';
import { qwenCodeReader } from './qwen/qwenCodeReader.ts';
import type { Reader } from './reader.ts';
import { rooCodeReader, zooCodeReader } from './roo/rooReaders.ts';

export const readers: readonly Reader[] = [
  claudeCodeReader,
  codexReader,
  copilotCliReader,
  opencodeReader,
  kiloReader,
  gooseReader,
  geminiCliReader,
  qwenCodeReader,
  piReader,
  ompReader,
  openclawReader,
  copilotChatReader,
  clineReader,
  rooCodeReader,
  zooCodeReader,
  continueReader,
  aiderReader,
  ampReader,
  cursorReader,
];
