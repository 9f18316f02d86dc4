import { usage } from '../fixtures/claude-code/records.ts';
import { ClaudeLog } from '../host/agentLogs.ts';
import { openWorkbench, type Workbench } from './driver.ts';
import type { WorkbenchPage } from './driverPage.ts';

const command = 'Token Burn: Models without a Price';
const title = 'Tide tables';

describe('prices of models that no price list has', () => {
  let vscode: Workbench;
  let ui: WorkbenchPage;

  before(async () => {
    vscode = await openWorkbench();
    ui = vscode.ui;
    const { homeFolder: home } = vscode;
    const log = new ClaudeLog('5c0de000-0000-4000-8000-0000000000c1', { home, cwd: '/home/ann/tides' });
    await log.begin(title);
    await log.answer(usage(2_000, 0, 500_000, 100_000), { model: 'claude-sonnet-5-6' });
    await log.answer(usage(40_000, 0, 0, 10_000), { model: 'harbour/tide-pilot-70b' });
    await log.answer(usage(1_000, 0, 0, 1_000), { model: 'claude-sonnet-5-5' });
    await ui.openTokenBurnView();
    await ui.sessions.row(title).waitFor();
  });
  after(() => vscode?.close());

  /** Taken when what VS Code fades in is there. */
  async function picture(name: string): Promise<void> {
    await ui.page.waitForTimeout(500);
    await ui.screenshot(name);
  }

  /** The next list takes the place of this one. */
  async function choosePilot(): Promise<void> {
    await ui.choose('tide-pilot');
    await ui.page.getByText('Price of harbour/tide-pilot-70b').waitFor();
  }

  it('are led to from the row that says what has no price', async () => {
    const row = ui.sessions.row(title, /cost: at least/);
    await row.waitFor();
    await ui.sessions.expand(row);
    await ui.page.getByRole('treeitem', { name: /^Without a known price: / }).click();
    const list = ui.page.getByRole('listbox');
    await list
      .getByRole('option', {
        name: /^claude-sonnet-5-6, responses: 1 · tokens: 602k · .*No price list has it\./,
      })
      .waitFor();
    await list.getByRole('option', { name: /^harbour\/tide-pilot-70b/ }).waitFor();
    await picture('prices-unpriced');
  });

  it('are chosen among those of the catalogue, the likeliest first', async () => {
    await ui.choose('claude-sonnet-5-6');
    const first = ui.page.getByRole('listbox').getByRole('option').first();
    await first.filter({ hasText: 'Sonnet 5' }).waitFor();
    await picture('prices-choice');
    await ui.choose('claude-sonnet-5-5');
    // $2 for a million tokens of input, $0.10 read, $10 of output: $1.054, and $0.012 of Sonnet 5.5 itself.
    await ui.closeNotification(/claude-sonnet-5-6 has a price now\. Responses priced by it: 1\./);
  });

  it('are typed, each rate where it belongs', async () => {
    await ui.runCommand(command);
    await choosePilot();
    await ui.choose('Enter Dollars');
    const box = ui.page.getByRole('textbox', { name: /Price of harbour\/tide-pilot-70b/ });
    await box.fill('1,5');
    await ui.page.getByText('with a decimal point').waitFor();
    await picture('prices-typed');
    for (const [rate, dollars] of [
      ['input', '0.25'],
      ['output', '1.5'],
      ['cache read', ''],
      ['cache write, 5 min', ''],
      ['cache write, 1 h', ''],
    ] as const) {
      await ui.page.getByText(`Price of harbour/tide-pilot-70b: ${rate} (`).waitFor();
      await box.fill(dollars);
      await ui.page.keyboard.press('Enter');
    }
    await ui.closeNotification(/harbour\/tide-pilot-70b has a price now/);
    await ui.sessions.row(title, /cost: \$1\.09/).waitFor();
  });

  it('stand in the list of own prices, and are taken away there', async () => {
    await ui.runCommand(command);
    await ui.page.getByRole('option', { name: /tide-pilot-70b, input \$0\.25 · output \$1\.50/ }).waitFor();
    await picture('prices-own');
    await choosePilot();
    await picture('prices-remove');
    await ui.choose('Remove Own Price');
    await ui.closeNotification(/has no price of your own any more\. Responses without a price: 1\./);
    await ui.sessions.row(title, /cost: at least \$1\.07/).waitFor();
  });

  it('may be nothing for a model on this machine', async () => {
    await ui.runCommand(command);
    await choosePilot();
    await ui.choose('It Costs Nothing');
    await ui.closeNotification(/tide-pilot-70b has a price now/);
    await ui.sessions.row(title, /cost: \$1\.07/).waitFor();
  });

  it('are told when an entry of the setting is wrong, which takes no other along', async () => {
    const value = { 'harbour/*': { input: 0.25, output: '1.5' }, 'claude-sonnet-5-6': { sameAs: 'gpt-5.4' } };
    await vscode.ask('changeSetting', { id: 'tokenBurn.prices', value });
    await ui.page.getByText('"harbour/*": "output" must be dollars').waitFor();
    await picture('prices-wrong');
    await ui.runCommand(command);
    await ui.page.getByRole('option', { name: /^harbour\/\*, left out/ }).waitFor();
    await picture('prices-wrong-list');
    await ui.page.keyboard.press('Escape');
    await vscode.ask('changeSetting', { id: 'tokenBurn.prices', value: undefined });
  });

  it('are recomputed for every response on command', async () => {
    await ui.runCommand('Token Burn: Recompute Costs…');
    const question = ui.page.getByRole('dialog', { name: /Recompute what every response cost\?/ });
    await question.waitFor();
    await picture('prices-recompute');
    await question.getByRole('button', { name: 'Recompute Costs' }).click();
    const told = ui.notification(
      /Every cost is what it was: \$[\d.]+\. Responses: 3, of them without a price: 2\./,
    );
    await told.waitFor();
    await picture('prices-recomputed');
    await ui.runCommand('Notifications: Clear All Notifications');
  });

  it('are downloaded only when the user agrees', async () => {
    await ui.runCommand('Token Burn: Update Prices…');
    const question = ui.page.getByRole('dialog', { name: /Download the price catalogue from raw\.github/ });
    await question.waitFor();
    await picture('prices-update');
    await question.getByRole('button', { name: 'Cancel' }).click();
    await question.waitFor({ state: 'hidden' });
  });
});
