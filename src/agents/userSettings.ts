/** The settings of a user as VS Code and its relatives keep them: JSON with comments, and with commas before what ends. */

import { parse } from 'jsonc-parser';
import { isRecord, type LogRecord } from './fields.ts';

/** As much as can be read; nothing of what is no file of settings. */
export function parseSettings(file: string): LogRecord {
  const settings = parsed(file.replace(/^\ufeff/, ''));
  return isRecord(settings) ? settings : {};
}

function parsed(text: string): unknown {
  try {
    return parse(text, [], { allowTrailingComma: true });
  } catch {
    // Brackets within brackets, more than the stack holds.
    return null;
  }
}
