/** Picking the model that text is counted for. */

import { l10n, type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import type { ModelChoice } from '../../estimator/estimate.ts';
import { backToText } from '../focus.ts';
import type { Format } from '../format.ts';
import { withoutIcons } from '../plainText.ts';
import { readSetting, writeSetting } from '../settings.ts';
import type { Estimator } from './estimator.ts';

interface ModelItem extends QuickPickItem {
  /** Value of the setting: empty for that of the last active session. */
  readonly model?: string;
}

/** @param inUse the model that is counted for now */
export async function selectModel(estimator: Estimator, inUse: string, format: Format): Promise<void> {
  const items = estimator.models().then((models) => modelItems(models, inUse, format));
  const picked = await window.showQuickPick<ModelItem>(items, {
    title: l10n.t('Count Tokens for'),
    placeHolder: l10n.t('Model whose tokens and prices the status bar shows'),
    matchOnDescription: true,
  });
  if (picked?.model === undefined) return;
  await writeSetting('tokenBurn.estimate.model', picked.model === '' ? undefined : picked.model);
  await backToText();
}

function modelItems(models: readonly ModelChoice[], inUse: string, format: Format): ModelItem[] {
  const isChosen = readSetting('tokenBurn.estimate.model') !== '';
  const vendors = [...new Set(models.map(({ vendor }) => vendor))];
  return [
    {
      label: l10n.t('Model of the Last Active Session'),
      description: isChosen ? '' : l10n.t('{0} · in use', withoutIcons(inUse)),
      model: '',
    },
    ...vendors.flatMap((vendor) => [
      { label: vendor, kind: QuickPickItemKind.Separator },
      ...models
        .filter((model) => model.vendor === vendor)
        .map((model) => modelItem(model, isChosen && model.id === inUse, format)),
    ]),
  ];
}

function modelItem(model: ModelChoice, isInUse: boolean, format: Format): ModelItem {
  const facts = [
    model.id,
    ...contextWindow(model, format),
    model.isExact ? l10n.t('exact') : l10n.t('estimated'),
    ...(isInUse ? [l10n.t('in use')] : []),
  ];
  return { label: model.name, description: facts.join(' · '), model: model.id };
}

function contextWindow({ contextWindowTokens }: ModelChoice, format: Format): string[] {
  return contextWindowTokens === null
    ? []
    : [l10n.t('context window {0}', format.tokens(contextWindowTokens))];
}
