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

/** Without a budget of the user's, the samples have one, so that there is one to see. */
const sampleBudgets = [{ per: 'session', limit: 0.35 }];

export class SampleSessions implements Disposable {
  readonly ledger: LedgerClient;
  readonly feed: SessionFeed;

  /**
   * @param mediaFolder where the package keeps its media
   * @param userFolder where this editor keeps what belongs to its user
   */
  constructor(start: () => Thread, mediaFolder: string, userFolder: string, log: LogOutputChannel) {
    this.ledger = new LedgerClient(start, log);
    this.feed = new SessionFeed(this.ledger, log, (page) => toRecent(page, Date.now()));
    this.ledger.open(sampleOptions(join(mediaFolder, 'samples')), sampleSettings(userFolder));
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

function sampleSettings(userFolder: string): LedgerSettings {
  const settings = readLedgerSettings(userFolder);
  const own = settings.budgets.find(({ project }) => project === null);
  const hasBudgets = Array.isArray(own?.value) && own.value.length > 0;
  const samples = { source: userFolder, project: null, value: sampleBudgets };
  return { ...settings, budgets: own && hasBudgets ? [own] : [samples] };
}
