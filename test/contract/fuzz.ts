/** The logs of a reader's fixtures, to be tried in damaged copies: throwing, nonsense and silent losses must not be. */

import { join } from 'node:path';
import type { Random } from '../unit/ledger/random.ts';
import type { ReaderFixtures } from './allFixtures.ts';
import { filesOf, isBytes } from './fixtureFile.ts';
import { databaseLog } from './fuzzedDatabase.ts';
import { documentLog } from './fuzzedDocument.ts';
import { lineLog } from './fuzzedLines.ts';
import type { FuzzedLog } from './fuzzedLog.ts';
import { requireFormat } from './reading.ts';

/** @param folder for databases that are damaged as files */
export function logsOf({ reader, fixtures }: ReaderFixtures, folder: string): readonly FuzzedLog[] {
  return fixtures.flatMap(filesOf).map(([path, content], index) => {
    if (!isBytes(content))
      return databaseLog(reader, path, content, join(folder, `${reader.agent}-${index}`));
    if (requireFormat(reader, path).kind === 'document') return documentLog(reader, path, content);
    return lineLog(reader, path, content);
  });
}

/** Some log as often as its weight says. */
export function pickLog(logs: readonly FuzzedLog[], random: Random): FuzzedLog {
  const log = random.pick(logs);
  return random.below(1000) < 1000 * log.weight ? log : pickLog(logs, random);
}
