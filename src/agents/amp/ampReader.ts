/** Amp: a document a thread. New versions may leave none on the machine. */

import { expandHome, pathsOf } from '../folders.ts';
import type { LogFormat, LogRoot, Machine, Reader } from '../reader.ts';
import { readThread } from './thread.ts';

export const ampReader: Reader = {
  agent: 'amp',
  version: 4,
  roots,
  formatOf: (relativePath) => (/^T-[^/]+\.json$/.test(relativePath) ? thread : null),
};

const thread: LogFormat = { kind: 'document', read: (_log, document, sink) => readThread(document, sink) };

function roots(machine: Machine): readonly LogRoot[] {
  const data = machine.environment.XDG_DATA_HOME || expandHome(machine, '~/.local/share');
  return [{ path: pathsOf(machine).join(data, 'amp', 'threads'), isFlat: true }];
}
