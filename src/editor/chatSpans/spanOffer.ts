/** Has Copilot Chat write down every call of a model, on the user's command and after they have read what that means. */

import { ConfigurationTarget, commands, l10n, type Memento, window, workspace } from 'vscode';
import { spanSetting, spanState } from './spanSetting.ts';

/** Under which the user's own value is remembered while ours is set: `null` where they had none. */
const beforeKey = 'tokenBurn.chatSpans.before';

/** @param database where Copilot Chat writes to */
export async function writeSpans(database: string, memory: Memento): Promise<void> {
  const state = spanState();
  if (state === 'missing') await tellMissing();
  else if (state === 'on') {
    await window.showInformationMessage(
      l10n.t('Copilot Chat is set to write its calls down already, into {0}.', database),
    );
  } else if (await isWanted(database)) {
    await memory.update(beforeKey, ownValue() ?? null);
    if (await isSet(true)) {
      await offerReload(l10n.t('Set. Copilot Chat writes its calls down once this window is reloaded.'));
    }
  }
}

export async function leaveSpans(database: string, memory: Memento): Promise<void> {
  const state = spanState();
  if (state === 'missing') await tellMissing();
  else if (state === 'off') {
    await window.showInformationMessage(l10n.t('Copilot Chat does not write its calls down.'));
  } else if (await isSet(memory.get<boolean | null>(beforeKey) ?? undefined)) {
    await memory.update(beforeKey, undefined);
    await offerReload(
      l10n.t(
        'Copilot Chat writes no more down once this window is reloaded. What was counted stays counted. What it has written, prompts included, stays in {0} until you delete it.',
        database,
      ),
    );
  }
}

async function tellMissing(): Promise<void> {
  await window.showInformationMessage(
    l10n.t(
      'Copilot Chat has no setting for that here. It takes the Copilot Chat of VS Code 1.119 or a later one.',
    ),
  );
}

async function isWanted(database: string): Promise<boolean> {
  const yes = l10n.t('Change the Setting');
  const answer = await window.showInformationMessage(
    l10n.t('Let Copilot Chat write down the tokens of every call?'),
    {
      modal: true,
      detail: [
        l10n.t(
          'The logs of its chats tell the tokens of answers, but not those of all prompts. This sets “{0}” in your user settings, by which Copilot Chat writes down every call of a model or tool, too, once the window is reloaded.',
          spanSetting,
        ),
        l10n.t(
          'It writes into {0}: model, tokens and times, and also the whole text of prompts, answers and tools’ results. With each start it deletes there what is older than 7 days, and all but the last 100 sessions.',
          database,
        ),
        l10n.t(
          'By this setting nothing is sent anywhere. Token Burn takes numbers from the file and no text. Chats from before stay counted as they are. “{0}” takes the setting back.',
          l10n.t('Stop Counting Copilot Chat Exactly'),
        ),
      ].join('\n\n'),
    },
    yes,
  );
  return answer === yes;
}

/** The value that the user has set themselves. */
function ownValue(): boolean | undefined {
  return workspace.getConfiguration().inspect<boolean>(spanSetting)?.globalValue;
}

/** Returns whether the setting took the value; `undefined` takes the user's own away. */
async function isSet(value: boolean | undefined): Promise<boolean> {
  try {
    await workspace.getConfiguration().update(spanSetting, value, ConfigurationTarget.Global);
    return true;
  } catch (error) {
    await window.showErrorMessage(
      l10n.t('The setting could not be changed: {0}', error instanceof Error ? error.message : String(error)),
    );
    return false;
  }
}

async function offerReload(text: string): Promise<void> {
  const reload = l10n.t('Reload Window');
  const answer = await window.showInformationMessage(text, reload);
  if (answer === reload) await commands.executeCommand('workbench.action.reloadWindow');
}
