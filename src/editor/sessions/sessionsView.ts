/** The sessions view: the tree with what stands around it. */

import { type Disposable, type TreeView, window } from 'vscode';
import { viewIds } from '../../contributions.ts';
import { noTotalsByAccount } from '../../domain/account.ts';
import type { SessionNode } from '../../ledger/views.ts';
import type { LedgerStatus, SessionRef } from '../../workers/ledgerProtocol.ts';
import type { Format } from '../format.ts';
import { Lifetime, Slot } from '../lifetime.ts';
import type { RowId } from '../rows/rows.ts';
import { type RowLooks, RowTree } from '../rows/rowTree.ts';
import { refusedRecords } from './ledgerProblems.ts';
import { lookOf } from './rowLook.ts';
import type { SessionFeed, Sight } from './sessionFeed.ts';
import { buildRows, type Row, sessionRowId } from './sessionRows.ts';
import { sessionTooltip } from './sessionTooltip.ts';
import { overBudgetBadge, viewDescription, viewMessage } from './viewSurroundings.ts';

const tickMs = 15_000;
const nothingYet: Sight = { page: { sessions: [], totalSessions: 0, plan: [] }, today: noTotalsByAccount };

/** A ledger's sessions as the view shows them. */
export interface Shown {
  readonly feed: SessionFeed;
  readonly status: () => LedgerStatus;
  readonly isSample: boolean;
}

export class SessionsView implements Disposable {
  readonly #lifetime = new Lifetime();
  readonly #following = this.#lifetime.add(new Slot());
  readonly #ticking = this.#lifetime.add(new Slot());
  readonly #tree: RowTree<Row>;
  readonly #view: TreeView<RowId>;
  readonly #format: Format;
  #shown: Shown | undefined;

  constructor(format: Format) {
    this.#format = format;
    this.#tree = this.#lifetime.add(new RowTree(looksAt(0, false, format)));
    this.#view = this.#lifetime.add(
      window.createTreeView(viewIds.sessions, { treeDataProvider: this.#tree, showCollapseAll: true }),
    );
    this.#lifetime.add(this.#view.onDidChangeVisibility(({ visible }) => this.#setVisible(visible)));
  }

  /** Draws the description that was stored when the window was last open, until the ledger answers. */
  showStored(description: string): void {
    this.#view.description = description;
  }

  show(shown: Shown): void {
    this.#shown?.feed.setWatched(false);
    this.#shown = shown;
    this.#following.hold(shown.feed.onDidLoad(() => this.draw()));
    this.#setVisible(this.#view.visible);
    this.draw();
  }

  /** Draws what the feed holds now, as it looks now. */
  draw(): void {
    if (this.#shown === undefined) return;
    const { feed, status, isSample } = this.#shown;
    this.#view.message = viewMessage(status(), isSample, this.#format, Date.now());
    const { page, today } = feed.sight ?? nothingYet;
    const refused = refusedRecords(status());
    const nowMs = Date.now();
    this.#tree.show(
      buildRows({ page, today: isSample ? null : today, refused }, nowMs),
      looksAt(nowMs, isSample, this.#format),
    );
    this.#view.badge = isSample ? undefined : overBudgetBadge(page.sessions);
    if (feed.sight) this.#view.description = viewDescription(today, isSample, this.#format);
  }

  /** The session that a row stands for; `undefined` for anything else. */
  sessionOf(row: unknown): SessionNode | undefined {
    const found = typeof row === 'string' ? this.#tree.row(row) : undefined;
    return found?.kind === 'session' ? found.session : undefined;
  }

  async reveal(session: SessionRef): Promise<void> {
    await this.#shown?.feed.refresh();
    await this.#view.reveal(sessionRowId(session), { select: true, focus: true, expand: true });
  }

  /** See {@link RowTree.outline}. */
  outline(): string[] {
    return this.#tree.outline();
  }

  dispose(): void {
    this.#shown?.feed.setWatched(false);
    this.#lifetime.dispose();
  }

  #setVisible(isVisible: boolean): void {
    this.#shown?.feed.setWatched(isVisible);
    this.#ticking.dispose();
    if (!isVisible) return;
    const timer = setInterval(() => this.#tick(), tickMs);
    this.#ticking.hold({ dispose: () => clearInterval(timer) });
  }

  /** Times grow old by themselves; whether a session still runs only the ledger can tell. */
  #tick(): void {
    const feed = this.#shown?.feed;
    if (feed?.sight?.page.sessions.some(({ isRunning }) => isRunning)) void feed.refresh();
    else this.draw();
  }
}

function looksAt(nowMs: number, isSample: boolean, format: Format): RowLooks<Row> {
  return {
    lookOf: (row) => lookOf(row, format, nowMs),
    tooltipOf: (row) => (row.kind === 'session' ? sessionTooltip(row.session, isSample, format) : undefined),
  };
}
