/** Sessions in the editor: the machine's ledger, the view of it, the watchers that keep it fresh, and the samples. */

import { type Disposable, type LogOutputChannel, type Memento, workspace } from 'vscode';
import { folderSettings } from '../../contributions.ts';
import type { SessionNode } from '../../ledger/views.ts';
import type { Thread } from '../../workers/client.ts';
import type { LedgerStatus, SessionRef } from '../../workers/ledgerProtocol.ts';
import { registerCommands } from '../commands.ts';
import type { AgentInUse } from '../context/agentInUse.ts';
import { ContextKeySetter } from '../contextKeys.ts';
import { startOfDay } from '../days.ts';
import type { ModelInUse } from '../estimate/modelInUse.ts';
import type { Format } from '../format.ts';
import { Lifetime, Slot } from '../lifetime.ts';
import { onSettingChange } from '../settings.ts';
import { LedgerClient } from './ledgerClient.ts';
import { LedgerReport } from './ledgerReport.ts';
import { readLedgerOptions, readLedgerSettings } from './ledgerSettings.ts';
import { LogWatchers } from './logWatchers.ts';
import { SampleSessions } from './sampleSessions.ts';
import { ScanProgress } from './scanProgress.ts';
import { SessionFeed, type Sight } from './sessionFeed.ts';
import { SessionMemory } from './sessionMemory.ts';
import { SessionsView } from './sessionsView.ts';
import { viewDescription } from './viewSurroundings.ts';

export interface SessionsParts {
  readonly startLedger: () => Thread;
  /** Where the package keeps its media. */
  readonly mediaFolder: string;
  /** Where this editor keeps what belongs to its user. */
  readonly userFolder: string;
  readonly storage: Memento;
  readonly model: ModelInUse;
  readonly agent: AgentInUse;
  readonly format: Format;
  readonly log: LogOutputChannel;
}

export class Sessions implements Disposable {
  readonly #parts: SessionsParts;
  readonly #lifetime = new Lifetime();
  readonly #contextKeys = new ContextKeySetter();
  readonly #sampleSlot = this.#lifetime.add(new Slot());
  readonly #progress = this.#lifetime.add(new ScanProgress());
  readonly #ledger: LedgerClient;
  readonly #feed: SessionFeed;
  readonly #view: SessionsView;
  readonly #watchers: LogWatchers;
  readonly #memory: SessionMemory;
  readonly #report: LedgerReport;
  #samples: SampleSessions | undefined;
  #phase: LedgerStatus['phase'] | undefined;
  #hadSessions = false;

  constructor(parts: SessionsParts) {
    const { log, format } = parts;
    this.#parts = parts;
    this.#memory = this.#lifetime.add(new SessionMemory(parts.storage));
    this.#report = new LedgerReport(log, format);
    this.#ledger = this.#lifetime.add(new LedgerClient(parts.startLedger, log));
    this.#feed = this.#lifetime.add(new SessionFeed(this.#ledger, log));
    this.#view = this.#lifetime.add(new SessionsView(format));
    this.#watchers = this.#lifetime.add(
      new LogWatchers((paths) => this.#attempt(this.#ledger.logsChanged(paths))),
    );
    this.#drawStored();
    this.#listen();
    for (const command of this.#registerCommands()) this.#lifetime.add(command);
  }

  /** Opens the ledger; called again, opens what the settings say now. */
  open(): void {
    const { userFolder } = this.#parts;
    this.#ledger.open(readLedgerOptions(userFolder), readLedgerSettings(userFolder));
  }

  /** The ledger of this machine. */
  get ledger(): LedgerClient {
    return this.#ledger;
  }

  /** The ledger whose sessions are shown: the machine's, or that of the samples. */
  get shownLedger(): LedgerClient {
    return this.#shown.ledger;
  }

  /** The newest sessions of the machine. */
  get newest(): readonly SessionNode[] {
    return this.#feed.sight?.page.sessions ?? [];
  }

  /** Loads them now, so that those which have just begun are known. */
  load(): Promise<void> {
    return this.#feed.refresh();
  }

  /** Whether they were loaded at all. */
  get hasLoaded(): boolean {
    return this.#feed.sight !== undefined;
  }

  /** The newest sessions of the machine were loaded. */
  get onDidLoad(): SessionFeed['onDidLoad'] {
    return this.#feed.onDidLoad;
  }

  get status(): LedgerStatus {
    return this.#ledger.status;
  }

  /** One of the newest sessions of the machine; `undefined` for another. */
  find({ agent, key }: SessionRef): SessionNode | undefined {
    return this.newest.find((session) => session.agent === agent && session.key === key);
  }

  /** See {@link SessionsView.sessionOf}. */
  sessionOf(row: unknown): SessionNode | undefined {
    return this.#view.sessionOf(row);
  }

  async reveal(session: SessionRef): Promise<void> {
    this.#hideSamples();
    await this.#view.reveal(session);
  }

  /** Resolves when the ledger goes by what the settings say now, and the sessions are drawn so. */
  async configure(): Promise<void> {
    await this.#ledger.configure(readLedgerSettings(this.#parts.userFolder));
    await this.#feed.refresh();
    if (this.#samples !== undefined) await this.#samples.feed.refresh();
  }

  /** See {@link SessionsView.outline}. */
  outline(): string[] {
    return this.#view.outline();
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  #drawStored(): void {
    const snapshot = this.#memory.recall();
    this.#contextKeys.set('tokenBurn.ledger', 'starting');
    this.#contextKeys.set('tokenBurn.showsSamples', false);
    this.#contextKeys.set('tokenBurn.hasSessions', snapshot?.hasSessions ?? false);
    if (snapshot?.lastModel) this.#parts.model.noteLastUsed(snapshot.lastModel);
    if (snapshot?.dayStartMs === startOfDay(new Date(), 0)) this.#view.showStored(snapshot.description);
    this.#showOwn();
  }

  #listen(): void {
    this.#lifetime.add(this.#ledger.onDidChangeStatus((status) => this.#takeStatus(status)));
    this.#lifetime.add(this.#feed.onDidLoad((sight) => this.#takeSight(sight)));
    this.#lifetime.add(
      onSettingChange(
        [
          'tokenBurn.ledger.folder',
          'tokenBurn.agents.read',
          'tokenBurn.agents.wslHomes',
          ...Object.values(folderSettings),
        ],
        () => this.open(),
      ),
    );
    this.#lifetime.add(workspace.onDidChangeWorkspaceFolders(() => this.open()));
    this.#lifetime.add(
      onSettingChange(['tokenBurn.budgets', 'tokenBurn.prices', 'tokenBurn.agents.accounts'], () =>
        this.#attempt(this.configure()),
      ),
    );
  }

  #registerCommands(): Disposable[] {
    return registerCommands({
      'tokenBurn.refreshSessions': () => this.#refresh(),
      'tokenBurn.showOlderSessions': () => this.#shown.feed.showOlder(),
      'tokenBurn.showSampleSessions': () => this.#showSamples(),
      'tokenBurn.hideSampleSessions': () => this.#hideSamples(),
    });
  }

  get #shown(): { readonly ledger: LedgerClient; readonly feed: SessionFeed } {
    return this.#samples ?? { ledger: this.#ledger, feed: this.#feed };
  }

  #takeStatus(status: LedgerStatus): void {
    this.#report.note(status);
    this.#watchers.follow(status.folders.filter(({ isForeign }) => !isForeign));
    this.#progress.show(status);
    this.#view.draw();
    if (status.phase !== this.#phase) void this.#feed.refresh().then(() => this.#tellContext());
    this.#phase = status.phase;
  }

  #takeSight(sight: Sight): void {
    const { page, today } = sight;
    const [lastModel] = page.sessions[0]?.models ?? [];
    const hasSessions = page.totalSessions > 0;
    const description = viewDescription(today, false, this.#parts.format);
    this.#parts.model.noteLastUsed(lastModel);
    this.#parts.agent.noteSessions(page.sessions);
    this.#memory.remember({ dayStartMs: startOfDay(new Date(), 0), description, hasSessions, lastModel });
    // Samples make way for the first session of the machine, but not for each change of those that are there.
    if (hasSessions && !this.#hadSessions) this.#hideSamples();
    this.#hadSessions = hasSessions;
    this.#tellContext();
  }

  #tellContext(): void {
    const { phase } = this.#ledger.status;
    const sight = this.#feed.sight;
    if (sight) this.#contextKeys.set('tokenBurn.hasSessions', sight.page.totalSessions > 0);
    if (phase === 'unavailable') this.#contextKeys.set('tokenBurn.ledger', 'unavailable');
    else if (phase !== 'scanning' && sight) this.#contextKeys.set('tokenBurn.ledger', 'ready');
    else this.#contextKeys.set('tokenBurn.ledger', 'starting');
  }

  async #refresh(): Promise<void> {
    const { ledger, feed } = this.#shown;
    if (ledger.status.phase === 'unavailable') return this.open();
    await ledger.rescan();
    await feed.refresh();
  }

  #showSamples(): void {
    const { startLedger, mediaFolder, log } = this.#parts;
    const samples = new SampleSessions(startLedger, mediaFolder, log);
    this.#sampleSlot.hold(samples);
    this.#samples = samples;
    this.#view.show({ feed: samples.feed, status: () => samples.ledger.status, isSample: true });
    this.#contextKeys.set('tokenBurn.showsSamples', true);
  }

  #hideSamples(): void {
    if (this.#samples === undefined) return;
    this.#samples = undefined;
    this.#sampleSlot.dispose();
    this.#showOwn();
    this.#contextKeys.set('tokenBurn.showsSamples', false);
  }

  #showOwn(): void {
    this.#view.show({ feed: this.#feed, status: () => this.#ledger.status, isSample: false });
  }

  #attempt(work: Promise<unknown>): void {
    work.catch((error: Error) => this.#parts.log.debug(`The ledger did not answer: ${error.message}`));
  }
}
