import assert from 'node:assert/strict';
import { openWorkbench, type Workbench } from './driver.ts';
import type { WorkbenchPage } from './driverPage.ts';
import { dearestSession, historyBudget, runningSession, writeHistory } from './history.ts';

describe('the look of it', () => {
  let vscode: Workbench;
  let ui: WorkbenchPage;

  before(async () => {
    vscode = await openWorkbench({
      settings: {
        'tokenBurn.budgets': [{ per: 'session', limit: historyBudget }],
        'tokenBurn.budget.warn': false,
      },
    });
    ui = vscode.ui;
    await writeHistory(vscode.homeFolder);
    await ui.openFile('prompts/add-spring-tides.prompt.md');
    await ui.openTokenBurnView();
    await ui.sessions.row(runningSession, /running/).waitFor();
    await ui.sessions.expand(ui.sessions.row(dearestSession));
  });
  after(() => vscode?.close());

  for (const theme of ['Light Modern', 'Dark Modern', 'Dark High Contrast', 'Light High Contrast'] as const) {
    it(`is whole in ${theme}`, async () => {
      const name = theme.toLowerCase().replaceAll(' ', '-');
      await ui.useTheme(theme);
      await ui.screenshot(`look-${name}`);
      const ofSession = await ui.hoverOf(ui.sessions.row(dearestSession));
      assert.match(await ofSession.innerText(), /with sub-agents/);
      await ui.screenshot(`look-${name}-session`);
      await ui.restMouse();
      const ofEstimate = await ui.hoverOf(ui.statusItem('estimate'));
      assert.match(await ofEstimate.innerText(), /Context window/);
      await ui.screenshot(`look-${name}-estimate`);
      await ui.restMouse();
    });
  }
});
