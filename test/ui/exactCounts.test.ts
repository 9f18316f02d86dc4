import assert from 'node:assert/strict';
import { engineServers } from '../unit/engines/engineServers.ts';
import { LoopbackServer } from '../unit/engines/loopbackServer.ts';
import { openWorkbench, type Workbench } from './driver.ts';
import type { WorkbenchPage } from './driverPage.ts';

const command = "Token Burn: Count with the Model's Own Tokenizer…";

describe("counting by the model's own tokenizer", () => {
  const engine = new LoopbackServer(engineServers.vllm);
  let vscode: Workbench;
  let ui: WorkbenchPage;

  before(async () => {
    delete process.env.ANTHROPIC_API_KEY;
    await engine.start();
    vscode = await openWorkbench({ settings: { 'tokenBurn.estimate.model': 'claude-sonnet-5-5' } });
    ui = vscode.ui;
    for (const [name, value] of Object.entries({ kind: 'vllm', url: engine.url, model: 'gpt-5.5' })) {
      await vscode.ask('changeSetting', { id: `tokenBurn.engine.${name}`, value });
    }
    await ui.openFile('prompts/add-spring-tides.prompt.md');
    await ui.statusItem('estimate').filter({ hasText: 'Claude' }).waitFor();
  });
  after(async () => {
    await vscode?.close();
    await engine.stop();
  });

  /** Taken when what VS Code fades in is there. */
  async function picture(name: string): Promise<void> {
    await ui.page.waitForTimeout(500);
    await ui.screenshot(name);
  }

  async function hovered(): Promise<string> {
    const text = await (await ui.hoverOf(ui.statusItem('estimate'))).innerText();
    return text.replaceAll('\u00a0', ' ');
  }

  it('says of each who can count where the text goes', async () => {
    await ui.runCommand(command);
    const list = ui.page.getByRole('listbox');
    await list
      .getByRole('option', { name: /^gpt-5\.5, vLLM, Stays on this machine: 127\.0\.0\.1:\d+/ })
      .waitFor();
    await list.getByRole('option', { name: /^Claude Sonnet 5\.5, Leaves this machine: api\./ }).waitFor();
    await list.getByRole('option', { name: /^Tide One, Goes to its extension/ }).waitFor();
    await picture('exact-ways');
  });

  it('tells what the engine counts, and by how much the estimate is off, until the text changes', async () => {
    await ui.choose('gpt-5.5');
    const told = ui.notification(/gpt-5\.5 in vLLM counts [\d,]+ tokens\./);
    await told.waitFor();
    await picture('exact-counted');
    assert.match(await told.innerText(), /Token Burn's [\d,]+ is \d+% too high\./);
    assert.match(await hovered(), /gpt-5\.5 in vLLM counts [\d,]+ tokens\./);
    await picture('exact-hover');
    await ui.typeInEditor('tides ');
    await ui.statusItem('estimate').filter({ hasText: 'Claude' }).waitFor();
    await ui.page.waitForTimeout(1_000);
    assert.doesNotMatch(await hovered(), /counts/);
    await ui.runCommand('Notifications: Clear All Notifications');
  });

  it('asks before text leaves this machine, and sends none when it is told not to', async () => {
    await ui.runCommand(command);
    await ui.choose('Claude Sonnet 5.5');
    const key = ui.page.getByRole('textbox', { name: /API Key of Anthropic/ });
    await key.fill('not-a-key-of-anybody');
    await picture('exact-key');
    await ui.page.keyboard.press('Enter');
    const question = ui.page.getByRole('dialog', { name: /Send the [\d,]+ characters of add-spring/ });
    await question.waitFor();
    await picture('exact-send');
    await question.getByRole('button', { name: 'Cancel' }).click();
    await question.waitFor({ state: 'hidden' });
    await ui.page.waitForTimeout(500);
    assert.equal(await ui.notification(/counting|counts|key/).count(), 0);
  });

  it('has an extension count that VS Code has models from', async () => {
    await ui.runCommand(command);
    await ui.choose('Tide One');
    await ui.notification(/Tide One in VS Code has [\d,]+ tokens, as its extension reckons\./).waitFor();
    await ui.runCommand('Notifications: Clear All Notifications');
  });

  it('tells what to do when the engine is not running', async () => {
    await engine.stop();
    await ui.runCommand(command);
    await ui.choose('gpt-5.5');
    await ui.notification(/Nobody answers at 127\.0\.0\.1:\d+: is vLLM running\?/).waitFor();
    await picture('exact-not-running');
    await engine.start();
    await ui.runCommand('Notifications: Clear All Notifications');
  });

  it('leads to the settings of the engine where none is named', async () => {
    await vscode.ask('changeSetting', { id: 'tokenBurn.engine.kind', value: 'none' });
    await ui.runCommand(command);
    await ui.choose('Name a Local Engine…');
    await ui.page.getByText('Another machine than this one must be allowed').waitFor();
    await picture('exact-settings');
  });
});
