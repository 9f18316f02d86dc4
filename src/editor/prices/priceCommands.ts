/**
 * The commands about prices. The build makes a file of its own of them, which is loaded with the first command.
 */

import { l10n, ProgressLocation, window } from 'vscode';
import type { Repriced } from '../../ledger/reprice.ts';
import type { Format } from '../format.ts';
import { readOwnPrices } from '../sessions/ledgerSettings.ts';
import { type OwnPriceSetting, writeOwnPrice } from './ownPriceSetting.ts';
import { choosePrice } from './priceChoice.ts';
import { gapWords, modelName } from './priceWords.ts';
import { type Listed, pickModel, priceList } from './unpricedList.ts';
import { type UpdateParts, updatePrices, updateSilently } from './updatePrices.ts';

export type PriceParts = UpdateParts;

/** Asks for the model to price, unless it is named, and then for its price. */
export async function showUnpricedModels(parts: PriceParts, model?: string): Promise<void> {
  const listed = await priceList(parts.ledger);
  if (listed.unpriced.length === 0 && listed.own.length === 0) {
    void window.showInformationMessage(l10n.t('Every model has a price.'));
    return;
  }
  const chosen = model ?? (await pickModel(listed, parts.format));
  if (chosen === undefined) return;
  if (isTakenForPattern(chosen, listed)) {
    void window.showWarningMessage(
      l10n.t(
        'The name {0} holds "*", which would stand for other models too: it can have no price of its own.',
        modelName(chosen),
      ),
    );
    return;
  }
  const choices = await parts.ledger.priceChoices(chosen);
  const price = await choosePrice(
    chosen,
    listed.own.find(({ name }) => name === chosen)?.entry,
    choices,
    parts.format,
  );
  if (price === undefined) return;
  await usePrice(parts, chosen, price.kind === 'remove' ? undefined : price.price, listed);
}

/** Names come from logs: one of `*` must not put a price on everything. */
function isTakenForPattern(model: string, { own }: Listed): boolean {
  return model.includes('*') && !own.some(({ name }) => name === model);
}

/** The price is stored and the receipts have it when the message comes. */
async function usePrice(
  parts: PriceParts,
  model: string,
  price: OwnPriceSetting | undefined,
  before: Listed,
): Promise<void> {
  await writeOwnPrice(model, price);
  await parts.ledger.configure({ prices: readOwnPrices() });
  const after = await priceList(parts.ledger);
  const others = l10n.t('Models without a Price');
  const buttons = after.unpriced.length > 0 ? [others] : [];
  const answer = await window.showInformationMessage(
    outcome(model, price === undefined, before, after, parts.format),
    ...buttons,
  );
  if (answer === others) await showUnpricedModels(parts);
}

function outcome(model: string, isRemoved: boolean, before: Listed, after: Listed, format: Format): string {
  const name = modelName(model);
  const left = after.unpriced.find((unpriced) => unpriced.model === model);
  if (left !== undefined) {
    const sentence = isRemoved
      ? l10n.t('{0} has no price of your own any more.', name)
      : l10n.t('{0} has a price of your own now.', name);
    const count = format.count(left.receipts);
    return `${sentence} ${l10n.t('Responses without a price: {0}.', count)} ${gapWords(left)}`;
  }
  const priced = countOf(before) - countOf(after);
  if (priced <= 0) return l10n.t('Responses of {0} have their new price.', name);
  return l10n.t('{0} has a price now. Responses priced by it: {1}.', name, format.count(priced));
}

function countOf({ unpriced }: Listed): number {
  return unpriced.reduce((sum, { receipts }) => sum + receipts, 0);
}

/** Asks before anything is downloaded. */
export async function updateAndRecompute(parts: PriceParts): Promise<void> {
  if (await updatePrices(parts)) await recomputeCosts(parts);
}

/** @returns what to log */
export function updateInBackground(parts: PriceParts): Promise<string> {
  return updateSilently(parts);
}

/** Prices every response anew once the user has agreed: what was spent changes in every view. */
export async function recomputeCosts({ ledger, format }: PriceParts): Promise<void> {
  const recompute = l10n.t('Recompute Costs');
  const answer = await window.showInformationMessage(
    l10n.t('Recompute what every response cost?'),
    { modal: true, detail: recomputeDetail() },
    recompute,
  );
  if (answer !== recompute) return;
  const options = { location: ProgressLocation.Notification, title: l10n.t('Recomputing costs') };
  const repriced = await window.withProgress(options, async (progress) => {
    let told = 0;
    const following = ledger.onDidRepriceSome((share) => {
      progress.report({ increment: Math.max(0, share - told) * 100 });
      told = Math.max(told, share);
    });
    try {
      return await ledger.reprice();
    } finally {
      following.dispose();
    }
  });
  void window.showInformationMessage(repricedSentence(repriced, format));
}

function recomputeDetail(): string {
  return l10n.t(
    'Each is priced by the list price of its date, as the price catalogue and your own prices have it now. What the catalogue no longer knows keeps its price.',
  );
}

function repricedSentence(repriced: Repriced, format: Format): string {
  const { receipts, changed, newlyPriced, unpriced, before, after } = repriced;
  const looked = l10n.t(
    'Responses: {0}, of them without a price: {1}.',
    format.count(receipts),
    format.count(unpriced),
  );
  if (changed === 0) return `${l10n.t('Every cost is what it was: {0}.', format.dollars(after))} ${looked}`;
  return [
    l10n.t('All costs were {0} and are {1} now.', format.dollars(before), format.dollars(after)),
    l10n.t('Costs that changed: {0}, of them new: {1}.', format.count(changed), format.count(newlyPriced)),
    looked,
  ].join(' ');
}
