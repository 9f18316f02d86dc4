/** The table of counts that is kept with the code. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseTable, type Row } from './row.ts';

export const tablePath = join(import.meta.dirname, 'counts.tsv');

export function readTable(): readonly Row[] {
  return parseTable(readFileSync(tablePath, 'utf8'));
}
