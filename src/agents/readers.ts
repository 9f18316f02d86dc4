/** Every reader there is. */

import { claudeCodeReader } from './claude/claudeCodeReader.ts';
import { codexReader } from './codex/codexReader.ts';
import { copilotCliReader } from './copilotCli/copilotCliReader.ts';
import { gooseReader } from './goose/gooseReader.ts';
import { kiloReader } from './kilo/kiloReader.ts';
import { opencodeReader } from './opencode/opencodeReader.ts';
import type { Reader } from './reader.ts';

export const readers: readonly Reader[] = [
  claudeCodeReader,
  codexReader,
  copilotCliReader,
  opencodeReader,
  kiloReader,
  gooseReader,
];
