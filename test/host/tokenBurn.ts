/** The extension under test, as the host's other extensions see it. */

import assert from 'node:assert/strict';
import { ConfigurationTarget, extensions, type Selection, type TextEditor, workspace } from 'vscode';
import type { SettingId } from '../../src/contributions.ts';
import type { WindowState } from '../../src/extension.ts';
import { eventually } from '../ui/eventually.ts';

export function tokenBurn() {
  const extension = extensions.getExtension<WindowState>('tokenburn.token-burn');
  assert.ok(extension, 'the extension is not installed');
  return extension;
}

export async function windowState(): Promise<WindowState> {
  return tokenBurn().activate();
}

/** `undefined` takes the setting away. */
export async function changeSetting(id: SettingId, value: unknown): Promise<void> {
  await workspace.getConfiguration().update(id, value, ConfigurationTarget.Global);
}

/** Waits for the status bar item to say something that fits. */
export async function estimateText(fits: RegExp): Promise<string> {
  const state = await windowState();
  const text = await eventually(
    async () => state.estimateText() ?? '',
    (shown) => fits.test(shown),
  );
  return text;
}

/**
 * Selects, and waits for the status bar item to say something that fits. On a busy machine VS Code may drop a selection
 * that code sets, so it is made again; one that stands is left alone, as with each that is made the count begins anew.
 */
export async function selectAndRead(
  editor: TextEditor,
  selections: readonly Selection[],
  fits: RegExp,
): Promise<void> {
  const state = await windowState();
  const isMade = () =>
    selections.length === editor.selections.length &&
    selections.every((one, index) => editor.selections[index]?.isEqual(one));
  await eventually(
    async () => {
      if (!isMade()) editor.selections = selections;
      return state.estimateText() ?? '';
    },
    (text) => fits.test(text),
  );
}

/** Waits for a row of the sessions view that fits. */
export async function sessionRow(fits: RegExp, limitMs?: number): Promise<string> {
  const state = await windowState();
  const rows = await eventually(
    async () => state.sessionRows(),
    (shown) => shown.some((row) => fits.test(row)),
    limitMs,
  );
  return rows.find((row) => fits.test(row)) ?? '';
}
