import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Locator } from 'playwright-core';
import { openWorkbench, type Workbench } from './driver.ts';
import type { WorkbenchPage } from './driverPage.ts';
import { eventually } from './eventually.ts';

const hostileName = '[click](command:workbench.action.quit) $(flame) \u202egnp.exe\nnext';

/** A small project, as an agent would find it. */
const project: Readonly<Record<string, string | Uint8Array>> = {
  '.gitignore': 'node_modules/\n*.log\n',
  'node_modules/left-pad/index.js': 'module.exports = require("./pad");\n'.repeat(400),
  'debug.log': 'nothing to see\n'.repeat(500),
  'src/app/main.ts': 'export function main(): void {\n  console.log("spring tide");\n}\n'.repeat(180),
  'src/app/routes.ts': 'router.get("/tides/:harbour", showTides);\n'.repeat(120),
  'src/harmonics.ts': 'const m2 = { speed: 28.984104, phase: 0.5 };\n'.repeat(300),
  'docs/guide.md': 'The moon pulls at the water, and the water follows.\n'.repeat(260),
  'docs/logo.png': new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0]),
  [`docs/${hostileName}`]: 'a name to be afraid of\n'.repeat(20),
};

describe('the folders view', () => {
  let vscode: Workbench;
  let ui: WorkbenchPage;
  let tree: Locator;

  before(async () => {
    // A row that sticks to the top of the tree may lie over the one that is to be clicked.
    vscode = await openWorkbench({ settings: { 'workbench.tree.enableStickyScroll': false } });
    ui = vscode.ui;
    tree = ui.page.getByRole('tree', { name: 'Folder Tokens' });
    for (const [path, content] of Object.entries(project)) {
      const file = join(vscode.workspaceFolder, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
    }
  });
  after(() => vscode?.close());

  const row = (name: RegExp) => tree.getByRole('treeitem', { name });

  /** A button beside the title, which VS Code shows while the mouse is over the view. */
  const press = async (name: string) => {
    await tree.hover();
    await ui.page.getByRole('button', { name }).click();
  };

  it('is not there before it is of use', async () => {
    await ui.openTokenBurnView();
    assert.equal(await ui.page.getByRole('button', { name: /^Folder Tokens Section/ }).count(), 0);
  });

  it('shows the workspace by a command, biggest folder first', async () => {
    await ui.runCommand('Token Burn: Count Folder Tokens');
    await row(/^src, folder, tokens: about [\d,]+, \d+% of its folder, files counted: 4$/).waitFor();
    const names = await tree.getByRole('treeitem').allInnerTexts();
    assert.match(names[1] ?? '', /^src/);
    assert.equal(await row(/^node_modules/).count(), 0);
  });

  it('opens folders as they are asked for, and files on a click', async () => {
    await row(/^src, folder/).click();
    await row(/^app, folder/).click();
    await row(/^main\.ts, file/).waitFor();
    await row(/^harmonics\.ts, file/).click();
    await ui.page.getByRole('tab', { name: /harmonics\.ts/ }).waitFor();
    await row(/^docs, folder/).click();
    await row(/^guide\.md, file/).waitFor();
  });

  it('shows the names of strangers as they are', async () => {
    const hostile = row(/\[click\]/);
    await hostile.waitFor();
    assert.match(
      await hostile.innerText(),
      /^\[click\]\(command:workbench\.action\.quit\) \$\(flame\) gnp\.exe next/,
    );
    const hover = await ui.hoverOf(hostile);
    assert.match(await hover.innerText(), /\[click\]\(command:workbench\.action\.quit\)/);
    assert.equal(await hover.getByRole('link').count(), 0);
    await ui.restMouse();
  });

  it('tells under the mouse what was left out and what it would cost', async () => {
    const hover = await ui.hoverOf(row(/^workspace, folder/));
    const text = await hover.innerText();
    assert.match(text, /Sent once, nothing cached\s*~\$0\.\d+/);
    assert.match(text, /Left out by ignore files and settings\s*2/);
    assert.match(text, /Left out as binary\s*1/);
    await ui.restMouse();
  });

  for (const theme of ['Light Modern', 'Dark Modern', 'Light High Contrast', 'Dark High Contrast'] as const) {
    it(`is whole in ${theme}`, async () => {
      const name = theme.toLowerCase().replaceAll(' ', '-');
      await ui.useTheme(theme);
      await ui.screenshot(`folders-${name}`);
      await ui.hoverOf(row(/^workspace, folder/));
      await ui.screenshot(`folders-${name}-hover`);
      await ui.restMouse();
    });
  }

  it('costs what the user says that the model costs, as soon as they say so', async () => {
    const model = 'claude-sonnet-5-5';
    const usePrices = (prices: Readonly<Record<string, object>>) =>
      vscode.ask('changeSetting', { id: 'tokenBurn.prices', value: prices });
    await vscode.ask('changeSetting', { id: 'tokenBurn.estimate.model', value: model });
    const cost = async () => {
      const hover = await ui.hoverOf(row(/^workspace, folder/));
      const text = await hover.innerText();
      await ui.restMouse();
      return /Sent once, nothing cached\s*~\$([\d.]+)/.exec(text)?.[1];
    };
    const listed = Number(await cost());
    assert.ok(listed > 0);
    await usePrices({ [model]: { input: 1_000, output: 1_000 } });
    await eventually(cost, (shown) => Number(shown) > 100 * listed);
    await ui.screenshot('folders-own-price');
    await usePrices({});
    await eventually(cost, (shown) => Number(shown) === listed);
  });

  it('shows a folder of many files a page at a time', async () => {
    for (let file = 0; file < 250; file++) {
      await mkdir(join(vscode.workspaceFolder, 'many'), { recursive: true });
      await writeFile(join(vscode.workspaceFolder, 'many', `${file}.txt`), 'word '.repeat(4_000 + file));
    }
    await press('Recount Folder Tokens');
    await row(/^many, folder/).click();
    await row(/^249\.txt, file/).waitFor();
    await tree.press('End');
    await row(/^\.gitignore/).waitFor();
    await row(/^Show More/).click();
    // It stands where the row stood: the rest is out of sight.
    await row(/^49\.txt, file/).waitFor();
    await tree.press('Home');
    await row(/^many, folder/).click();
  });

  it('is stopped by its button, and says how far it came', async () => {
    await mkdir(join(vscode.workspaceFolder, 'vast'));
    const megabyte = 'A line of a log that goes on and on, at 12:00:01.234.\n'.repeat(19_000);
    for (let file = 0; file < 300; file++) {
      await writeFile(join(vscode.workspaceFolder, 'vast', `${file}.txt`), `${file}\n${megabyte}`);
    }
    await press('Recount Folder Tokens');
    await ui.page.getByText(/^[\d,]+ files, ~[\d.]+[kM] tokens so far$/).waitFor();
    await ui.screenshot('folders-counting');
    await press('Stop Counting Folder Tokens');
    await ui.page.getByText(/^Stopped at [\d,]+ files/).waitFor();
    await row(/^workspace, folder, .*, incomplete$/).waitFor();
    await ui.screenshot('folders-stopped');
    await rm(join(vscode.workspaceFolder, 'vast'), { recursive: true });
  });

  it('offers to count again after a restart', async () => {
    await ui.reloadWindow();
    await ui.openTokenBurnView();
    await ui.page.getByRole('button', { name: /^Folder Tokens Section/ }).waitFor();
    await ui.page.getByRole('button', { name: 'Count Folder Tokens' }).first().click();
    await row(/^src, folder/).waitFor();
  });

  it('counts a folder from the context menu of the explorer', async () => {
    await ui.page.keyboard.press('Control+Shift+E');
    const docs = ui.page
      .getByRole('tree', { name: 'Files Explorer' })
      .getByRole('treeitem', { name: 'docs' });
    await docs.click({ button: 'right' });
    await ui.screenshot('folders-menu');
    await ui.page.getByRole('menuitem', { name: 'Count Folder Tokens' }).click();
    await row(/^docs, folder, .* files counted: 2$/).waitFor();
    await ui.screenshot('folders-docs');
  });
});
