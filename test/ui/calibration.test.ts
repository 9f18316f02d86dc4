import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { conversationRecords, toLines } from '../fixtures/claude-code/conversation.ts';
import { openWorkbench, type Workbench } from './driver.ts';
import type { WorkbenchPage } from './driverPage.ts';
import { eventually } from './eventually.ts';

/** Three tokens of o200k_base each. */
const line = 'hello world\n';
const billedPerLine = 4;

/** Of a file in the workspace. */
const lines = 400;

describe('estimates beside logs of past sessions', () => {
  let vscode: Workbench;
  let ui: WorkbenchPage;

  before(async () => {
    vscode = await openWorkbench({
      settings: {
        'tokenBurn.estimate.model': 'claude-sonnet-5-5',
        'tokenBurn.context.agent': 'claude-code',
      },
    });
    ui = vscode.ui;
    await writeFile(join(vscode.workspaceFolder, 'greetings.txt'), line.repeat(lines));
    await writeSessions(vscode);
    await ui.openTokenBurnView();
    await eventually(
      async () => (await vscode.ask('shown', null)).sessionRows,
      (rows) => rows.some((row) => row.includes('Task 24')),
    );
    await ui.openFile('prompts/add-spring-tides.prompt.md');
  });
  after(() => vscode?.close());

  const hover = async () => (await ui.hoverOf(ui.statusItem('estimate'))).innerText();

  it('say on how many receipts they stand, and what sessions in this project came to', async () => {
    const text = await eventually(
      hover,
      (said) => /Calibrated on/.test(said) && /Half of the sessions/.test(said),
    );
    await ui.screenshot('estimate-calibrated');
    assert.match(text, /Calibrated on receipts: 32, of them in this project: 32\./);
    assert.match(text, /Claude Code adds ~16\.\dk tokens of its own to a first prompt/);
    assert.match(text, /Learned from sessions in this project: 9\./);
    assert.match(text, /Nine of ten replies\s+up to 40 tokens · \$0\.0/);
    assert.match(text, /Half of the sessions\s+up to \$0\.\d+\s+Nine of ten sessions\s+up to \$0\.\d+/);
    assert.match(text, /Sessions with it in this project: 25; \d+% of the later ones/);
    await ui.restMouse();
  });

  it('count as the receipts do', async () => {
    await ui.openFile('greetings.txt');
    const item = ui.statusItem('estimate').filter({ hasText: /~1,[56]\d\d \+/ });
    await item.waitFor();
    const tokens = Number(/~([\d,]+) \+/.exec(await item.innerText())?.[1]?.replace(',', ''));
    assert.ok(Math.abs(tokens / (billedPerLine * lines) - 1) < 0.04, String(tokens));
  });

  it('are whole in a light and in a high-contrast theme', async () => {
    await ui.openFile('prompts/add-spring-tides.prompt.md');
    for (const theme of ['Light Modern', 'Dark High Contrast'] as const) {
      await ui.useTheme(theme);
      assert.match(await hover(), /in this project: 32/);
      await ui.screenshot(`estimate-calibrated-${theme.toLowerCase().replaceAll(' ', '-')}`);
      await ui.restMouse();
    }
  });
});

/** Sessions of Claude Code in the workspace: many short ones, and one with enough receipts by itself. */
async function writeSessions({ homeFolder, workspaceFolder }: Workbench): Promise<void> {
  const folder = join(homeFolder, '.claude', 'projects', '-workspace');
  await mkdir(folder, { recursive: true });
  for (let number = 0; number < 25; number++) {
    const lines = 200 + 40 * number;
    const sessionId = `5e55${String(number).padStart(4, '0')}-0000-4000-8000-000000000000`;
    const records = conversationRecords({
      sessionId,
      cwd: workspaceFolder,
      prompt: `Task ${number}`,
      firstPromptTokens: 16_000 + 40 * number,
      additions: Array.from({ length: number === 24 ? 13 : 1 }, (_one, index) => ({
        text: line.repeat(lines + index),
        billedTokens: billedPerLine * (lines + index) + 6,
      })),
    });
    await writeFile(join(folder, `${sessionId}.jsonl`), toLines(records));
  }
}
