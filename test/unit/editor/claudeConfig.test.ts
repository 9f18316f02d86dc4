import assert from 'node:assert/strict';
import { join } from 'node:path';
import { claudeCodeReader } from '../../../src/agents/claude/claudeCodeReader.ts';
import type { Machine } from '../../../src/agents/reader.ts';
import { resolveFolder } from '../../../src/editor/dataFolder.ts';
import { claudeConfigFolders } from '../../../src/editor/plan/claudeConfig.ts';
import { findLogRoots } from '../../../src/workers/logRoots.ts';
import { fakeDisk } from '../workers/fakeDisk.ts';

const machineWith = (CLAUDE_CONFIG_DIR?: string): Machine => ({
  platform: 'linux',
  homeFolder: '/home/ann',
  environment: { CLAUDE_CONFIG_DIR },
});

/** The folders without others below them, as the ledger is told to read them. */
async function flatRoots(machine: Machine, ownFolders: readonly string[]): Promise<readonly string[]> {
  const folders = ownFolders.map((folder) => resolveFolder(machine, folder));
  const logFolders = ownFolders.length === 0 ? {} : { 'claude-code': folders };
  const roots = await findLogRoots([claudeCodeReader], { machine, logFolders }, [], fakeDisk());
  return roots.filter(({ isFlat }) => isFlat).map(({ path }) => path);
}

describe("the folder of Claude Code's settings", () => {
  const cases: readonly (readonly [variable: string | undefined, own: readonly string[], first: string])[] = [
    [undefined, [], '/home/ann/.claude'],
    ['', [], '/home/ann/.claude'],
    [' , ', [], '/home/ann/.claude'],
    ['/srv/claude', [], '/srv/claude'],
    ['~/work/claude', [], '/home/ann/work/claude'],
    [' ~/one/projects , /srv/two', [], '/home/ann/one'],
    ['claude', [], '/home/ann/claude'],
    [undefined, ['/srv/claude/projects'], '/srv/claude'],
    ['/srv/other', ['~/claude/projects', '/srv/two/projects'], '/home/ann/claude'],
    [undefined, ['/srv/logs/'], '/srv/logs'],
  ];

  for (const [variable, own, first] of cases) {
    it(`is ${first}, whose status line is read, with ${variable} and ${own.join() || 'no folders'}`, async () => {
      const machine = machineWith(variable);
      assert.equal(claudeConfigFolders(machine, own)[0], first);
      const read = await flatRoots(machine, own);
      assert.ok(read.includes(join(first, 'token-burn')), read.join());
    });
  }

  it('may have been another before, which is given up too', () => {
    const folders = claudeConfigFolders(machineWith('/srv/a,/srv/a/projects'), ['/srv/own/projects']);
    assert.deepEqual(folders, ['/srv/own', '/srv/a', '/home/ann/.claude']);
  });

  it('is not read where the logs of Claude Code are left alone', async () => {
    const options = { machine: machineWith(), logFolders: { 'claude-code': [] } };
    assert.deepEqual(await findLogRoots([claudeCodeReader], options, [], fakeDisk()), []);
  });
});
