import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { ClaudeLog } from '../host/agentLogs.ts';
import { openWorkbench, type Workbench } from './driver.ts';
import type { WorkbenchPage } from './driverPage.ts';

const escapeCode = '\u001b';
const toTheLeft = '\u202e';

/** As it would act: an icon, bold, a link that runs a command, an image that runs a script, colours, text backwards. */
const prompt = `$(bug) **b** [go](command:workbench.action.closeWindow) <img src=x onerror=alert(1)> ${escapeCode}[31mred ${toTheLeft}back\n# next`;
const title =
  '$(bug) **b** [go](command:workbench.action.closeWindow) <img src=x onerror=alert(1)> [31mred back';
const model = '$(trash) **m** [go](command:workbench.action.closeWindow)';
const longFolder = '/home/ann/'.concat('a-very-long-folder-name/'.repeat(20));

describe('text of strangers', () => {
  let vscode: Workbench;
  let ui: WorkbenchPage;
  let row: Locator;
  const dialogs: string[] = [];

  before(async () => {
    vscode = await openWorkbench({ settings: { 'tokenBurn.budgets': [{ per: 'session', limit: 0.01 }] } });
    ui = vscode.ui;
    ui.page.on('dialog', async (dialog) => {
      dialogs.push(dialog.message());
      await dialog.dismiss();
    });
    await ui.openFile('prompts/review.prompt.md');
    await ui.openTokenBurnView();
    const log = new ClaudeLog('5c0de000-0000-4000-8000-000000000001', {
      home: vscode.homeFolder,
      cwd: `${longFolder}$(bell) [go](command:workbench.action.closeWindow)`,
    });
    await log.begin(prompt);
    await log.respond(10_000);
    await log.respond(10, model);
    row = ui.sessions.rows().nth(1);
    await row.waitFor();
  });
  after(() => vscode?.close());

  /** Shown as it is written: with no link in it, no image, nothing bold and none of its icons. */
  async function isPlain(where: Locator, text: string): Promise<void> {
    const shown = plainSpaces(await where.innerText());
    assert.ok(shown.includes(text), shown);
    const acting = where.locator(
      'a[href], a[data-href], img, strong, .codicon-bug, .codicon-trash, .codicon-bell',
    );
    assert.deepEqual(await acting.evaluateAll((all) => all.map((one) => one.outerHTML)), []);
  }

  // First, as messages that nobody answers are put away after a while.
  it('is plain in the warning about its budget', async () => {
    const warning = ui.notification(/Over budget: /);
    await warning.waitFor();
    assert.match(await warning.innerText(), /\$\(bug\) \*\*b\*\* \[go\] \(command:workbench/);
    assert.equal(await warning.getByRole('link').count(), 0);
    await ui.screenshot('hostile-warning');
    await ui.closeNotification(/Over budget: /);
  });

  it('is plain in the rows', async () => {
    assert.ok((await row.getAttribute('aria-label'))?.startsWith(`${title}, session of Claude Code`));
    await isPlain(row, '$(bug) **b** [go](c');
    await ui.sessions.expand(row);
    await isPlain(ui.page.getByRole('treeitem', { name: /^Title: / }), title);
    await isPlain(ui.page.getByRole('treeitem', { name: /^Model: / }), model);
    const project = '$(bell) [go](command:workbench.action.closeWindow)';
    await isPlain(ui.page.getByRole('treeitem', { name: /^Project: / }), project);
    await ui.screenshot('hostile-rows');
  });

  it('is plain under the mouse, a very long path too', async () => {
    const hover = await ui.hoverOf(row);
    await isPlain(hover.getByText(title), title);
    await isPlain(hover.getByText('Model:'), model);
    await isPlain(hover.getByText('Project:'), `Project: ${longFolder.slice(0, 100)}`);
    assert.equal(await hover.getByRole('link').count(), 0);
    await ui.screenshot('hostile-hover');
    await ui.restMouse();
  });

  it('is plain in the status bar and under the mouse there', async () => {
    const item = ui.statusItem('estimate').filter({ hasText: '$(trash)' });
    await isPlain(item, 'tokens · $(trash) **m** [go](command:wor… · unpriced');
    const hover = await ui.hoverOf(item);
    await isPlain(hover.getByText(model), model);
    const links = ['Select Model', 'Show Context', "Count with the Model's Own Tokenizer"];
    assert.deepEqual(await hover.getByRole('link').allInnerTexts(), links);
    await ui.screenshot('hostile-estimate');
    await ui.restMouse();
  });

  it('is plain in the view of budgets', async () => {
    const ofSession = ui.budgets.tree.getByRole('treeitem').nth(1).filter({ hasText: '$(bug)' });
    await isPlain(ofSession, '$(bug) **b** [go](c');
    await ui.screenshot('hostile-budgets');
  });

  it('is plain in the list of budgets to reset', async () => {
    await ui.runCommand('Token Burn: Reset Budget');
    await isPlain(ui.page.getByRole('option').first(), title);
    await ui.screenshot('hostile-reset');
    await ui.page.keyboard.press('Escape');
  });

  it('has done nothing and turned nothing around', async () => {
    assert.deepEqual(dialogs, []);
    const page = await ui.page.content();
    for (const character of [escapeCode, toTheLeft]) assert.ok(!page.includes(character));
  });
});

/** VS Code keeps lines together with no-break spaces. */
function plainSpaces(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}
