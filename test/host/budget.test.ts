import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { commands, window } from 'vscode';
import { sessionRowId } from '../../src/editor/sessions/sessionRows.ts';
import { eventually } from '../ui/eventually.ts';
import { ClaudeLog } from './agentLogs.ts';
import { changeSetting, sessionRow } from './tokenBurn.ts';
import { recordWarnings } from './warnings.ts';

describe('the budget of a session', () => {
  let warnings: ReturnType<typeof recordWarnings>;

  before(async () => {
    await changeSetting('tokenBurn.budgets', [{ per: 'session', limit: 1 }]);
    await commands.executeCommand('tokenBurn.sessions.focus');
  });
  after(() => changeSetting('tokenBurn.budgets', undefined));
  afterEach(() => warnings.restore());

  async function crossBudget(sessionId: string, title: string): Promise<ClaudeLog> {
    const log = new ClaudeLog(sessionId);
    await log.begin(title);
    await log.respond(10_000);
    await sessionRow(new RegExp(`^  ${title} `));
    await log.respond(1_000_000);
    return log;
  }

  it('warns once when a session crosses it', async () => {
    warnings = recordWarnings();
    const log = await crossBudget('3d1c0c54-0000-4000-8000-00000000000a', 'Spend it all');
    await sessionRow(/^ {2}Spend it all \| .*over budget/);
    await eventually(
      async () => warnings.said.length,
      (count) => count > 0,
    );
    await log.respond(2_000_000);
    await sessionRow(/^ {2}Spend it all \| .*3\.01M/);
    await pause(500);
    assert.equal(warnings.said.length, 1);
    assert.match(
      warnings.said[0] ?? '',
      /^Over budget: Spend it all \(Each session\), \$[\d.]+ of \$1\.00 spent\./,
    );
  });

  it('is reset from the context menu, and the session is no longer over it', async () => {
    warnings = recordWarnings();
    const sessionId = '3d1c0c54-0000-4000-8000-00000000000b';
    await crossBudget(sessionId, 'Begin anew');
    await sessionRow(/^ {2}Begin anew \| .*over budget/);
    const row = sessionRowId({ agent: 'claude-code', key: sessionId });
    await commands.executeCommand('tokenBurn.resetBudget', row);
    assert.doesNotMatch(await sessionRow(/^ {2}Begin anew /), /over budget/);
  });

  it('is raised by the answer to the warning, by what is typed then', async () => {
    warnings = recordWarnings('Raise…');
    const own = window.showInputBox;
    window.showInputBox = async () => '20';
    try {
      await crossBudget('3d1c0c54-0000-4000-8000-00000000000c', 'Answer me');
      await sessionRow(/^ {2}Answer me \| .*1\.01M(?!.*over budget)/);
      await sessionRow(/^ {4}Budget \| \$10\.10 of \$21\.00/);
    } finally {
      window.showInputBox = own;
    }
  });

  it('stops the session by the answer to the warning, until it is released', async () => {
    warnings = recordWarnings('Stop Session');
    const key = '3d1c0c54-0000-4000-8000-00000000000d';
    await crossBudget(key, 'Stop me');
    await sessionRow(/^ {2}Stop me \| stopped · .*over budget/);
    await eventually(
      async () => warnings.said,
      (said) => said.some((text) => /nothing will stop it: Claude Code has no guard/.test(text)),
    );
    const row = sessionRowId({ agent: 'claude-code', key });
    await commands.executeCommand('tokenBurn.releaseSession', row);
    assert.doesNotMatch(await sessionRow(/^ {2}Stop me /), /stopped|over budget/);
  });

  it("is nobody's when it is taken away", async () => {
    warnings = recordWarnings();
    await changeSetting('tokenBurn.budgets', undefined);
    await sessionRow(/^ {2}Spend it all \| (?!.*over budget)/);
  });

  it('says how far one session may go on of a budget over a time', async () => {
    warnings = recordWarnings('Raise…');
    const { showInputBox, showInformationMessage } = window;
    const told: string[] = [];
    window.showInputBox = async () => '20';
    window.showInformationMessage = async (text: string) => void told.push(text);
    try {
      await changeSetting('tokenBurn.budgets', [{ per: 'day', limit: 1 }]);
      await crossBudget('3d1c0c54-0000-4000-8000-00000000000e', 'Spend the day');
      const sentence =
        /^The session ".+" may go on until the budget "Day" stands at \$21\.00\. .* the larger holds\.$/;
      await eventually(
        async () => told,
        ([text = '']) => sentence.test(text),
      );
    } finally {
      Object.assign(window, { showInputBox, showInformationMessage });
      await changeSetting('tokenBurn.budgets', undefined);
    }
  });
});
