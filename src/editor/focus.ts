/** Where the keyboard goes. */

import { commands, window } from 'vscode';

/** After a choice that began with a click in the status bar, which would keep what is typed next. */
export async function backToText(): Promise<void> {
  if (window.activeTextEditor) await commands.executeCommand('workbench.action.focusActiveEditorGroup');
}
