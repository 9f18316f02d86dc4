/** The budgets view: the tree, with how many budgets are spent on its icon. */

import { type Disposable, l10n, type TreeView, type ViewBadge, window } from 'vscode';
import { viewIds } from '../../contributions.ts';
import type { BudgetsOverview } from '../../workers/budgetProtocol.ts';
import { Lifetime } from '../lifetime.ts';
import type { RowId } from '../rows/rows.ts';
import { type RowLooks, RowTree } from '../rows/rowTree.ts';
import type { BudgetFeed } from './budgetFeed.ts';
import { type BudgetScene, budgetLookOf } from './budgetLook.ts';
import { type BudgetRow, buildBudgetRows } from './budgetRows.ts';
import { standingTooltip } from './budgetTooltip.ts';

export class BudgetsView implements Disposable {
  readonly #lifetime = new Lifetime();
  readonly #tree: RowTree<BudgetRow>;
  readonly #view: TreeView<RowId>;

  constructor(feed: BudgetFeed, scene: BudgetScene) {
    this.#tree = this.#lifetime.add(new RowTree(looksIn(scene, 0)));
    this.#view = this.#lifetime.add(
      window.createTreeView(viewIds.budgets, { treeDataProvider: this.#tree, showCollapseAll: true }),
    );
    this.#lifetime.add(this.#view.onDidChangeVisibility(({ visible }) => feed.setWatched(visible)));
    feed.setWatched(this.#view.visible);
  }

  show(overview: BudgetsOverview, scene: BudgetScene): void {
    this.#tree.show(buildBudgetRows(overview), looksIn(scene, overview.rateWindowMs));
    this.#view.badge = overBadge(overview);
    this.#view.description = snoozeText(overview, scene);
  }

  /** The row of the id; `undefined` for anything else. */
  row(id: unknown): BudgetRow | undefined {
    return typeof id === 'string' ? this.#tree.row(id) : undefined;
  }

  /** See {@link RowTree.outline}. */
  outline(): string[] {
    return this.#tree.outline();
  }

  dispose(): void {
    this.#lifetime.dispose();
  }
}

function looksIn(scene: BudgetScene, rateWindowMs: number): RowLooks<BudgetRow> {
  return {
    lookOf: (row) => budgetLookOf(row, scene),
    tooltipOf: (row) => {
      if (row.kind !== 'budget' && row.kind !== 'session') return undefined;
      return standingTooltip(budgetLookOf(row, scene).label, row.standing, rateWindowMs, scene);
    },
  };
}

/** That nothing is told aloud for now; nothing where it is. */
function snoozeText({ snoozes }: BudgetsOverview, { format }: BudgetScene): string {
  const all = snoozes.find(({ budget }) => budget === null);
  return all === undefined ? '' : l10n.t('snoozed until {0}', format.shortMoment(all.untilMs));
}

/** Sessions over their budgets are on the badge of the sessions view. */
function overBadge({ standings }: BudgetsOverview): ViewBadge | undefined {
  const over = standings.filter(({ budget, session, level }) => {
    return session === null && !budget.isPaused && level === 'over';
  }).length;
  return over === 0 ? undefined : { value: over, tooltip: l10n.t('Budgets that are spent: {0}', over) };
}
