/**
 * VS Code's own agent mode in a real VS Code: signed out, on a model of its user's own, and held to a budget as its user
 * would do it.
 */

import { join } from 'node:path';
import { toDecimalDollars } from '../../../src/domain/money.ts';
import { guardFiles, guardFolderIn } from '../../../src/guard/guardFolder.ts';
import { installForWorkbench } from '../../harness/packagedExtension.ts';
import { ChatPage } from '../../ui/chatPage.ts';
import { openWorkbench, type Workbench } from '../../ui/driver.ts';
import type { WorkbenchPage } from '../../ui/driverPage.ts';
import type { Limit } from './guard.ts';

/** What VS Code calls the loopback model. */
const modelLabel = 'Loopback';

export interface AgentMode {
  readonly vscode: Workbench;
  readonly chat: ChatPage;
  /** The guard's. */
  readonly folder: string;
}

/** @param modelName one that the price lists have @param rest of the budget's fields */
export async function openAgentMode(
  modelUrl: string,
  modelName: string,
  { money }: Limit,
  rest: object,
): Promise<AgentMode> {
  const limit = Number(toDecimalDollars(money, 6));
  await installForWorkbench();
  const vscode = await openWorkbench({
    isWhole: true,
    settings: { ...unattended, 'tokenBurn.budgets': [{ per: 'session', limit, ...rest }] },
    userFiles: { 'chatLanguageModels.json': JSON.stringify([ownModels(modelUrl, modelName)]) },
  });
  try {
    const chat = new ChatPage(vscode.ui.page);
    await startAgent(vscode.ui);
    await guardAgent(vscode.ui);
    await chat.open();
    await chat.chooseModel(modelLabel);
    const dataFolder = join(vscode.homeFolder, '.local', 'share', 'token-burn');
    return { vscode, chat, folder: guardFolderIn(dataFolder) };
  } catch (error) {
    await vscode.ui.screenshot('agent-mode-failed');
    await vscode.close();
    throw error;
  }
}

/** The agent asks its user nothing before it runs a tool, and writes down what it counts. */
const unattended = {
  'chat.permissions.default': 'autoApprove',
  'chat.tools.terminal.autoApprove': { '/.*/': true },
  'github.copilot.chat.otel.dbSpanExporter.enabled': true,
};

function ownModels(modelUrl: string, id: string) {
  const url = `${modelUrl}/v1/chat/completions`;
  const limits = { maxInputTokens: 100_000, maxOutputTokens: 8_000 };
  const model = { id, name: modelLabel, url, toolCalling: true, vision: false, ...limits };
  return { vendor: 'customendpoint', name: 'Own', apiType: 'chat-completions', models: [model] };
}

/** Without a sign-in the agent stays off until its user looks at their own models. */
async function startAgent(ui: WorkbenchPage): Promise<void> {
  await ui.runCommand('Chat: Manage Language Models');
  await ui.page.getByText(modelLabel).first().waitFor();
  await ui.page.keyboard.press('Escape');
}

async function guardAgent(ui: WorkbenchPage): Promise<void> {
  await ui.runCommand('Token Burn: Guard Agents…');
  await ui.page
    .getByRole('listbox')
    .getByRole('checkbox', { name: /^Copilot Chat, / })
    .waitFor();
  await ui.page.getByRole('button', { name: 'OK', exact: true }).click();
  const question = ui.page.getByRole('dialog', { name: /Copilot Chat to your budgets\?/ });
  await question.getByRole('button', { name: /^Change / }).click();
  await ui.closeNotification(/Guarded: .*Copilot Chat\./);
}

export function answersIn({ folder }: AgentMode): string {
  return join(folder, guardFiles.beats);
}

export function launcherOf({ folder }: AgentMode): string {
  return join(folder, guardFiles.launch);
}
