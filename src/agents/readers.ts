/** Every reader there is. */

import { claudeCodeReader } from './claude/claudeCodeReader.ts';
import { codexReader } from './codex/codexReader.ts';
import { geminiCliReader } from './gemini/geminiCliReader.ts';
import { openclawReader } from './openclaw/openclawReader.ts';
import { ompReader, piReader } from './pi/piReader.ts';
import { qwenCodeReader } from './qwen/qwenCodeReader.ts';
import type { Reader } from './reader.ts';

export const readers: readonly Reader[] = [
  claudeCodeReader,
  codexReader,
  geminiCliReader,
  qwenCodeReader,
  piReader,
  ompReader,
  openclawReader,
];
