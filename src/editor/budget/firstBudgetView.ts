/** Where budgets will stand, while there is none: a closed section of the side bar, with what the past suggests in it. */

import { type Disposable, l10n, type Memento, type TreeView, window } from 'vscode';
import { viewIds } from '../../contributions.ts';
import type { Format } from '../format.ts';
import { Lifetime } from '../lifetime.ts';
import type { RowLook } from '../rows/rowLook.ts';
import { type RowId, type RowPlace, topLevel, toRows } from '../rows/rows.ts';
import { type RowLooks, RowTree } from '../rows/rowTree.ts';
import type { LedgerClient } from '../sessions/ledgerClient.ts';
import { SingleFlight } from '../singleFlight.ts';
import { amountText } from './amountWords.ts';
import { type BudgetShape, perOf } from './budgetEntry.ts';
import { spanName } from './budgetWords.ts';
import { loadSuggested, type SuggestedBudget, turnDown } from './suggestedBudgets.ts';
import { suggestionReason } from './suggestion.ts';

export interface FirstBudgetParts {
  readonly ledger: LedgerClient;
  /** Keeps what was turned down. */
  readonly storage: Memento;
  readonly format: Format;
}

type SuggestionRow = RowPlace & SuggestedBudget;

export class FirstBudgetView implements Disposable {
  readonly #parts: FirstBudgetParts;
  readonly #lifetime = new Lifetime();
  readonly #tree: RowTree<SuggestionRow>;
  readonly #view: TreeView<RowId>;
  readonly #flight = new SingleFlight(() => this.#load());

  constructor(parts: FirstBudgetParts) {
    this.#parts = parts;
    this.#tree = this.#lifetime.add(new RowTree(looksIn(parts.format)));
    this.#view = this.#lifetime.add(
      window.createTreeView(viewIds.firstBudget, { treeDataProvider: this.#tree }),
    );
    this.#lifetime.add(this.#view.onDidChangeVisibility(() => this.#refresh()));
    // The past is whole once the logs have been read.
    this.#lifetime.add(parts.ledger.onDidChangeStatus(({ phase }) => phase === 'ready' && this.#refresh()));
    this.#refresh();
  }

  /** What the row suggests; `undefined` for anything else. */
  shapeOf(row: unknown): BudgetShape | undefined {
    return typeof row === 'string' ? this.#tree.row(row)?.shape : undefined;
  }

  /** @param row the one that is selected, where none is given */
  async turnDown(row: unknown): Promise<void> {
    const shape = this.shapeOf(row ?? this.#view.selection[0]);
    if (shape === undefined) return;
    await turnDown(this.#parts.storage, shape);
    await this.#flight.run();
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  /** Nothing is worked out for a view that nobody has opened. */
  #refresh(): void {
    if (this.#view.visible) void this.#flight.run();
  }

  async #load(): Promise<void> {
    const { ledger, storage, format } = this.#parts;
    const suggested = await loadSuggested(ledger, storage);
    const rows = suggested.map((one): SuggestionRow => ({ id: perOf(one.shape.span), ...topLevel, ...one }));
    this.#tree.show(toRows(rows), looksIn(format));
    this.#view.message =
      rows.length === 0
        ? ''
        : l10n.t(
            'A budget warns you when enough is spent, and stops agents that have a guard. Your past suggests:',
          );
  }
}

function looksIn(format: Format): RowLooks<SuggestionRow> {
  return { lookOf: (row) => suggestionLook(row, format), tooltipOf: () => undefined };
}

function suggestionLook({ shape, suggestion }: SuggestedBudget, format: Format): RowLook {
  const name = spanName(shape.span, format);
  const limit = amountText(suggestion.limit, shape.unit, format);
  return {
    label: name,
    description: [limit, shortReason(shape)].join(' · '),
    icon: { id: 'lightbulb' },
    spoken: l10n.t(
      'Suggested budget: {0}, {1}. {2}',
      name,
      limit,
      suggestionReason(suggestion, shape, format),
    ),
    expansion: 'none',
    contextValue: 'suggestion',
    command: 'tokenBurn.addBudget',
    isAboutRow: true,
  };
}

function shortReason({ span }: BudgetShape): string {
  return span.kind === 'session' ? l10n.t('9 of 10 within') : l10n.t('9 of 10 days within');
}
