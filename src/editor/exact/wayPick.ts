/** Picking who counts. Every entry says where the text goes. */

import { l10n, type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import type { LocalEngine } from '../../engines/localEngine.ts';
import { withoutIcons } from '../plainText.ts';
import { editorWays } from './editorWays.ts';
import { engineWay, vendorWays } from './serverWays.ts';
import type { Way } from './way.ts';

export type Choice =
  | { readonly kind: 'way'; readonly way: Way }
  /** The engine of the settings, which cannot be asked. */
  | { readonly kind: 'refused'; readonly engine: Extract<LocalEngine, { kind: 'refused' }> }
  /** To name an engine. */
  | { readonly kind: 'settings' };

interface WayItem extends QuickPickItem {
  readonly choice?: Choice;
}

/** @param model the one in use, in the spelling of its maker */
export async function pickWay(
  engine: LocalEngine,
  model: { readonly id: string; readonly name: string },
): Promise<Choice | undefined> {
  const items = editorWays().then((ways) => [
    ...engineItems(engine),
    ...vendorWays(model).flatMap(vendorItems),
    ...editorItems(ways),
  ]);
  const picked = await window.showQuickPick<WayItem>(items, {
    title: l10n.t("Count with the Model's Own Tokenizer"),
    placeHolder: l10n.t('Who is to count? Nothing is sent before you choose.'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.choice;
}

function separator(label: string): WayItem {
  return { label, kind: QuickPickItemKind.Separator };
}

function engineItems(engine: LocalEngine): readonly WayItem[] {
  return [separator(l10n.t('your engine')), engineItem(engine)];
}

function engineItem(engine: LocalEngine): WayItem {
  switch (engine.kind) {
    case 'none':
      return { label: l10n.t('Name a Local Engine…'), choice: { kind: 'settings' } };
    case 'refused':
      return {
        label: engine.name,
        detail: l10n.t('Cannot be asked: choose it to learn why.'),
        choice: { kind: 'refused', engine },
      };
    case 'ready':
      return wayItem(engineWay(engine), engine.name);
  }
}

function vendorItems(way: Way): readonly WayItem[] {
  return [separator(l10n.t("maker's endpoint")), wayItem(way)];
}

/** In the order in which VS Code has the vendors. */
function editorItems(ways: readonly Way[]): readonly WayItem[] {
  const vendors = [...new Set(ways.map(({ counter }) => counter))];
  return vendors.flatMap((vendor) => [
    separator(l10n.t('VS Code · {0}', withoutIcons(vendor))),
    ...ways.filter(({ counter }) => counter === vendor).map((way) => wayItem(way)),
  ]);
}

/** The place has a line of its own, so that no long name can push it out of sight. */
function wayItem(way: Way, counter = ''): WayItem {
  return {
    label: withoutIcons(way.modelName),
    description: counter === way.modelName ? '' : counter,
    detail: placeText(way),
    choice: { kind: 'way', way },
  };
}

function placeText({ goesTo, host }: Way): string {
  switch (goesTo) {
    case 'thisMachine':
      return l10n.t('Stays on this machine: {0}', host);
    case 'elsewhere':
      return l10n.t('Leaves this machine: {0}', host);
    case 'extension':
      return l10n.t('Goes to its extension, which may ask a service');
  }
}
