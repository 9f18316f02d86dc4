import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parse } from 'jsonc-parser';
import { openWorkbench, type Workbench } from './driver.ts';
import type { WorkbenchPage } from './driverPage.ts';

const own = `{
	// kept as it is
	"hooks": {
		"PreToolUse": [ { "matcher": "Bash", "hooks": [ { "type": "command", "command": "mine" } ] } ] // mine
	},
	"model": "opus", // no comma is lost
}
`;

describe('guards of agents', () => {
  let vscode: Workbench;
  let ui: WorkbenchPage;
  let settings: string;
  let codexHooks: string;
  const text = () => readFile(settings, 'utf8');

  before(async () => {
    vscode = await openWorkbench();
    ui = vscode.ui;
    settings = join(vscode.homeFolder, '.claude', 'settings.json');
    codexHooks = join(vscode.homeFolder, '.codex', 'hooks.json');
    for (const folder of ['.claude', '.codex']) {
      await rm(join(vscode.homeFolder, folder), { recursive: true, force: true });
      await mkdir(join(vscode.homeFolder, folder), { recursive: true });
    }
    await writeFile(settings, own);
  });
  after(() => vscode?.close());

  const entry = (name: RegExp) => ui.page.getByRole('listbox').getByRole('checkbox', { name });
  const accept = () => ui.page.getByRole('button', { name: 'OK', exact: true }).click();

  async function answer(question: RegExp, button: string, picture: string): Promise<void> {
    const dialog = ui.page.getByRole('dialog', { name: question });
    await dialog.waitFor();
    await ui.screenshot(picture);
    await dialog.getByRole('button', { name: button }).click();
    await dialog.waitFor({ state: 'hidden' });
  }

  /** Copilot Chat comes with this VS Code, whatever else is on the machine. */
  const untickChat = () => entry(/^Copilot Chat, /).click();

  /** Opens the list of agents and leaves Claude Code alone ticked. */
  async function pickClaudeCode(): Promise<void> {
    await ui.runCommand('Token Burn: Guard Agents…');
    await entry(/^Codex, /).waitFor();
    await ui.screenshot('guard-pick');
    await entry(/^Codex, /).click();
    await untickChat();
    await accept();
  }

  it('change nothing before the user has seen the change and said yes', async () => {
    await pickClaudeCode();
    await ui.page.getByRole('tab', { name: /settings\.json, with the change/ }).waitFor();
    await answer(/Hold Claude Code to your budgets\?/, 'Cancel', 'guard-question');
    await ui.page.getByText('PostToolBatch').first().waitFor();
    await ui.screenshot('guard-change');
    assert.equal(await text(), own);
    assert.equal(existsSync(codexHooks), false);
  });

  it('are put into the settings as shown, beside hooks and comments of the user’s own', async () => {
    await pickClaudeCode();
    await answer(/Hold Claude Code to your budgets\?/, 'Change the File', 'guard-question');
    await ui.closeNotification(/Guarded: Claude Code\./);
    const changed = await text();
    assert.ok(changed.includes('// kept as it is') && changed.includes('// no comma is lost'));
    const { hooks, model } = parse(changed, [], { allowTrailingComma: true });
    assert.equal(model, 'opus');
    assert.deepEqual(Object.keys(hooks), ['PreToolUse', 'UserPromptSubmit', 'PostToolBatch']);
    assert.equal(hooks.PreToolUse[0].hooks[0].command, 'mine');
    const { command } = hooks.PreToolUse[1].hooks[0];
    const input = JSON.stringify({ session_id: 's', hook_event_name: 'PreToolUse', tool_name: 'Bash' });
    assert.equal(execFileSync('sh', ['-c', command], { input, encoding: 'utf8' }), '');
  });

  it('are examined, and what needs the user comes first', async () => {
    await ui.runCommand('Token Burn: Examine Guards');
    await ui.page.getByRole('tab', { name: 'Guards of Agents' }).waitFor();
    await ui.page
      .getByText(/Claude\sCode:\s(guarded|needs\syou)/)
      .first()
      .waitFor();
    await ui.screenshot('guard-examination');
    const lines = ui.page.locator('.editor-instance .view-line > span');
    const ends = await lines.evaluateAll((all) => all.map((line) => line.getBoundingClientRect().right));
    const minimap = await ui.page.locator('.editor-instance .minimap').boundingBox();
    assert.ok(minimap !== null && Math.max(...ends) <= minimap.x, 'a line runs off the edge');
  });

  it('guard several agents at once, each change shown, and say what Codex asks for', async () => {
    await ui.runCommand('Token Burn: Guard Agents…');
    await entry(/^Claude Code, /).waitFor();
    await untickChat();
    await ui.screenshot('guard-pick-again');
    await accept();
    await answer(/Hold Codex to your budgets\?/, 'Change the File', 'guard-question-codex');
    await ui.notification(/Guarded: Codex\..* let it trust them/).waitFor();
    await ui.screenshot('guard-done-codex');
    await ui.closeNotification(/Guarded: Codex/);
    assert.equal((await stat(codexHooks)).mode & 0o777, 0o600);
  });

  it('are taken away on command, and every byte is as it was', async () => {
    await ui.runCommand('Token Burn: Remove Guard…');
    await entry(/^Claude Code, /).waitFor();
    await ui.screenshot('guard-remove-pick');
    await accept();
    await answer(/Remove the guard from Claude Code and Codex\?/, 'Change 2 Files', 'guard-remove-question');
    await ui.closeNotification(/No longer guarded: Claude Code and Codex/);
    assert.equal(await text(), own);
    assert.equal(existsSync(codexHooks), false);
    await ui.runCommand('Token Burn: Remove Guard…');
    await ui.closeNotification(/No agent on this machine holds Token Burn’s guard/);
  });

  it('hold VS Code’s own agent, and say what else that takes', async () => {
    const hooks = join(vscode.homeFolder, '.copilot', 'hooks', 'token-burn-chat.json');
    await rm(dirname(hooks), { recursive: true, force: true });
    // Until somebody looks at models, Copilot Chat is off, and so are its settings.
    await ui.runCommand('Chat: Manage Language Models');
    await ui.page.getByText('Tide One').first().waitFor();
    await ui.page.keyboard.press('Escape');
    await ui.runCommand('Token Burn: Guard Agents…');
    await entry(/^Claude Code, /).click();
    await entry(/^Codex, /).click();
    if (await entry(/^Copilot CLI, /).isVisible()) await entry(/^Copilot CLI, /).click();
    await accept();
    await answer(/Hold Copilot Chat to your budgets\?/, 'Change the File', 'guard-question-chat');
    const done = ui.notification(/Guarded: Copilot Chat\..* does not write its calls down yet/);
    await done.waitFor();
    await ui.screenshot('guard-done-chat');
    await done.getByRole('button', { name: 'Count Exactly…' }).click();
    await answer(/Let Copilot Chat write down the tokens/, 'Cancel', 'guard-count-chat');
    assert.ok((await readFile(hooks, 'utf8')).includes('copilot-chat PreToolUse'));
    await ui.runCommand('Token Burn: Remove Guard…');
    await accept();
    await answer(/Remove the guard from Copilot Chat\?/, 'Change the File', 'guard-remove-chat');
    await ui.closeNotification(/No longer guarded: Copilot Chat/);
    assert.equal(existsSync(dirname(hooks)), false);
  });

  for (const theme of ['Light Modern', 'Dark High Contrast', 'Light High Contrast'] as const) {
    it(`can be read in ${theme}`, async () => {
      await ui.useTheme(theme);
      await ui.runCommand('Token Burn: Guard Agents…');
      await entry(/^Claude Code, /).waitFor();
      await ui.screenshot(`guard-pick-${theme}`);
      if (await entry(/^Copilot CLI, /).isVisible()) await entry(/^Copilot CLI, /).click();
      await untickChat();
      await accept();
      await answer(/Hold Claude Code and Codex/, 'Cancel', `guard-question-${theme}`);
    });
  }

  it('are files of their own where agents look for plugins', async () => {
    const files = ['.config/kilo/plugins/token-burn.js', '.pi/agent/extensions/token-burn.js'].map((path) =>
      join(vscode.homeFolder, path),
    );
    for (const file of files) await mkdir(dirname(dirname(file)), { recursive: true });
    await ui.runCommand('Token Burn: Guard Agents…');
    await entry(/^Kilo Code, /).waitFor();
    await ui.screenshot('guard-pick-plugins');
    for (const other of [/^Claude Code, /, /^Codex, /, /^Copilot CLI, /, /^Copilot Chat, /]) {
      if (await entry(other).isVisible()) await entry(other).click();
    }
    await accept();
    await answer(/Hold Kilo Code and Pi to your budgets\?/, 'Change 2 Files', 'guard-question-plugins');
    await ui.closeNotification(/Guarded: Kilo Code and Pi\./);
    for (const file of files) assert.match(await readFile(file, 'utf8'), /^\/\/ Written by Token Burn/);
    await ui.runCommand('Token Burn: Examine Guards');
    await ui.page
      .getByText(/Pi:\s(guarded|needs\syou)/)
      .first()
      .waitFor();
    await ui.screenshot('guard-examination-plugins');
  });

  it('come into OpenClaw’s settings beside its plugins, and not into settings that are more than JSON', async () => {
    const file = join(vscode.homeFolder, '.openclaw', 'openclaw.json');
    const theirs = '{\n  // mine\n  "plugins": { "allow": ["voice-call"] },\n}\n';
    await mkdir(dirname(file), { recursive: true });
    const guardWithout = async (...others: readonly RegExp[]) => {
      await ui.runCommand('Token Burn: Guard Agents…');
      await entry(/^OpenClaw, /).waitFor();
      for (const other of [...others, /^Codex, /, /^Copilot CLI, /, /^Copilot Chat, /]) {
        if (await entry(other).isVisible()) await entry(other).click();
      }
      await accept();
    };
    await writeFile(file, "{ plugins: { allow: ['voice-call'] } }\n");
    await guardWithout();
    await ui.notification(/could not be understood as JSON with comments.*double quotes/).waitFor();
    await answer(/Hold Claude Code to your budgets\?/, 'Cancel', 'guard-refused-openclaw');
    await ui.closeNotification(/could not be understood as JSON with comments/);
    await writeFile(file, theirs);
    await guardWithout(/^Claude Code, /);
    await answer(/Hold OpenClaw to your budgets\?/, 'Change the File', 'guard-question-openclaw');
    await ui.closeNotification(/Guarded: OpenClaw\./);
    const { plugins } = parse(await readFile(file, 'utf8'), [], { allowTrailingComma: true });
    assert.deepEqual(plugins.allow, ['voice-call', 'token-burn']);
    assert.ok(existsSync(plugins.load.paths[0]));
    await ui.runCommand('Token Burn: Remove Guard…');
    await entry(/^OpenClaw, /).waitFor();
    for (const other of [/^Kilo Code, /, /^Pi, /]) {
      if (await entry(other).isVisible()) await entry(other).click();
    }
    await accept();
    await answer(/Remove the guard from OpenClaw\?/, 'Change the File', 'guard-remove-openclaw');
    await ui.closeNotification(/No longer guarded: OpenClaw/);
    assert.equal(await readFile(file, 'utf8'), theirs);
  });
});
