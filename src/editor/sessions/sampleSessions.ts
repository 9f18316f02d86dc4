/** Sample sessions for a machine without any: hand-made logs, read by a ledger of their own that keeps nothing. */

import { join } from 'node:path';
import type { Disposable, LogOutputChannel } from 'vscode';
import { agentIds } from '../../domain/agent.ts';
import type { Thread } from '../../workers/client.ts';
import type { LedgerOptions, LedgerSettings } from '../../workers/ledgerProtocol.ts';
import { LedgerClient } from './ledgerClient.ts';
import { readLedgerSettings, thisMachine } from './ledgerSettings.ts';
import { toRecent } from './recentPage.ts';
import { SessionFeed } from './sessionFeed.ts';

/** So that there is a budget to see; the user's own may be far from what samples cost. */
const sampleBudgets = [{ per: 'session', limit: 0.35 }];

export class SampleSessions implements Disposable {
  readonly ledger: LedgerClient;
  readonly feed: SessionFeed;

  /** @param mediaFolder where the package keeps its media */
  constructor(start: () => Thread, mediaFolder: string, log: LogOutputChannel) {
    this.ledger = new LedgerClient(start, log);
    this.feed = new SessionFeed(this.ledger, log, (page) => toRecent(page, Date.now()));
    this.ledger.open(sampleOptions(join(mediaFolder, 'samples')), sampleSettings());
  }

  dispose(): void {
    this.feed.dispose();
    this.ledger.dispose();
  }
}

/** What other agents have logged on this machine is no sample. */
const noFolders = Object.fromEntries(agentIds.map((agent) => [agent, []]));

function sampleOptions(folder: string): LedgerOptions {
  return {
    machine: thisMachine(),
    dataFolder: null,
    logFolders: {
      ...noFolders,
      'claude-code': [join(folder, 'claude-code', 'projects')],
      codex: [join(folder, 'codex', 'sessions')],
    },
  };
}

function sampleSettings(): LedgerSettings {
  const budgets = [{ source: 'samples', project: null, value: sampleBudgets }];
  return { ...readLedgerSettings(''), budgets };
}
