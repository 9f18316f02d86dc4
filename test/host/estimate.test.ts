import assert from 'node:assert/strict';
import { commands, Position, Range, Selection } from 'vscode';
import { changeSetting, estimateText, selectAndRead, showText, windowState } from './tokenBurn.ts';

describe('the estimate in the status bar', () => {
  // Of a model with a public vocabulary, so that the counts below are those of any tokenizer for it; and of texts alone.
  before(async () => {
    await changeSetting('tokenBurn.estimate.model', 'gpt-5.5');
    await changeSetting('tokenBurn.context.agent', 'none');
  });
  after(async () => {
    await changeSetting('tokenBurn.estimate.model', undefined);
    await changeSetting('tokenBurn.context.agent', undefined);
  });
  afterEach(() => commands.executeCommand('workbench.action.closeAllEditors'));

  it('counts the document and prices it', async () => {
    await showText('hello world');
    await estimateText(/^\$\(flame\) 2 tokens · GPT-5\.5 · <?\$0\.0/);
  });

  it('counts the selection where there is one', async () => {
    const editor = await showText('hello world\nhello world\nhello world\n');
    const first = new Selection(0, 0, 0, 11);
    await selectAndRead(editor, [first], / 2 tokens selected /);
    await selectAndRead(editor, [first, new Selection(2, 0, 2, 11)], / 4 tokens selected /);
    await selectAndRead(editor, [new Selection(0, 0, 0, 0)], / 9 tokens · /);
  });

  it('follows edits', async () => {
    const editor = await showText('hello world');
    await estimateText(/ 2 tokens /);
    await editor.edit((edit) => edit.insert(new Position(0, 11), ' hello world'));
    await estimateText(/ 4 tokens /);
    await editor.edit((edit) => edit.delete(new Range(0, 0, 0, 23)));
    await estimateText(/ 0 tokens /);
  });

  it('counts a document that is sent in many slices', async () => {
    const line = 'hello world\n';
    await showText(line.repeat(100_000));
    await estimateText(/ 300k tokens /);
  });

  it('counts for the model of the setting', async () => {
    await showText('hello world');
    await changeSetting('tokenBurn.estimate.model', 'claude-sonnet-5-5');
    await estimateText(/ ~[1-9] tokens · Claude Sonnet 5\.5 · [~<]\$/);
    await changeSetting('tokenBurn.estimate.model', 'gpt-5.5');
    await estimateText(/ 2 tokens · GPT-5\.5/);
  });

  it('says of a model without a price that it is unpriced, never that it costs nothing', async () => {
    await showText('hello world');
    await changeSetting('tokenBurn.estimate.model', 'nobodys-model-1');
    await estimateText(/^\$\(flame\) ~[1-9] tokens · nobodys-model-1 · unpriced$/);
    await changeSetting('tokenBurn.estimate.model', 'gpt-5.5');
  });

  it('hides when no editor is open', async () => {
    await showText('hello world');
    await estimateText(/ 2 tokens /);
    await commands.executeCommand('workbench.action.closeAllEditors');
    await estimateText(/^$/);
    assert.equal((await windowState()).estimateText(), undefined);
  });
});
