/** Which agents to guard, or to guard no longer: a list in which several can be ticked. */

import { l10n, type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import { agentNames } from '../../domain/agent.ts';
import { withoutIcons } from '../plainText.ts';
import type { HookFile } from './hookFiles.ts';

type Choice = QuickPickItem & { readonly file?: HookFile };

/** Returns `undefined` when the user turned away. */
export async function pickToGuard(files: readonly HookFile[]): Promise<readonly HookFile[] | undefined> {
  const [guarded, free] = [
    files.filter(({ isGuarded }) => isGuarded),
    files.filter((file) => !file.isGuarded),
  ];
  const choices: Choice[] = [
    ...free.map((file) => ({ ...toChoice(file), picked: file.text !== 'unreadable' })),
    ...(guarded.length === 0 ? [] : [separator(l10n.t('Guarded already'))]),
    ...guarded.map(toChoice),
  ];
  return pick(choices, l10n.t('Guard Agents'), l10n.t('Which agents to hold to your budgets'));
}

export async function pickToFree(files: readonly HookFile[]): Promise<readonly HookFile[] | undefined> {
  const choices = files.map((file) => ({ ...toChoice(file), picked: true }));
  return pick(choices, l10n.t('Remove Guard'), l10n.t('Which agents to guard no longer'));
}

async function pick(
  choices: readonly Choice[],
  title: string,
  placeHolder: string,
): Promise<readonly HookFile[] | undefined> {
  const options = { canPickMany: true, title, placeHolder, matchOnDetail: true } as const;
  const picked = await window.showQuickPick(choices, options);
  return picked?.flatMap(({ file }) => file ?? []);
}

function toChoice(file: HookFile): Choice {
  return {
    label: agentNames[file.guard.id],
    description: file.text === 'unreadable' ? l10n.t('its file cannot be read or changed') : '',
    detail: withoutIcons(file.path),
    file,
  };
}

function separator(label: string): Choice {
  return { label, kind: QuickPickItemKind.Separator };
}
