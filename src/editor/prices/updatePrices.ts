/** Updating the price catalogue: from the public list, when the user says so, and back to the one that came along. */

import { l10n, ProgressLocation, window } from 'vscode';
import type { PriceUpdate } from '../../workers/priceUpdate.ts';
import type { Format } from '../format.ts';
import { toPlainLine } from '../plainText.ts';
import type { LedgerClient } from '../sessions/ledgerClient.ts';
import { readSetting } from '../settings.ts';
import { type Download, type DownloadProblem, download, hostOf, usualLimits } from './download.ts';
import type { PricesInUse } from './pricesInUse.ts';

export interface UpdateParts {
  readonly ledger: LedgerClient;
  readonly format: Format;
  readonly prices: PricesInUse;
}

/** @returns whether the user wants costs recomputed now */
export async function updatePrices(parts: UpdateParts): Promise<boolean> {
  const address = readSetting('tokenBurn.priceUpdates.url');
  const host = hostOf(address);
  if (host === null) {
    tellProblem('address', address);
    return false;
  }
  const isUpdated = await parts.ledger.hasUpdatedPrices();
  const get = l10n.t('Download Prices');
  const goBack = l10n.t('Use Bundled Prices');
  const answer = await window.showInformationMessage(
    l10n.t('Download the price catalogue from {0}?', host),
    { modal: true, detail: downloadDetail(isUpdated) },
    ...(isUpdated ? [get, goBack] : [get]),
  );
  if (answer === goBack) await useBundled(parts);
  return answer === get && (await downloadAndTell(parts, address));
}

function downloadDetail(isUpdated: boolean): string {
  const detail = l10n.t(
    'It is the public list of genai-prices. Nothing is sent but the request for it. Responses keep what they cost; those without a price are tried again.',
  );
  return isUpdated ? `${detail}\n\n${l10n.t('A downloaded catalogue is in use.')}` : detail;
}

async function useBundled({ ledger, prices }: UpdateParts): Promise<void> {
  await ledger.useBundledPrices();
  prices.noteCatalogue();
  void window.showInformationMessage(l10n.t('The price catalogue that came with Token Burn is in use.'));
}

async function downloadAndTell(parts: UpdateParts, address: string): Promise<boolean> {
  const options = {
    location: ProgressLocation.Notification,
    title: l10n.t('Downloading prices'),
    cancellable: true,
  };
  const loaded = await window.withProgress(options, async (_progress, token) => {
    const giveUp = new AbortController();
    token.onCancellationRequested(() => giveUp.abort());
    return download(address, { ...usualLimits, fetch: globalThis.fetch, signal: giveUp.signal });
  });
  if (loaded.kind === 'failed') {
    tellProblem(loaded.problem, address);
    return false;
  }
  return tellUpdate(await take(parts, loaded), parts.format);
}

async function take(
  { ledger, prices }: UpdateParts,
  { bytes }: Extract<Download, { kind: 'bytes' }>,
): Promise<PriceUpdate> {
  const update = await ledger.updatePrices(bytes);
  if (update.kind === 'updated') prices.noteCatalogue();
  return update;
}

/** Without a word to the user. @returns what to log */
export async function updateSilently(parts: UpdateParts): Promise<string> {
  const address = readSetting('tokenBurn.priceUpdates.url');
  const { signal } = new AbortController();
  const loaded = await download(address, { ...usualLimits, fetch: globalThis.fetch, signal });
  return loaded.kind === 'failed' ? loaded.problem : (await take(parts, loaded)).kind;
}

async function tellUpdate(update: PriceUpdate, format: Format): Promise<boolean> {
  switch (update.kind) {
    case 'updated': {
      const recompute = l10n.t('Recompute Costs…');
      const answer = await window.showInformationMessage(updatedSentence(update, format), recompute);
      return answer === recompute;
    }
    case 'same':
      void window.showInformationMessage(l10n.t('Prices are up to date.'));
      return false;
    default:
      void window.showWarningMessage(
        `${refusalSentence(update, format)} ${l10n.t('Prices are as they were.')}`,
      );
      return false;
  }
}

function updatedSentence(
  { added, changed, removed }: Extract<PriceUpdate, { kind: 'updated' }>,
  format: Format,
): string {
  const count = format.count;
  return l10n.t(
    'Prices are updated. Models with a new price: {0}, new models: {1}, models left out: {2}. Responses that have a price keep it until costs are recomputed.',
    count(changed),
    count(added),
    count(removed),
  );
}

function refusalSentence(update: Exclude<PriceUpdate, { kind: 'updated' | 'same' }>, format: Format): string {
  switch (update.kind) {
    case 'older':
      return l10n.t(
        'The downloaded catalogue is older: it lacks models that are known, and has no new ones. Lacking: {0}.',
        format.count(update.lacking),
      );
    case 'malformed':
      return l10n.t(
        'What was downloaded is not a price catalogue ({0}).',
        toPlainLine(update.detail).slice(0, 200),
      );
    case 'notKept':
      return l10n.t(
        'The downloaded catalogue could not be kept beside the ledger ({0}).',
        toPlainLine(update.detail),
      );
  }
}

function tellProblem(problem: DownloadProblem, address: string): void {
  if (problem === 'cancelled') return;
  const host = hostOf(address) ?? '';
  void window.showWarningMessage(`${problemSentence(problem, host)} ${l10n.t('Prices are as they were.')}`);
}

function problemSentence(problem: Exclude<DownloadProblem, 'cancelled'>, host: string): string {
  switch (problem) {
    case 'address':
      return l10n.t('The address in "tokenBurn.priceUpdates.url" must begin with https://.');
    case 'redirected':
      return l10n.t('{0} points to another place, which is not followed.', host);
    case 'refused':
      return l10n.t('{0} has no price catalogue at this address.', host);
    case 'unreachable':
      return l10n.t('{0} cannot be reached.', host);
    case 'timedOut':
      return l10n.t('{0} did not answer in time.', host);
    case 'tooLong':
      return l10n.t('What {0} sends is too long for a price catalogue.', host);
  }
}
