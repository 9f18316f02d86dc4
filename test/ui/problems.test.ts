import assert from 'node:assert/strict';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ClaudeLog } from '../host/agentLogs.ts';
import { openWorkbench, type Workbench } from './driver.ts';
import type { WorkbenchPage } from './driverPage.ts';
import { eventually } from './eventually.ts';

const title = 'Mend the tide table';

describe('what can go wrong', () => {
  let vscode: Workbench;
  let ui: WorkbenchPage;
  let log: ClaudeLog;
  let tokens = 1000;

  before(async () => {
    vscode = await openWorkbench();
    ui = vscode.ui;
    log = new ClaudeLog('5c0de000-0000-4000-8000-000000000001', { home: vscode.homeFolder });
    await log.begin(title);
    await log.respond(tokens);
    await ui.openTokenBurnView();
    await ui.sessions.row(title).waitFor();
  });
  after(() => vscode?.close());

  function change(id: string, value: unknown): Promise<null> {
    return vscode.ask('changeSetting', { id, value });
  }

  /** One sentence about it and nothing else above the rows, which still follow the log. */
  async function isSaidOnce(sentence: RegExp): Promise<void> {
    await ui.page.getByText(sentence).waitFor();
    tokens += 1000;
    await log.respond(1000);
    await ui.sessions.row(title, new RegExp(`tokens: ${tokens.toLocaleString('en')},`)).waitFor();
    assert.match(await ui.sessions.message(), sentence);
  }

  it('says that nothing can be kept in a folder', async () => {
    await writeFile(join(vscode.homeFolder, 'a-file'), '');
    await change('tokenBurn.ledger.folder', '~/a-file/ledger');
    await isSaidOnce(
      /^Nothing can be kept in \S+a-file\/ledger \([^)]+\)\. [^.]+"tokenBurn\.ledger\.folder"\.$/,
    );
    await ui.screenshot('problem-folder');
  });

  it('says that the ledger was damaged, and where the damaged one is kept', async () => {
    const folder = join(vscode.homeFolder, 'damaged');
    await mkdir(folder);
    await writeFile(join(folder, 'ledger.db'), 'This is not a database. '.repeat(500));
    await change('tokenBurn.ledger.folder', folder);
    await isSaidOnce(/^The ledger was damaged and is being built again.*kept at \S+ledger\.damaged-1\.db\.$/);
    await ui.screenshot('problem-damaged');
    await change('tokenBurn.ledger.folder', undefined);
    await ui.page.getByText('The ledger was damaged').waitFor({ state: 'hidden' });
  });

  it('says which folder with logs cannot be read', async () => {
    const folder = join(vscode.homeFolder, 'loop');
    await symlink(folder, folder);
    await change('tokenBurn.agents.codex.folders', [folder]);
    await isSaidOnce(/^The logs of Codex in \S+loop cannot be read\. Give yourself permission[^.]+\.$/);
    await ui.screenshot('problem-logs');
    await change('tokenBurn.agents.codex.folders', undefined);
  });

  it('has nothing left to say when all is well again', async () => {
    await eventually(
      () => ui.sessions.message(),
      (message) => message === '',
    );
    await ui.sessions.row(title, new RegExp(`tokens: ${tokens.toLocaleString('en')},`)).waitFor();
  });
});
