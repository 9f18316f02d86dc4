/**
 * Codex: one rollout file a thread, below `sessions` by date and flat below `archived_sessions`. OpenClaw gives each of its
 * agents a home of Codex, too.
 */

import { expandHome, listFolders, pathsOf, waysDown } from '../folders.ts';
import { agentFolders } from '../openclaw/agentFolders.ts';
import type { JsonValue, LineFormat, LogFile, LogRoot, Machine, Reader } from '../reader.ts';
import type { Memory } from './memory.ts';
import { RolloutParser } from './rolloutParser.ts';

export const codexReader: Reader = {
  agent: 'codex',
  version: 4,
  roots,
  /** Plain rollouts, and the compressed twins that replace them after some idle days. */
  formatOf(relativePath) {
    const extension = /(?:^|\/)rollout-[^/]*\.jsonl(\.zst)?$/.exec(relativePath);
    if (extension === null) return null;
    return extension[1] === undefined ? rollout : compressedRollout;
  },
  /** What else an agent of OpenClaw has below its folder is its own: its work, for one. */
  mayHoldLogs: (relativePath, root = '') => !/[\\/]agents$/.test(root) || toRollouts.test(relativePath),
};

const rolloutFolders = ['sessions', 'archived_sessions'];

/** The way down to the rollouts of an agent of OpenClaw, whose home of Codex lies deep in its folder, and all below. */
const toRollouts = new RegExp(
  `^[^/]+(?:/agent(?:/codex-home(?:/(?:${rolloutFolders.join('|')})(?:/.*)?)?)?)?$`,
);

const rollout: LineFormat = {
  kind: 'lines',
  open(log: LogFile, saved?: JsonValue) {
    // What the same version of this reader saved needs no check.
    return new RolloutParser(threadIdOf(log.relativePath), saved as Memory | undefined);
  },
};

const compressedRollout: LineFormat = { ...rollout, compression: 'zstd' };

/** Codex takes one folder in its variable; a comma list is common among tools. */
function roots(machine: Machine): readonly LogRoot[] {
  const homes = listFolders(machine, 'CODEX_HOME') ?? [expandHome(machine, '~/.codex')];
  const paths = pathsOf(machine);
  const folders = homes.flatMap((home) => rolloutFolders.map((name) => paths.join(home, name)));
  return [
    ...[...new Set(folders)].map((path) => ({ path })),
    ...agentFolders(machine).map((path) => ({ path, watched: rolloutsOfAgents })),
  ];
}

/** The way to rollouts below a folder of agents of OpenClaw: all else that changes there is its own reader's. */
const rolloutsOfAgents = [
  ...waysDown('*/agent/codex-home/sessions/*/*/*/*'),
  '*/agent/codex-home/archived_sessions',
  '*/agent/codex-home/archived_sessions/*',
];

/** The id in a file name, for a file that does not say it itself. */
function threadIdOf(relativePath: string): string {
  const stem = (relativePath.split('/').at(-1) ?? '').replace(/^rollout-|\.jsonl(?:\.zst)?$/g, '');
  return /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(stem)?.[0] ?? stem;
}
