/** What the ledger's status says, in the log: once for each change, paths and numbers alone. */

import type { LogOutputChannel } from 'vscode';
import type { LedgerStatus } from '../../workers/ledgerProtocol.ts';
import type { Format } from '../format.ts';
import { folderLines, problemSentences } from './ledgerProblems.ts';

export class LedgerReport {
  readonly #log: LogOutputChannel;
  readonly #format: Format;
  #folders = '';
  #problems = '';

  constructor(log: LogOutputChannel, format: Format) {
    this.#log = log;
    this.#format = format;
  }

  note(status: LedgerStatus): void {
    const problems = problemSentences(status, this.#format, Date.now()).join('\n');
    if (problems !== '' && problems !== this.#problems) this.#log.warn(problems);
    this.#problems = problems;
    if (status.phase === 'scanning') return;
    const folders = folderLines(status).join('\n');
    if (folders !== this.#folders) this.#log.info(folders);
    this.#folders = folders;
  }
}
