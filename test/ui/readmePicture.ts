/** `npm run readme:picture`: takes the picture in the README of the extension at work, on invented sessions. */

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../harness/layout.ts';
import { installForWorkbench } from '../harness/packagedExtension.ts';
import { openWorkbench } from './driver.ts';
import { dearestSession, historyBudget, runningSession, writeHistory } from './history.ts';

const picture = join(root, 'media', 'readme', 'overview.png');
const sideBarWidth = 480;
/** A border that was dragged glows for so long. */
const glowMs = 1_000;

await installForWorkbench();
const vscode = await openWorkbench({
  settings: {
    'tokenBurn.budgets': [{ per: 'session', limit: historyBudget }],
    'tokenBurn.budget.warn': false,
  },
});
try {
  const { ui, homeFolder } = vscode;
  await writeHistory(homeFolder);
  await ui.openFile('prompts/add-spring-tides.prompt.md');
  await ui.openTokenBurnView();
  await ui.sessions.row(runningSession, /running/).waitFor();
  await ui.budgets.row(/^Each session, /).waitFor();
  await ui.sessions.expand(ui.sessions.row(dearestSession));
  // A selected row is drawn without the colour of its icon.
  await ui.page.keyboard.press('Escape');
  await ui.widenSideBar(sideBarWidth);
  await ui
    .statusItem('estimate')
    .filter({ hasText: /tokens · / })
    .waitFor();
  await ui.restMouse();
  await ui.page.waitForTimeout(glowMs);
  await mkdir(join(root, 'media', 'readme'), { recursive: true });
  await ui.page.screenshot({ path: picture });
} finally {
  await vscode.close();
}
console.log(`Look at it before you commit it: ${picture}`);
