import assert from 'node:assert/strict';
import { extensionId } from '../harness/layout.ts';
import { openWorkbench, type Workbench } from './driver.ts';
import { eventually } from './eventually.ts';

describe('VS Code with the packaged extension', () => {
  let vscode: Workbench;

  before(async () => {
    vscode = await openWorkbench();
  });
  after(() => vscode?.close());

  it('has it active, from its package', async () => {
    await vscode.ui.openTokenBurnView();
    const extension = await eventually(
      () => vscode.ask('extension', { id: extensionId }),
      (asked) => asked?.isActive !== false,
    );
    assert.ok(extension, 'the extension is not installed');
    assert.equal(extension.isActive, true);
    assert.match(extension.folder, /tokenburn\.token-burn-\d/);
  });

  it('finds the estimator in the package, and its vocabularies', async () => {
    await vscode.ui.openFile('prompts/review.prompt.md');
    // It first tells of the text, and of what is sent beside it when that was looked for.
    await eventually(
      async () => {
        const { estimateText } = await vscode.ask('shown', null);
        const seen = await vscode.ui.statusItem('estimate').allInnerTexts();
        return { told: withoutIcons(estimateText), seen: seen.join().trim() };
      },
      ({ told, seen }) => /\d/.test(told) && seen === told,
    );
  });

  it('finds the ledger in the package', async () => {
    const { ledgerStatus } = await eventually(
      () => vscode.ask('shown', null),
      (shown) => shown.ledgerStatus?.phase === 'ready',
    );
    assert.deepEqual(ledgerStatus?.problems, []);
  });
});

function withoutIcons(text: string | null): string {
  return (text ?? '').replaceAll(/\$\([a-z-]+\)/g, '').trim();
}
