/** The settings of a user as VS Code and its relatives keep them: JSON with comments, and with commas before what ends. */

import { parse } from 'jsonc-parser';
import { isRecord, type LogRecord } from './fields.ts';

/** As much as can be read; nothing of what is no file of settings. */
export function parseSettings(file: string): LogRecord {
  const settings: unknown = parse(file.replace(/^\ufeff/, ''), [], { allowTrailingComma: true });
  return isRecord(settings) ? settings : {};
}
