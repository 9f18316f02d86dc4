import assert from 'node:assert/strict';
import { openWorkbench, type Workbench } from './driver.ts';
import type { WorkbenchPage } from './driverPage.ts';

describe('the estimate in the status bar', () => {
  let vscode: Workbench;
  let ui: WorkbenchPage;

  before(async () => {
    // Of a model with a public vocabulary, so that the counts below are those of any tokenizer for it; of texts alone.
    vscode = await openWorkbench({
      settings: { 'tokenBurn.estimate.model': 'gpt-5.5', 'tokenBurn.context.agent': 'none' },
    });
    ui = vscode.ui;
    await ui.runCommand('File: New Untitled Text File');
  });
  after(() => vscode?.close());

  /** Waits until the item reads so, and answers what it reads. */
  async function estimate(reads: RegExp): Promise<string> {
    const item = ui.statusItem('estimate').filter({ hasText: reads });
    await item.waitFor();
    return (await item.innerText()).trim();
  }

  it('follows what is typed at the cursor', async () => {
    await ui.typeInEditor('hello world');
    assert.match(await estimate(/\b2 tokens · /), /^2 tokens · GPT-5\.5 · <?\$0\.0/);
    await ui.typeInEditor(' hello world');
    await estimate(/\b4 tokens · /);
  });

  it('counts the selection while there is one', async () => {
    await ui.page.keyboard.press('Control+Home');
    await ui.page.keyboard.press('Control+Shift+ArrowRight');
    await estimate(/\b1 tokens selected · /);
    await ui.page.keyboard.press('Control+A');
    await estimate(/\b4 tokens selected · /);
    await ui.page.keyboard.press('ArrowRight');
    await estimate(/\b4 tokens · /);
  });

  it('has another name and price after another model is picked by keyboard, marked where it is rough', async () => {
    await ui.openFile('prompts/add-spring-tides.prompt.md');
    const exact = await estimate(/\d{3} tokens · GPT-5\.5 · \$0\.0/);
    assert.doesNotMatch(exact, /~/);
    await ui.runCommand('Token Burn: Select Model');
    await ui.screenshot('estimate-models');
    await ui.chooseByKeyboard('Claude Opus 5.5');
    const rough = await estimate(/Claude Opus 5\.5/);
    assert.match(rough, /^~\d+ tokens · Claude Opus 5\.5 · ~\$0\.0/);
    assert.notEqual(priceIn(rough), priceIn(exact));
    await ui.screenshot('estimate-rough');
  });

  it('tells a screen reader all that it shows', async () => {
    const item = ui.page.getByRole('button', { name: /^Tokens in this document: / });
    const said = (await item.getAttribute('aria-label')) ?? '';
    assert.match(said, /: about \d+, counted for Claude Opus 5\.5\. An estimate: .* within \d+% of it\./);
    assert.match(said, /Sending it once costs about <?\$[\d.]+ for the input\.$/);
  });

  it('explains itself under the mouse, and leads to the models', async () => {
    const hover = await ui.hoverOf(ui.statusItem('estimate'));
    assert.match(await hover.innerText(), /Sent once, all cached/);
    await hover.getByRole('link', { name: 'Select Model' }).click();
    await ui.chooseByKeyboard('GPT-5.5');
    await estimate(/\d{3} tokens · GPT-5\.5/);
  });
});

function priceIn(text: string): string {
  return text.slice(text.lastIndexOf('·') + 1);
}
