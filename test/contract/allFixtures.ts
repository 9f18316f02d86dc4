/** The fixtures of every reader there is: those of one that is added are found by their name. */

import { globSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Reader } from '../../src/agents/reader.ts';
import { readers } from '../../src/agents/readers.ts';
import type { Fixture } from './fixture.ts';

export interface ReaderFixtures {
  readonly reader: Reader;
  readonly fixtures: readonly Fixture[];
}

const folder = join(import.meta.dirname, '..', 'fixtures');

/**
 * What files below `test/fixtures` export as `codexFixtures`, `earlyQwenCodeFixtures` or `rooFixtures` is of the agent of
 * that name. Readers without fixtures of their own are left out.
 */
export async function allFixtures(): Promise<readonly ReaderFixtures[]> {
  const files = globSync('*/*.ts', { cwd: folder }).sort();
  const modules = await Promise.all(
    files.map((file): Promise<object> => import(pathToFileURL(join(folder, file)).href)),
  );
  const exported = new Map(modules.flatMap((module) => Object.entries(module)));
  const named = [...exported].filter(([name]) => name.endsWith('Fixtures'));
  return readers
    .map((reader) => ({
      reader,
      fixtures: named.flatMap(([name, value]) => fixturesFor(reader, name, value)),
    }))
    .filter(({ fixtures }) => fixtures.length > 0);
}

function fixturesFor(reader: Reader, name: string, value: readonly Fixture[]): readonly Fixture[] {
  const agent = reader.agent.replaceAll('-', '');
  const named = name.slice(0, -'Fixtures'.length).toLowerCase();
  if (!named.includes(agent) && !agent.startsWith(named)) return [];
  return value.filter(({ files }) => Object.keys(files).every((path) => reader.formatOf(path) !== null));
}
