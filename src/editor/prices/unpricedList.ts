/** The list of models without a price, and of the user's own prices. */

import { l10n, type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import type { UnpricedModel } from '../../ledger/unpricedModels.ts';
import type { WrongPrice } from '../../pricing/ownPrices.ts';
import type { Format } from '../format.ts';
import { withoutIcons } from '../plainText.ts';
import type { LedgerClient } from '../sessions/ledgerClient.ts';
import { readOwnPrices } from '../sessions/ledgerSettings.ts';
import { faultSentence } from './priceFaults.ts';
import { entryWords, gapWords, modelLabel, usageWords } from './priceWords.ts';

export interface Listed {
  readonly unpriced: readonly UnpricedModel[];
  readonly own: readonly OwnEntry[];
}

interface OwnEntry {
  readonly name: string;
  readonly entry: unknown;
  /** Why the entry is left out. */
  readonly wrong: WrongPrice | undefined;
}

export async function priceList(ledger: LedgerClient): Promise<Listed> {
  const unpriced = await ledger.unpricedModels();
  const wrong = ledger.status.problems.flatMap((problem) =>
    problem.kind === 'wrongPrices' ? problem.wrong : [],
  );
  const own = Object.entries(readOwnPrices()).map(([name, entry]) => ({
    name,
    entry,
    wrong: wrong.find((one) => one.name === name),
  }));
  return { unpriced, own };
}

interface ModelItem extends QuickPickItem {
  readonly model?: string;
}

/** @returns the name of the model, or the name or pattern of the own price, that was picked */
export async function pickModel({ unpriced, own }: Listed, format: Format): Promise<string | undefined> {
  const nowMs = Date.now();
  const items: ModelItem[] = [
    ...section(
      l10n.t('without a price'),
      unpriced.map((model) => unpricedItem(model, format, nowMs)),
    ),
    ...section(
      l10n.t('own prices'),
      own.map((entry) => ownItem(entry, format)),
    ),
  ];
  const picked = await window.showQuickPick(items, {
    title: l10n.t('Models without a Price'),
    placeHolder:
      unpriced.length === 0
        ? l10n.t('Every model has a price. Choose one of your own prices to change it')
        : l10n.t('Model to give a price to'),
    matchOnDetail: true,
  });
  return picked?.model;
}

function section(label: string, items: readonly ModelItem[]): readonly ModelItem[] {
  return items.length === 0 ? [] : [{ label, kind: QuickPickItemKind.Separator }, ...items];
}

function unpricedItem(model: UnpricedModel, format: Format, nowMs: number): ModelItem {
  return {
    label: modelLabel(model.model),
    description: usageWords(model, format, nowMs),
    detail: gapWords(model),
    model: model.model,
  };
}

function ownItem({ name, entry, wrong }: OwnEntry, format: Format): ModelItem {
  return wrong === undefined
    ? { label: modelLabel(name), description: entryWords(entry, format), model: name }
    : {
        label: modelLabel(name),
        description: l10n.t('left out'),
        detail: withoutIcons(faultSentence(wrong)),
        model: name,
      };
}
