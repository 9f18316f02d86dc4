/** The extension under test, as the host's other extensions see it. */

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import {
  ConfigurationTarget,
  extensions,
  languages,
  Position,
  type Selection,
  type TextEditor,
  Uri,
  window,
  workspace,
} from 'vscode';
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

/**
 * Shows a text that is in no file. Its document has a name of its own: VS Code numbers those without one anew, and what it
 * kept of a closed one against a crash it may take for the text of the next with that number.
 */
export async function showText(content: string, language = 'plaintext'): Promise<TextEditor> {
  const opened = await workspace.openTextDocument(
    Uri.from({ scheme: 'untitled', path: `Text-${randomUUID()}` }),
  );
  const editor = await window.showTextDocument(await languages.setTextDocumentLanguage(opened, language));
  await editor.edit((edit) => edit.insert(new Position(0, 0), content));
  return editor;
}

/** Waits for the status bar item to say something that fits; in vain it tells for which text it stands. */
export async function estimateText(fits: RegExp, beforeEachLook = () => {}): Promise<string> {
  const state = await windowState();
  const { text } = await eventually(
    async () => {
      beforeEachLook();
      return { text: state.estimateText() ?? '', of: activeDocument() };
    },
    (shown) => fits.test(shown.text),
  );
  return text;
}

function activeDocument(): string {
  const { document } = window.activeTextEditor ?? {};
  return document === undefined ? 'no editor' : `${document.uri}, ${document.lineCount} lines`;
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
  const isMade = () =>
    selections.length === editor.selections.length &&
    selections.every((one, index) => editor.selections[index]?.isEqual(one));
  await estimateText(fits, () => {
    if (!isMade()) editor.selections = selections;
  });
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
