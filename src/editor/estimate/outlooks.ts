/** What prompts turned into before, asked of the ledger when it is first needed and again when the ledger has changed. */

import { type Disposable, EventEmitter, type LogOutputChannel } from 'vscode';
import type { Outlook } from '../../domain/outlook.ts';
import type { OutlookParams } from '../../workers/ledgerProtocol.ts';
import { Lifetime } from '../lifetime.ts';
import type { LedgerClient } from '../sessions/ledgerClient.ts';

/** Ranges over dozens of sessions do not move within a minute. */
const freshMs = 60_000;

interface Known {
  readonly key: string;
  readonly askedMs: number;
  outlook: Outlook | null;
  isStale: boolean;
}

export class Outlooks implements Disposable {
  readonly #lifetime = new Lifetime();
  readonly #changed = this.#lifetime.add(new EventEmitter<void>());
  readonly #ledger: LedgerClient;
  readonly #log: LogOutputChannel;
  #known: Known | undefined;
  /** There is another answer for the question asked last. */
  readonly onDidChange = this.#changed.event;

  constructor(ledger: LedgerClient, log: LogOutputChannel) {
    this.#ledger = ledger;
    this.#log = log;
    this.#lifetime.add(
      ledger.onDidChange(() => {
        if (this.#known) this.#known.isStale = true;
      }),
    );
  }

  /** What is known by now; `null` while nothing is. Only the answer to the last question is kept. */
  of(params: OutlookParams): Outlook | null {
    const key = JSON.stringify(params);
    if (this.#known?.key !== key) this.#ask(key, params, null);
    else if (this.#known.isStale && Date.now() - this.#known.askedMs >= freshMs) {
      this.#ask(key, params, this.#known.outlook);
    }
    return this.#known?.outlook ?? null;
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  #ask(key: string, params: OutlookParams, outlook: Outlook | null): void {
    const asked: Known = { key, askedMs: Date.now(), outlook, isStale: false };
    this.#known = asked;
    this.#ledger.outlook(params).then(
      (answer) => {
        asked.outlook = answer;
        if (this.#known === asked && (answer.reply || answer.session || outlook)) this.#changed.fire();
      },
      (error: Error) => {
        asked.isStale = true;
        this.#log.debug(`No outlook: ${error.message}`);
      },
    );
  }
}
