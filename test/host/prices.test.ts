import assert from 'node:assert/strict';
import { commands, workspace } from 'vscode';
import { usage } from '../fixtures/claude-code/records.ts';
import { ClaudeLog } from './agentLogs.ts';
import { type Answers, runAnswering } from './answers.ts';
import { changeSetting, estimateText, sessionRow, showText } from './tokenBurn.ts';

const listModels = (answers: Answers) => runAnswering('tokenBurn.showUnpricedModels', answers);
const recompute = (answers: Answers) => runAnswering('tokenBurn.recomputeCosts', answers);
const model = 'tides/pilot-7';

describe('prices of the user', () => {
  before(async () => {
    const log = new ClaudeLog('3d1c0c54-0000-4000-8000-0000000000c1');
    await log.begin('Price the tides');
    await log.answer(usage(1_000_000, 0, 500_000, 1_000_000), { model });
    await commands.executeCommand('tokenBurn.sessions.focus');
    await sessionRow(/^ {2}Price the tides \| unpriced/);
  });
  after(() => changeSetting('tokenBurn.prices', undefined));

  /** As VS Code would write it. */
  function setting(): unknown {
    return JSON.parse(JSON.stringify(workspace.getConfiguration().get('tokenBurn.prices')));
  }

  it('are asked for by model, with the reason why it has none', async () => {
    const { entries } = await listModels({});
    const entry = entries.find((one) => one.startsWith(model)) ?? '';
    assert.match(entry, /\| responses: 1 · tokens: 2\.5M · .* \| No price list has it\.$/);
  });

  it('change nothing until one is chosen', async () => {
    assert.deepEqual((await listModels({ pick: [model] })).messages, []);
    assert.deepEqual((await listModels({ pick: [model, 'Enter Dollars'], type: ['1', '2'] })).messages, []);
    assert.deepEqual(setting(), {});
  });

  it('can be those of a model of the catalogue, and receipts have them when it is said', async () => {
    const { messages } = await listModels({ pick: [model, 'Claude Haiku 4.5'] });
    assert.match(messages[0] ?? '', /^tides\/pilot-7 has a price now\. Responses priced by it: 1\./);
    assert.deepEqual(setting(), { [model]: { sameAs: 'claude-haiku-4-5' } });
    await sessionRow(/^ {2}Price the tides \| \$6\.05 /);
    assert.match(sections(await listModels({})), /tides\/pilot-7 \| costs what claude-haiku-4-5 costs/);
  });

  it('can be typed, and what they leave open is told', async () => {
    const { inputs, messages } = await listModels({
      pick: [model, 'Enter Dollars'],
      type: ['0.1', '$0.2', '', '', ''],
    });
    assert.equal(inputs[4], 'Price of tides/pilot-7: cache write, 1 h (5/5)');
    assert.match(messages[0] ?? '', /Responses without a price: 1\. Its price list lacks something/);
    await listModels({ pick: [model, 'Enter Dollars'], type: ['0.1', '0.2', '0.01', '', ''] });
    assert.deepEqual(setting(), { [model]: { input: 0.1, output: 0.2, cacheRead: 0.01 } });
    await sessionRow(/^ {2}Price the tides \| \$0\.305 /);
  });

  it('can be nothing, which is no lack of a price', async () => {
    await listModels({ pick: [model, 'It Costs Nothing'] });
    await sessionRow(/^ {2}Price the tides \| \$0\.00 /);
  });

  it('are taken away again', async () => {
    const { messages } = await listModels({ pick: [model, 'Remove Own Price'] });
    assert.match(messages[0] ?? '', /no price of your own any more\. Responses without a price: 1\./);
    assert.deepEqual(setting(), {});
    await sessionRow(/^ {2}Price the tides \| unpriced/);
  });

  it('are those of the status bar, too', async () => {
    await changeSetting('tokenBurn.estimate.model', model);
    await showText('high tide');
    await estimateText(/tides\/pilot-7 · unpriced/);
    await changeSetting('tokenBurn.prices', { [model]: { input: 1_000, output: 2 } });
    await estimateText(/tides\/pilot-7 · ~\$0\.00/);
    await changeSetting('tokenBurn.prices', undefined);
    await estimateText(/tides\/pilot-7 · unpriced/);
    await changeSetting('tokenBurn.estimate.model', undefined);
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('leave a name alone that would stand for other models', async () => {
    const log = new ClaudeLog('3d1c0c54-0000-4000-8000-0000000000c2');
    await log.begin('All the tides');
    await log.answer(usage(1, 0, 0, 1), { model: '*' });
    await sessionRow(/^ {2}All the tides \| unpriced/);
    const { messages } = await listModels({ pick: ['*', 'It Costs Nothing'] });
    assert.match(messages[0] ?? '', /^The name \* holds "\*"/);
    assert.deepEqual(setting(), {});
  });

  it('follow the setting, whoever writes it', async () => {
    await changeSetting('tokenBurn.prices', { 'tides/*': { input: 1, output: 2, cacheRead: 0 } });
    await sessionRow(/^ {2}Price the tides \| \$3\.00 /);
    await changeSetting('tokenBurn.prices', undefined);
    await sessionRow(/^ {2}Price the tides \| unpriced/);
  });

  it('are recomputed only when the user agrees', async () => {
    assert.equal((await recompute({})).messages.length, 1);
    const { messages } = await recompute({ press: 'Recompute Costs' });
    assert.match(
      messages[1] ?? '',
      /^Every cost is what it was: \$[\d.,]+\. Responses: [\d,]+, of them without/,
    );
  });
});

function sections({ entries }: { readonly entries: readonly string[] }): string {
  return entries.join('\n');
}
