/** Budgets in the editor: the view of them, the clock in the status bar, the alerts and the commands. */

import { basename } from 'node:path';
import { type Disposable, type LogOutputChannel, l10n, type Memento, window } from 'vscode';
import type { SessionKey, Standing } from '../../domain/budget.ts';
import type { BudgetsOverview } from '../../workers/budgetProtocol.ts';
import { registerCommands } from '../commands.ts';
import { ContextKeySetter } from '../contextKeys.ts';
import type { Format } from '../format.ts';
import { Lifetime } from '../lifetime.ts';
import { withoutLinks } from '../plainText.ts';
import { sessionName } from '../sessions/sessionName.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { BudgetAlerts } from './budgetAlerts.ts';
import { BudgetClock } from './budgetClock.ts';
import type { BudgetCommand, BudgetTarget } from './budgetCommands.ts';
import { BudgetFeed } from './budgetFeed.ts';
import type { BudgetScene } from './budgetLook.ts';
import { budgetPlaces } from './budgetPlaces.ts';
import type { BudgetRow } from './budgetRows.ts';
import { BudgetsView } from './budgetsView.ts';
import { budgetName } from './budgetWords.ts';
import { StopWatch } from './stopWatch.ts';

export interface BudgetsParts {
  readonly sessions: Sessions;
  readonly format: Format;
  readonly log: LogOutputChannel;
  /** Shared by all windows. */
  readonly storage: Memento;
}

export class Budgets implements Disposable {
  readonly #parts: BudgetsParts;
  readonly #lifetime = new Lifetime();
  readonly #contextKeys = new ContextKeySetter();
  readonly #feed: BudgetFeed;
  readonly #view: BudgetsView;
  readonly #clock: BudgetClock;

  constructor(parts: BudgetsParts) {
    const { sessions, format, log } = parts;
    this.#parts = parts;
    this.#contextKeys.set(
      'tokenBurn.hasBudgets',
      budgetPlaces().some(({ entries }) => entries.length > 0),
    );
    this.#feed = this.#lifetime.add(new BudgetFeed(sessions.ledger, log));
    this.#view = this.#lifetime.add(new BudgetsView(this.#feed, this.#scene()));
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
    const { sessions, format, storage } = this.#parts;
    const alerts = this.#lifetime.add(
      new BudgetAlerts(
        {
          run: (command, target) => this.#run(command, target),
          nameOf: (standing) => this.#nameOf(standing),
        },
        format,
      ),
    );
    const stops = new StopWatch(storage, format, (session) => void sessions.reveal(session));
    this.#lifetime.add(sessions.ledger.onDidCrossBudget((crossing) => alerts.warn(crossing)));
    this.#lifetime.add(sessions.onDidLoad(({ page }) => stops.look(page.sessions)));
    this.#lifetime.add(this.#feed.onDidLoad((overview) => this.#show(overview)));
  }

  #show(overview: BudgetsOverview): void {
    const isAny = overview.budgets.length > 0 || overview.wrong.length > 0;
    this.#contextKeys.set('tokenBurn.hasBudgets', isAny);
    this.#view.show(overview, this.#scene());
    this.#clock.show(overview, (standing) => this.#nameOf(standing));
  }

  #scene(): BudgetScene {
    return {
      format: this.#parts.format,
      nowMs: Date.now(),
      sessionOf: (key) => this.#parts.sessions.find(key),
      settingsName,
    };
  }

  /** The session's name where it is one session's, and else the budget's. */
  #nameOf({ budget, session }: Standing): string {
    const { format, sessions } = this.#parts;
    const found = session === null ? undefined : sessions.find(session);
    const name = budgetName(budget, format);
    return found === undefined ? name : `${withoutLinks(sessionName(found, format))} (${name})`;
  }

  #registerCommands(): Disposable[] {
    const run = (command: BudgetCommand) => (row?: unknown) => this.#run(command, this.#targetOf(row));
    return registerCommands({
      'tokenBurn.addBudget': run('add'),
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

  #targetOf(row: unknown): BudgetTarget {
    const session = this.#parts.sessions.sessionOf(row);
    if (session !== undefined) return { session, ...(session.budget && { budget: session.budget.budget }) };
    return targetOfRow(this.#view.row(row));
  }

  /** The ledger may be away, and the settings may be damaged: then the command says so. */
  async #run(command: BudgetCommand, target: BudgetTarget): Promise<void> {
    const { sessions, format } = this.#parts;
    try {
      const { runBudgetCommand } = await import('./budgetCommands.ts');
      const refresh = async () => {
        await sessions.configure();
        await this.#feed.refresh();
      };
      const parts = { ledger: sessions.shownLedger, format, sessions: () => sessions.newest, refresh };
      await runBudgetCommand(command, parts, target);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#parts.log.error(`Budgets: ${message}`);
      void window.showErrorMessage(l10n.t('That did not work: {0}', message));
    }
  }
}

function targetOfRow(row: BudgetRow | undefined): BudgetTarget {
  switch (row?.kind) {
    case 'budget':
      return { budget: row.standing.budget };
    case 'each':
    case 'paused':
      return { budget: row.budget };
    case 'session':
      return { budget: row.standing.budget, session: row.session };
    default:
      return {};
  }
}

/** A source is the folder of the settings: that of a folder that is open, or the user's own. */
function settingsName(source: string): string {
  const place = budgetPlaces().find(({ folder }) => folder === source);
  return place === undefined
    ? l10n.t('your settings')
    : l10n.t('settings of {0}', withoutLinks(place.name ?? basename(source)));
}

export type { SessionKey };
