import assert from 'node:assert/strict';
import { mattersTo, toWatchedPaths } from '../../../src/editor/context/watchedPaths.ts';
import { promptAgents } from '../../../src/estimator/context/agents.ts';
import { awaitedBy } from '../../../src/estimator/context/awaited.ts';
import type { Problem } from '../../../src/estimator/context/parts.ts';
import type { CountedPart } from '../../../src/workers/contextProtocol.ts';

const app = '/home/ann/app';

function part(path: string, problem: Problem): CountedPart {
  return {
    id: path,
    group: 'named',
    path,
    lines: null,
    reason: { kind: 'named', line: 1 },
    isSent: true,
    content: { kind: 'problem', problem },
    tokens: null,
    errorShare: 0,
    isIncluded: true,
  };
}

describe('the paths that are watched for a prompt', () => {
  const parts = [
    part(`${app}/src/a.ts`, 'late'),
    part(`${app}/gone.ts`, 'missing'),
    part('/mnt/nas/x.md', 'outOfReach'),
  ];
  const watched = (agent: keyof typeof promptAgents) =>
    toWatchedPaths([app], parts, awaitedBy(promptAgents[agent]), (path) => path);

  it('are the folders of the parts that are in reach', () => {
    assert.deepEqual(watched('claude-code').folders, [app, `${app}/src`]);
  });

  it('matter where they are parts, or what the agent loads by itself', () => {
    const paths = watched('claude-code');
    for (const name of ['src/a.ts', 'gone.ts', 'CLAUDE.md', '.claude', '.claude/rules/new.md']) {
      assert.equal(mattersTo(paths, `${app}/${name}`), true, name);
    }
    for (const name of ['src/b.ts', 'a.log', 'notes.txt']) {
      assert.equal(mattersTo(paths, `${app}/${name}`), false, name);
    }
  });

  it('matter all to an agent that sends whole folders', () => {
    assert.equal(mattersTo(watched('gemini-cli'), `${app}/src/b.ts`), true);
  });
});
