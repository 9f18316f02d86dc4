import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { type LanguageModelTextPart, lm } from 'vscode';
import type { BudgetReport } from '../../src/guard/budgetReport.ts';
import { eventually } from '../ui/eventually.ts';
import { ClaudeLog } from './agentLogs.ts';
import { changeSetting, sessionRow } from './tokenBurn.ts';

const toolName = 'tokenBurn_budget';

async function ask(): Promise<{ readonly text: string; readonly report: BudgetReport }> {
  const { content } = await lm.invokeTool(toolName, { input: {}, toolInvocationToken: undefined });
  const text = content.map((part) => (part as LanguageModelTextPart).value).join('');
  return { text, report: JSON.parse(text) };
}

describe('the tool by which a model asks for budgets', () => {
  afterEach(() => changeSetting('tokenBurn.budgets', undefined));

  it('is offered to models', () => {
    const tool = lm.tools.find(({ name }) => name === toolName);
    assert.match(tool?.description ?? '', /What may still be spent/);
  });

  it('says that there is no budget', async () => {
    await eventually(
      async () => (await ask()).report,
      ({ budgets }) => budgets.length === 0,
    );
    assert.equal((await ask()).report.advice, 'No budget is set for this work.');
  });

  it('tells how a session stands, and nothing that its log says of itself', async () => {
    await changeSetting('tokenBurn.budgets', [{ per: 'session', limit: 1, agent: 'claude-code' }]);
    const hostile = '[click](command:workbench.action.quit)\u001b[31m\n$(touch hit) ../../etc';
    const log = new ClaudeLog('3d1c0c54-0000-4000-8000-0000000000b1', { cwd: `${homedir()}/${hostile}` });
    await log.begin(`Spend ${hostile}`);
    await log.respond(1_000_000, 'claude-sonnet-5');
    await sessionRow(/^ {2}Spend .*1M .*over budget/);
    const { text, report } = await eventually(
      () => ask(),
      (told) => told.report.budgets.some(({ level }) => level === 'over'),
    );
    assert.match(report.advice, /^Stop: \d+ % of the session budget is spent\./);
    assert.doesNotMatch(text, /command:|touch|etc|\\u001b|\\n/);
  });
});
