/** What is asked and told when settings of another program are changed on the user's command. */

import { l10n, window } from 'vscode';
import { type FileChange, showChanges } from './changePreview.ts';

/** Shows the change beside what is there, and asks. */
export async function isChangeWanted(change: FileChange, question: string, detail: string): Promise<boolean> {
  const shown = await showChanges([change]);
  try {
    const yes = l10n.t('Change the settings');
    return (await window.showInformationMessage(question, { modal: true, detail }, yes)) === yes;
  } finally {
    shown.dispose();
  }
}

export async function tellUnreadable(settings: string): Promise<void> {
  await window.showErrorMessage(
    l10n.t('{0} could not be understood, so it was left as it is. Mend it and try again.', settings),
  );
}

export async function tellChanged(settings: string): Promise<void> {
  await window.showWarningMessage(
    l10n.t('{0} has changed meanwhile, so it was left as it is. Try again.', settings),
  );
}
