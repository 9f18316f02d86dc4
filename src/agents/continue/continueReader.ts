/** Continue: a document a session, a list of them, and its own counts of what models were asked. */

import { expandHome } from '../folders.ts';
import type { LogFormat, LogRoot, Machine, Reader } from '../reader.ts';
import { GeneratedParser } from './generatedParser.ts';
import { readSession } from './session.ts';
import { readSessionList } from './sessionList.ts';

export const continueReader: Reader = { agent: 'continue', version: 3, roots, formatOf, mayHoldLogs };

const session: LogFormat = { kind: 'document', read: readSession };
const sessionList: LogFormat = {
  kind: 'document',
  read: (_log, document, sink) => readSessionList(document, sink),
};
const generated: LogFormat = { kind: 'lines', open: () => new GeneratedParser() };

/** The database beside the counts holds the same counts once more. */
function formatOf(relativePath: string): LogFormat | null {
  if (/(?:^|\/)tokensGenerated\.jsonl$/.test(relativePath)) return generated;
  const name = /^sessions\/([^/]+)\.json$/.exec(relativePath)?.[1];
  if (name === undefined) return null;
  return name === 'sessions' ? sessionList : session;
}

function mayHoldLogs(relativePath: string): boolean {
  return /^(?:sessions|dev_data(?:\/[^/]+)?)$/.test(relativePath);
}

function roots(machine: Machine): readonly LogRoot[] {
  const path = expandHome(machine, machine.environment.CONTINUE_GLOBAL_DIR || '~/.continue');
  return [
    {
      path,
      watched: ['sessions', 'sessions/*', 'dev_data', 'dev_data/*', 'dev_data/*/tokensGenerated.jsonl'],
    },
  ];
}
