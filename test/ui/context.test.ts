import assert from 'node:assert/strict';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { root } from '../harness/layout.ts';
import { openWorkbench, type Workbench } from './driver.ts';
import type { WorkbenchPage } from './driverPage.ts';
import { eventually } from './eventually.ts';
import { focusedRowIn } from './focusedRow.ts';

const prompt = `---
description: Explain the tides
---
Explain how [the high waters](../src/tides.ts) of ![the harbour](../media/harbour.png) are found.
Keep to [the glossary](../docs/glossary.md), and say what #file:README.md leaves out.
`;

const instructions = `---
applyTo: "**/*.ts"
---
Name things after what sailors call them. Never shorten a word.
`;

describe('the context view', () => {
  let vscode: Workbench;
  let ui: WorkbenchPage;
  let tree: Locator;

  before(async () => {
    vscode = await openWorkbench({ settings: { 'tokenBurn.estimate.model': 'claude-sonnet-4-6' } });
    ui = vscode.ui;
    const folder = vscode.workspaceFolder;
    await mkdir(join(folder, '.github', 'instructions'), { recursive: true });
    await mkdir(join(folder, 'media'));
    await copyFile(join(root, 'media', 'icon.png'), join(folder, 'media', 'harbour.png'));
    await writeFile(join(folder, '.github', 'instructions', 'types.instructions.md'), instructions);
    await writeFile(join(folder, 'prompts', 'explain-tides.prompt.md'), prompt);
    await ui.openTokenBurnView();
    tree = ui.page.getByRole('tree', { name: 'Context' });
  });
  after(() => vscode?.close());

  const row = (name: RegExp) => tree.getByRole('treeitem', { name });
  const status = (reads: RegExp) => ui.statusItem('estimate').filter({ hasText: reads });
  const added = async () => {
    const text = await status(/ \+ /).innerText();
    return Number(/\+ ≥?([\d,]+) tokens/.exec(text)?.[1]?.replace(',', ''));
  };

  async function focusLastRow(label: RegExp): Promise<void> {
    await tree.focus();
    await eventually(
      async () => {
        await ui.page.keyboard.press('End');
        return focusedRowIn(tree);
      },
      (focused) => label.test(focused),
    );
  }

  const comes = (thing: Locator) =>
    thing.waitFor({ timeout: 5_000 }).then(
      () => true,
      () => false,
    );

  /** Whether the menu that opens has this entry first; then it has the keyboard. */
  async function isFirstOfMenu(label: string): Promise<boolean> {
    const item = ui.page.getByRole('menuitem', { name: label });
    if (!(await comes(item))) return false;
    await ui.page.keyboard.press('ArrowDown');
    return item.evaluate((element) => element === element.ownerDocument.activeElement);
  }

  it('says what it is for while nothing is open', async () => {
    await ui.page.getByText('Open a prompt to see what an agent would send with it').waitFor();
    await ui.screenshot('context-empty');
  });

  it('shows each part that the agent sends, with its tokens and why it is there', async () => {
    await ui.openFile('prompts/explain-tides.prompt.md');
    await row(/^AGENTS\.md, included, ~\d+ · .*Loaded by GitHub Copilot by itself\.$/).waitFor();
    await row(/^types\.instructions\.md, included, .*because of a file that the prompt names\.$/).waitFor();
    await row(/^tides\.ts, included, .*Named in line 4\.$/).waitFor();
    await row(/^harbour\.png, included, ~100 · .*256 × 256/).waitFor();
    await row(/^README\.md, included, .*Named in line 5\.$/).waitFor();
    await row(/^glossary\.md, not found, docs\. Named in line 5\. There is no such file\.$/).waitFor();
    await status(/^\s*~\d+ \+ ≥[\d,]+ tokens · Claude Sonnet 4\.6 · ≥\$0\.0/).waitFor();
  });

  it('leaves out a part by keyboard, remembers it, and takes it back in', async () => {
    const all = await added();
    await row(/^tides\.ts/).click();
    await ui.page.getByRole('tab', { name: 'tides.ts' }).waitFor();
    await ui.openFile('prompts/explain-tides.prompt.md');
    const leftOut = tree.getByRole('treeitem', { name: /, left out, / });
    // What is counted anew is drawn anew, which closes the menu of a row, or takes the keyboard from it.
    await eventually(
      async () => {
        await focusLastRow(/^README\.md/);
        await ui.page.keyboard.press('Shift+F10');
        if (!(await isFirstOfMenu('Leave Part Out or Take It In'))) return false;
        await ui.page.keyboard.press('Enter');
        return comes(leftOut);
      },
      Boolean,
      60_000,
    );
    await leftOut.waitFor();
    await ui.screenshot('context-left-out');
    assert.ok((await added()) < all);
    await ui.reloadWindow();
    // Then the extension is at work again.
    await status(/ \+ /).waitFor();
    await tree.getByRole('treeitem', { name: /, left out, / }).waitFor();
    await ui.runCommand('Token Burn: Include All Parts');
    await tree.getByRole('treeitem', { name: /, left out, / }).waitFor({ state: 'detached' });
    assert.equal(await added(), all);
  });

  it('leaves out a part by its box, and takes it back in', async () => {
    const all = await added();
    await row(/^README\.md/)
      .getByRole('checkbox')
      .click();
    await row(/^README\.md, left out/).waitFor();
    await row(/^README\.md/)
      .getByRole('checkbox')
      .click();
    await row(/^README\.md, included/).waitFor();
    assert.equal(await added(), all);
  });

  it('counts for another agent that is picked', async () => {
    await ui.runCommand('Token Burn: Select Agent');
    await ui.screenshot('context-agents');
    await ui.chooseByKeyboard('Claude Code');
    await row(
      /^tides\.ts, left out, .*Claude Code does not send it with the prompt; it may read it later\.$/,
    ).waitFor();
    await ui.runCommand('Token Burn: Select Agent');
    await ui.chooseByKeyboard('Automatic');
    await row(/^tides\.ts, included/).waitFor();
  });

  for (const theme of ['Light Modern', 'Dark Modern', 'Dark High Contrast', 'Light High Contrast'] as const) {
    it(`is whole in ${theme}`, async () => {
      const name = theme.toLowerCase().replaceAll(' ', '-');
      await ui.useTheme(theme);
      await ui.restMouse();
      await ui.screenshot(`context-${name}`);
      const ofPart = await ui.hoverOf(row(/^types\.instructions\.md/));
      assert.match(await ofPart.innerText(), /because\sof\sa\sfile\sthat\sthe\sprompt\snames/);
      await ui.screenshot(`context-${name}-part`);
      const ofStatus = await ui.hoverOf(ui.statusItem('estimate'));
      assert.match(await ofStatus.innerText(), /Added by GitHub Copilot[\s\S]*Sent in all/);
      await ui.screenshot(`context-${name}-status`);
      await ui.restMouse();
    });
  }
});
