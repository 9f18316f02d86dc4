/**
 * A home folder that holds the logs of all fixtures at once. Fixtures share ids, as each stands for a machine of its
 * own: here each gets ids of its own, so that none repeats another's spend.
 */

import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import type { AgentId } from '../../src/domain/agent.ts';
import type { Fixture, FixtureFile } from '../contract/fixture.ts';
import { makeDatabase } from '../contract/fixtureFile.ts';
import { claudeCodeFixtures } from '../fixtures/claude-code/fixtures.ts';
import { codexFixtures } from '../fixtures/codex/fixtures.ts';

export interface FixtureSet {
  readonly agent: AgentId;
  /** Where the agent keeps its logs, from the home folder. */
  readonly root: string;
  readonly fixtures: readonly Fixture[];
}

/** The fixtures of all agents, with ids that no two of them share. */
export const fixtureSets: readonly FixtureSet[] = [
  { agent: 'claude-code', root: '.claude/projects', fixtures: claudeCodeFixtures.map(withOwnIds) },
  { agent: 'codex', root: '.codex/sessions', fixtures: codexFixtures.map(withOwnIds) },
];

/** The first file of a fixture is the oldest. */
const firstBornMs = Date.parse('2020-01-01T00:00:00Z');

/** As an agent leaves it on the disk. */
function writeFixture(path: string, file: FixtureFile): void {
  if (typeof file !== 'string') makeDatabase(path, file).close();
  else writeFileSync(path, path.endsWith('.zst') ? zstdCompressSync(file) : file);
}

/** Writes the logs of the sets below `home`. */
export function writeFixtureHome(home: string, sets: readonly FixtureSet[] = fixtureSets): void {
  for (const { root, fixtures } of sets) {
    for (const { files } of fixtures) {
      for (const [index, [path, text]] of Object.entries(files).entries()) {
        const file = join(home, root, path);
        mkdirSync(dirname(file), { recursive: true });
        writeFixture(file, text);
        const bornSeconds = firstBornMs / 1000 + 60 * index;
        utimesSync(file, bornSeconds, bornSeconds);
      }
    }
  }
}

function withOwnIds(fixture: Fixture, index: number): Fixture {
  const mark = (0xc000 + index).toString(16);
  const renamed = (text: string) =>
    text
      .replace(/(?<=\b[0-9a-f]{8}(?:-[0-9a-f]{4}){2}-)[0-9a-f]{4}(?=-[0-9a-f]{12}\b)/g, mark)
      .replace(/\b(?:msg|req|resp)_(?=\w)|(?<="id":")m(?=\d)/g, (start) => `${start}${mark}`);
  const keysRenamed = <Value>(values: Readonly<Record<string, Value>>) =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [renamed(key), value]));
  const files = Object.entries(fixture.files).map(([path, file]) => [
    renamed(path),
    typeof file === 'string' ? renamed(file) : { statements: file.statements.map(renamed) },
  ]);
  return { ...fixture, files: Object.fromEntries(files), sessions: keysRenamed(fixture.sessions) };
}
