/** The fixtures of every reader there is: one that is added is taken in without a word here. */

import type { Reader } from '../../src/agents/reader.ts';
import { readers } from '../../src/agents/readers.ts';
import type { Fixture } from './fixture.ts';

export interface ReaderFixtures {
  readonly reader: Reader;
  readonly fixtures: readonly Fixture[];
}

/** Finds them by the agent's name: all that `test/fixtures/NAME/fixtures.ts` exports. Rejects where a reader has none. */
export function allFixtures(): Promise<readonly ReaderFixtures[]> {
  return Promise.all(readers.map(fixturesOf));
}

async function fixturesOf(reader: Reader): Promise<ReaderFixtures> {
  const file: Record<string, readonly Fixture[]> = await import(`../fixtures/${reader.agent}/fixtures.ts`);
  const fixtures = Object.values(file).flat();
  if (fixtures.length === 0) throw new Error(`no fixtures of ${reader.agent}`);
  return { reader, fixtures };
}
