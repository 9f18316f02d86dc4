import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { makeDatabase } from '../contract/fixtureFile.ts';
import { call, tables } from '../fixtures/copilot-chat/spanRecords.ts';
import { askHarbour } from './askChat.ts';
import { openWorkbench, type Workbench } from './driver.ts';
import type { WorkbenchPage } from './driverPage.ts';

const setting = 'github.copilot.chat.otel.dbSpanExporter.enabled';

describe('the calls that Copilot Chat writes down', () => {
  let vscode: Workbench;
  let ui: WorkbenchPage;
  let userFolder: string;
  let own: string;
  const settings = () => readFile(join(userFolder, 'settings.json'), 'utf8');

  before(async () => {
    vscode = await openWorkbench({ isWhole: true });
    ui = vscode.ui;
    userFolder = join(vscode.homeFolder, '../data/data/User');
    own = await settings();
    await ui.openTokenBurnView();
    await askHarbour(ui, 'When is high water?');
  });
  after(() => vscode?.close());

  const row = (numbers: RegExp) => ui.sessions.row('@harbour When is high water\\?', numbers);
  const question = () => ui.page.getByRole('dialog', { name: /Let Copilot Chat write down/ });

  async function ask(): Promise<void> {
    await ui.runCommand('Token Burn: Count Copilot Chat Exactly…');
    await question().waitFor();
  }

  it('are offered where a chat tells only some of its tokens', async () => {
    const chat = row(/Copilot Chat, idle, .*tokens: at least 0, /);
    await chat.waitFor();
    const hover = await ui.hoverOf(chat);
    await hover.getByText(/all tokens of chats to come: “Token Burn: Count Copilot Chat Exactly…”/).waitFor();
    await ui.screenshot('chat-spans-hover');
    await ui.restMouse();
  });

  it('are not asked for before the user has said yes', async () => {
    await ask();
    await ui.screenshot('chat-spans-question');
    await question().getByRole('button', { name: 'Cancel' }).click();
    await question().waitFor({ state: 'hidden' });
    assert.equal(await settings(), own);
  });

  it('are asked for by the setting of Copilot Chat, which then is offered no more', async () => {
    await ask();
    await question().getByRole('button', { name: 'Change the Setting' }).click();
    await ui.notification(/writes its calls down once this window is reloaded/).waitFor();
    await ui.screenshot('chat-spans-set');
    assert.equal(JSON.parse(await settings())[setting], true);
    await ui.runCommand('Token Burn: Count Copilot Chat Exactly…');
    await ui.notification(/is set to write its calls down already, into .*agent-traces\.db/).waitFor();
  });

  it('count in place of what the log of the chat itself knows of the turn', async () => {
    const file = join(userFolder, 'globalStorage/github.copilot-chat/agent-traces.db');
    await writeCall(await turnOf(userFolder), file);
    const chat = row(/Copilot Chat, idle, .*tokens: 1,500, cost: \$/);
    await chat.waitFor();
    const hover = await ui.hoverOf(chat);
    await hover.getByText('Cost is at list price').waitFor();
    assert.doesNotMatch(await hover.innerText(), /does not tell|Count Copilot Chat Exactly/);
    await ui.screenshot('chat-spans-counted');
    await ui.restMouse();
  });

  it('are asked for no more, with the settings as they were, on command', async () => {
    await ui.runCommand('Token Burn: Stop Counting Copilot Chat Exactly');
    await ui
      .notification(
        /writes no more down once this window is reloaded\..*stays in .*agent-traces\.db until you delete it/,
      )
      .waitFor();
    await ui.screenshot('chat-spans-left');
    assert.deepEqual(JSON.parse(await settings()), JSON.parse(own));
  });
});

interface Turn {
  readonly chat: string;
  readonly startedMs: number;
}

/** The turn as VS Code itself has logged it. */
async function turnOf(userFolder: string): Promise<Turn> {
  const [file = assert.fail('VS Code has logged no chat')] = globSync('**/chatSessions/*.jsonl', {
    cwd: userFolder,
  });
  const text = await readFile(join(userFolder, file), 'utf8');
  const startedMs = Math.max(...[...text.matchAll(/"timestamp":(\d{13})/g)].map(([, ms]) => Number(ms)));
  return { chat: basename(file, '.jsonl'), startedMs };
}

async function writeCall({ chat, startedMs }: Turn, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const times = { start_time_ms: startedMs, end_time_ms: startedMs + 1 };
  const statements = [
    ...tables,
    call(
      'a1',
      ['10:00:00', '10:00:01'],
      [1000, 500, 0],
      { chat_session_id: chat, ...times },
      { 'gen_ai.usage.cache_creation.input_tokens': 0 },
    ),
  ];
  makeDatabase(path, { statements }).close();
}
