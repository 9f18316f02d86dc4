/** Budgets in the editor: the view of them, the clock in the status bar, the alerts and the commands. */

import { type Disposable, type LogOutputChannel, l10n, type Memento, window } from 'vscode';
import { agentNames } from '../../domain/agent.ts';
import type { SessionKey, Standing } from '../../domain/budget.ts';
import type { BudgetsOverview } from '../../workers/budgetProtocol.ts';
import { registerCommands } from '../commands.ts';
import { ContextKeySetter } from '../contextKeys.ts';
import type { Format } from '../format.ts';
import { guardStateOf, interruptProcess, processOf } from '../guard/guardCommands.ts';
import { Lifetime } from '../lifetime.ts';
import { withoutLinks } from '../plainText.ts';
import { sessionName } from '../sessions/sessionName.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { AlertNames } from './alertWords.ts';
import { BudgetAlerts } from './budgetAlerts.ts';
import { BudgetClock } from './budgetClock.ts';
import type { BudgetCommand, BudgetTarget } from './budgetCommands.ts';
import type { BudgetShape } from './budgetEntry.ts';
import { BudgetFeed } from './budgetFeed.ts';
import type { BudgetScene } from './budgetLook.ts';
import { budgetPlaces, mayPause } from './budgetPlaces.ts';
import { BudgetsView } from './budgetsView.ts';
import { settingsName, targetOfRow } from './budgetTargets.ts';
import { budgetName } from './budgetWords.ts';
import { FirstBudgetView } from './firstBudgetView.ts';
import { StopAlerts } from './stopAlerts.ts';

export interface BudgetsParts {
  readonly sessions: Sessions;
  readonly format: Format;
  /** Keeps what the user decided, for all windows. */
  readonly storage: Memento;
  readonly log: LogOutputChannel;
  /** Of what came with the extension. */
  readonly distFolder: string;
}

export class Budgets implements Disposable {
  readonly #parts: BudgetsParts;
  readonly #lifetime = new Lifetime();
  readonly #contextKeys = new ContextKeySetter();
  readonly #feed: BudgetFeed;
  readonly #view: BudgetsView;
  readonly #first: FirstBudgetView;
  readonly #clock: BudgetClock;

  constructor(parts: BudgetsParts) {
    const { sessions, format, storage, log } = parts;
    this.#parts = parts;
    this.#tellContext(budgetPlaces().some(({ entries }) => entries.length > 0));
    this.#feed = this.#lifetime.add(new BudgetFeed(sessions.ledger, log));
    this.#view = this.#lifetime.add(new BudgetsView(this.#feed, this.#scene()));
    this.#first = this.#lifetime.add(new FirstBudgetView({ ledger: sessions.ledger, storage, format }));
    this.#clock = this.#lifetime.add(new BudgetClock(format));
    this.#listen();
    for (const command of this.#registerCommands()) this.#lifetime.add(command);
  }

  /** Text of the clock; `undefined` while it is hidden. */
  get clockText(): string | undefined {
    return this.#clock.shown?.text;
  }

  /** See {@link BudgetsView.outline}. */
  outline(): string[] {
    return this.#view.outline();
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  #listen(): void {
    const { sessions, format } = this.#parts;
    const names: AlertNames = {
      nameOf: (standing) => this.#nameOf(standing),
      sessionName: (session) => this.#sessionName(session),
    };
    const run = (command: BudgetCommand, target: BudgetTarget) => this.#run(command, target);
    const alerts = this.#lifetime.add(new BudgetAlerts({ ...names, run }, format));
    const stops = new StopAlerts({
      ...names,
      guardStateOf,
      processOf: (session) => processOf(session, this.#parts),
      interrupt: (session, id) => interruptProcess(session, id, this.#parts),
      show: (session) => sessions.reveal(session),
    });
    this.#lifetime.add(
      sessions.ledger.onDidTellOfBudget(async (event) => {
        // A session that has just begun bears no name before it is loaded.
        await sessions.load();
        if (event.type === 'stopDidNotHold') void stops.tell(event.stop, Date.now());
        else alerts.warn(event);
      }),
    );
    this.#lifetime.add(this.#feed.onDidLoad((overview) => this.#show(overview)));
    this.#lifetime.add(sessions.onDidLoad(() => this.#redraw()));
  }

  /** Names of sessions may be known by now. */
  #redraw(): void {
    if (this.#feed.overview) this.#show(this.#feed.overview);
  }

  #show(overview: BudgetsOverview): void {
    this.#tellContext(overview.budgets.length > 0 || overview.wrong.length > 0);
    // Rows that bear no names yet would be seen to change.
    if (this.#parts.sessions.hasLoaded) this.#view.show(overview, this.#scene());
    this.#clock.show(overview, (standing) => this.#nameOf(standing));
  }

  #tellContext(hasBudgets: boolean): void {
    this.#contextKeys.set('tokenBurn.hasBudgets', hasBudgets ? 'yes' : 'no');
  }

  #scene(): BudgetScene {
    const places = budgetPlaces();
    return {
      format: this.#parts.format,
      nowMs: Date.now(),
      sessionOf: (key) => this.#parts.sessions.find(key),
      mayPause: (budget) => mayPause(budget, places),
      settingsName,
    };
  }

  /** The session's name where it is one session's, and else the budget's. */
  #nameOf({ budget, session }: Standing): string {
    const name = budgetName(budget, this.#parts.format);
    return session === null ? name : `${this.#sessionName(session)} (${name})`;
  }

  #sessionName(key: SessionKey): string {
    const { format, sessions } = this.#parts;
    const found = sessions.find(key);
    return found === undefined ? agentNames[key.agent] : withoutLinks(sessionName(found, format));
  }

  #registerCommands(): Disposable[] {
    const { sessions } = this.#parts;
    const run = (command: BudgetCommand) => (row?: unknown) => {
      const session = sessions.sessionOf(row);
      if (session === undefined) return this.#run(command, targetOfRow(this.#view.row(row)));
      const target = { session, ...(session.budget && { budget: session.budget.budget }) };
      return this.#run(command, target, sessions.shownLedger);
    };
    return registerCommands({
      'tokenBurn.addBudget': (row) => this.#add(this.#first.shapeOf(row)),
      'tokenBurn.turnDownSuggestion': (row) => this.#first.turnDown(row),
      'tokenBurn.editBudget': run('edit'),
      'tokenBurn.resetBudget': run('reset'),
      'tokenBurn.pauseBudget': run('pause'),
      'tokenBurn.resumeBudget': run('resume'),
      'tokenBurn.removeBudget': run('remove'),
      'tokenBurn.raiseBudget': run('raise'),
      'tokenBurn.stopSession': run('stop'),
      'tokenBurn.releaseSession': run('release'),
      'tokenBurn.snoozeBudgetAlerts': run('snooze'),
    });
  }

  #add(suggested: BudgetShape | undefined): Promise<void> {
    return this.#run('add', suggested === undefined ? {} : { suggested });
  }

  /**
   * The ledger may be away, and the settings may be damaged: then the command says so.
   *
   * @param ledger that the target is of: the machine's, or that of samples
   */
  async #run(
    command: BudgetCommand,
    target: BudgetTarget,
    ledger = this.#parts.sessions.ledger,
  ): Promise<void> {
    const { sessions, format } = this.#parts;
    try {
      const { runBudgetCommand } = await import('./budgetCommands.ts');
      const refresh = async () => {
        await sessions.configure();
        await this.#feed.refresh();
      };
      const isSample = ledger !== sessions.ledger;
      const newest = () => sessions.newest;
      const parts = { ledger, isSample, format, sessions: newest, guardStateOf, refresh };
      await runBudgetCommand(command, parts, target);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#parts.log.error(`Budgets: ${message}`);
      void window.showErrorMessage(l10n.t('That did not work: {0}', message));
    }
  }
}
