/** One sentence for each thing that keeps the ledger from its work: what is wrong, and what to do about it. */

import { l10n } from 'vscode';
import { agentNames } from '../../domain/agent.ts';
import type { LedgerProblem, LogFolder } from '../../ledger/views.ts';
import type { LedgerStatus } from '../../workers/ledgerProtocol.ts';
import type { Format } from '../format.ts';
import { faultSentence } from '../prices/priceFaults.ts';

export function problemSentences(
  { problems, folders }: LedgerStatus,
  format: Format,
  nowMs: number,
): string[] {
  return [
    ...problems.map((problem) => problemSentence(problem, format, nowMs)),
    ...folders.filter(({ state }) => state === 'unreadable').map(unreadableSentence),
  ];
}

function problemSentence(problem: LedgerProblem, format: Format, nowMs: number): string {
  switch (problem.kind) {
    case 'noSqlite':
      return l10n.t(
        'Sessions cannot be shown: this VS Code has no SQLite ({0}). Update VS Code; token counts work meanwhile.',
        problem.detail,
      );
    case 'folderNotWritable':
      return l10n.t(
        'Nothing can be kept in {0} ({1}). Sessions are read anew in each window until the folder can be written to or another is set in "tokenBurn.ledger.folder".',
        problem.path,
        withoutCall(problem.detail),
      );
    case 'diskFull':
      return l10n.t(
        'The disk that holds {0} is full. Free some space: what was read last will be read again, nothing is lost.',
        problem.path,
      );
    case 'damaged':
      return l10n.t(
        'The ledger was damaged and is being built again from the logs. Receipts saved from it: {0}. The damaged file is kept at {1}.',
        format.count(problem.rescued),
        problem.movedTo,
      );
    case 'clockSetBack':
      return l10n.t(
        'The newest receipt is dated {0}, which is still to come. Check the clock of this machine.',
        format.moment(nowMs + problem.aheadMs),
      );
    case 'wrongPrices':
      return l10n.t(
        'Left out of the prices in "tokenBurn.prices": {0}',
        problem.wrong.map((wrong) => faultSentence(wrong)).join(' '),
      );
    case 'portTaken':
      return l10n.t(
        'Claude Code’s telemetry does not arrive: another program has port {0}. End it, or run “Stop Counting Claude Code Exactly” and then “Count Claude Code Exactly…”, which takes another port.',
        String(problem.port),
      );
    case 'newerLedger':
      return l10n.t(
        'The ledger in {0} was written by a newer version of Token Burn. Update this one to see it.',
        problem.path,
      );
  }
}

/** An error of the file system without the call and the path that end it: `ENOTDIR: not a directory, mkdir '/a/b'`. */
function withoutCall(message: string): string {
  return message.replace(/, \w+ '.*'$/, '');
}

function unreadableSentence({ agent, path }: LogFolder): string {
  return l10n.t(
    'The logs of {0} in {1} cannot be read. Give yourself permission to read that folder.',
    agentNames[agent],
    path,
  );
}

/** All records that no reader could take. */
export function refusedRecords({ folders }: LedgerStatus): number {
  return folders
    .flatMap(({ refused }) => Object.values(refused))
    .reduce((sum: number, count) => sum + count, 0);
}

/** Where was looked and what was found, for the log: paths and numbers alone. */
export function folderLines({ folders }: LedgerStatus): string[] {
  return folders.map(({ agent, path, state, files, refused }) => {
    const refusals = Object.entries(refused).map(([reason, count]) => `, ${reason}: ${count}`);
    return `${agentNames[agent]}, ${path}: ${state}, files: ${files}${refusals.join('')}`;
  });
}
