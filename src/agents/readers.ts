/** Every reader there is. */

import { claudeCodeReader } from './claude/claudeCodeReader.ts';
import { codexReader } from './codex/codexReader.ts';
import { copilotCliReader } from './copilotCli/copilotCliReader.ts';
import { geminiCliReader } from './gemini/geminiCliReader.ts';
import { gooseReader } from './goose/gooseReader.ts';
import { kiloReader } from './kilo/kiloReader.ts';
import { openclawReader } from './openclaw/openclawReader.ts';
import { opencodeReader } from './opencode/opencodeReader.ts';
import { ompReader, piReader } from './pi/piReader.ts';
import { qwenCodeReader } from './qwen/qwenCodeReader.ts';
import type { Reader } from './reader.ts';

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
];
