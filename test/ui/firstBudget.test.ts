import assert from 'node:assert/strict';
import { ClaudeLog } from '../host/agentLogs.ts';
import { openWorkbench, type Workbench } from './driver.ts';
import type { WorkbenchPage } from './driverPage.ts';
import { eventually } from './eventually.ts';

const dayMs = 86_400_000;
/** Enough days and sessions for limits to be suggested. */
const pastDays = 12;

describe('the first budget', () => {
  let vscode: Workbench;
  let ui: WorkbenchPage;

  before(async () => {
    vscode = await openWorkbench();
    ui = vscode.ui;
    for (let day = 1; day <= pastDays; day++) {
      const id = `5c0de000-0000-4000-8000-0000000002${String(day).padStart(2, '0')}`;
      const past = new ClaudeLog(id, { home: vscode.homeFolder, ageMs: day * dayMs });
      await past.begin(`Past work ${day}`);
      await past.respond(20_000 + 1_500 * day);
    }
    await ui.openTokenBurnView();
    await ui.sessions.row(`Past work ${pastDays}`).waitFor();
  });
  after(() => vscode?.close());

  const section = () => ui.page.getByRole('button', { name: /^Budgets(: None Yet)? Section$/ });

  it('has a closed place, which says that there is none', async () => {
    await section().waitFor();
    assert.equal(await section().getAttribute('aria-expanded'), 'false');
    assert.match(await section().innerText(), /none yet/i);
    await ui.screenshot('first-budget-closed');
  });

  it('is suggested there with its reason, reached by keyboard alone', async () => {
    await section().focus();
    await ui.page.keyboard.press('Enter');
    const days =
      /^Suggested budget: Day, \$0\.\d+\. Nine of ten of your last 12 days with any use came to no more/;
    await ui.budgets.row(days).waitFor();
    await ui.budgets.row(/^Suggested budget: Each session, \$0\.\d+\. Nine of ten/).waitFor();
    await ui.screenshot('first-budget');
  });

  for (const theme of ['Light Modern', 'Dark Modern', 'Dark High Contrast', 'Light High Contrast'] as const) {
    it(`is whole in ${theme}`, async () => {
      await ui.useTheme(theme);
      await ui.budgets.row(/^Suggested budget: Day/).hover();
      await ui.screenshot(`first-budget-${theme.toLowerCase().replaceAll(' ', '-')}`);
    });
  }

  it('is not suggested again once it was turned down, nor in a window opened anew', async () => {
    await ui.budgets.press(ui.budgets.row(/^Suggested budget: Each session/), 'Do Not Suggest Again');
    await ui.budgets.row(/^Suggested budget: Each session/).waitFor({ state: 'hidden' });
    await ui.reloadWindow();
    await ui.openTokenBurnView();
    await ui.budgets.row(/^Suggested budget: Day/).waitFor();
    assert.equal(await ui.budgets.row(/^Suggested budget: Each session/).count(), 0);
  });

  it('is added from its row by keyboard, with no question but its limit and its place', async () => {
    await ui.budgets.row(/^Suggested budget: Day/).click();
    await ui.budgets.question('Limit').waitFor();
    const limit = Number(await ui.budgets.box().inputValue());
    await ui.screenshot('first-budget-limit');
    await ui.page.keyboard.press('Enter');
    await ui.budgets.question('Settings').waitFor();
    await ui.page.keyboard.press('Enter');
    await ui.budgets.row(/^Day, within budget, \$0\.00 of \$0\.\d+ spent/).waitFor();
    assert.equal(await ui.budgets.row(/^Suggested budget/).count(), 0);
    assert.equal(await section().getAttribute('aria-expanded'), 'true');
    const set = await eventually(
      () => vscode.ask('setting', { id: 'tokenBurn.budgets' }),
      (value) => Array.isArray(value) && value.length > 0,
    );
    assert.deepEqual(set, [{ per: 'day', limit }]);
    await ui.screenshot('first-budget-added');
  });
});
