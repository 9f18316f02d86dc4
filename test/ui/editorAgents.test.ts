import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { lines } from '../contract/fixture.ts';
import { file, request, say } from '../fixtures/cline/records.ts';
import { openWorkbench, type Workbench } from './driver.ts';
import type { WorkbenchPage } from './driverPage.ts';

describe('the sessions of agents that log into the editor or the project', () => {
  let vscode: Workbench;
  let ui: WorkbenchPage;

  before(async () => {
    vscode = await openWorkbench();
    ui = vscode.ui;
    await ui.openTokenBurnView();
  });
  after(() => vscode?.close());

  it('show tasks of Cline in the folder of the editor that asks', async () => {
    const tasks = join(vscode.homeFolder, '../data/data/User/globalStorage/saoudrizwan.claude-dev/tasks');
    const model = { modelInfo: { providerId: 'anthropic', modelId: 'claude-sonnet-4-5' } };
    const messages = [
      say('10:00:00', 'text', 'Mend the sluice'),
      request('10:00:01', [1000, 500], {}, model),
    ];
    await write(join(tasks, '1788537600000/ui_messages.json'), file(messages));
    await ui.sessions.row('Mend the sluice', /Cline, .*tokens: 1,500, cost: \$0\.0105/).waitFor();
  });

  it('show chats of Aider in the open project', async () => {
    const history = lines(
      '# aider chat started at 2026-08-19 10:00:00',
      '> Model: anthropic/claude-sonnet-4-5 with diff edit format  ',
      '#### Caulk the hull  ',
      '> Tokens: 12k sent, 380 received. Cost: $0.04 message, $0.04 session.  ',
    );
    await write(join(vscode.workspaceFolder, '.aider.chat.history.md'), history);
    const row = ui.sessions.row('Caulk the hull', /Aider, .*tokens: about 12,380/);
    await row.waitFor();
    await ui.sessions.expand(row);
    await ui.page.getByRole('treeitem', { name: 'Project: workspace' }).waitFor();
    await ui.screenshot('editor-agents');
  });

  it('can be unticked one by one in the settings', async () => {
    await vscode.ask('runCommand', {
      command: 'workbench.action.openSettings',
      args: ['@id:tokenBurn.agents.read'],
    });
    // Settings of a machine are those of the server.
    await ui.page.getByText(/^Remote \[/).click();
    await ui.page.getByRole('checkbox', { name: 'aider', checked: true }).waitFor();
    await ui.screenshot('agents-read-setting');
  });
});

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
