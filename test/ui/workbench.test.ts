import assert from 'node:assert/strict';
import { extensionId } from '../harness/layout.ts';
import { openWorkbench, type Workbench } from './driver.ts';

describe('VS Code with the packaged extension', () => {
  let vscode: Workbench;

  before(async () => {
    vscode = await openWorkbench();
  });
  after(() => vscode?.close());

  it('shows the view of Token Burn', async () => {
    await vscode.ui.openTokenBurnView();
  });

  it('has the extension active, from its package', async () => {
    const extension = await vscode.ask('extension', { id: extensionId });
    assert.ok(extension, 'the extension is not installed');
    assert.equal(extension.isActive, true);
    assert.match(extension.folder, /tokenburn\.token-burn-\d/);
  });
});
