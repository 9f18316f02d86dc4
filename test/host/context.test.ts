import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { commands, Position, Range, Selection, type TextEditor, Uri, window, workspace } from 'vscode';
import { eventually } from '../ui/eventually.ts';
import { changeSetting, estimateText, selectAndRead, showText, windowState } from './tokenBurn.ts';

const root = () => workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
const written: string[] = [];

/** Writes a file of the workspace that is gone after the tests. */
async function write(path: string, text: string | Uint8Array): Promise<void> {
  const whole = join(root(), path);
  written.push(whole);
  await mkdir(dirname(whole), { recursive: true });
  await writeFile(whole, text);
}

const prompt = (content: string) => showText(content, 'markdown');

async function open(path: string): Promise<TextEditor> {
  return window.showTextDocument(Uri.file(join(root(), path)));
}

async function append(editor: TextEditor, text: string): Promise<void> {
  const { document } = editor;
  const end = document.lineAt(document.lineCount - 1).range.end;
  await editor.edit((edit) => edit.insert(end, text));
}

async function contextRow(fits: RegExp): Promise<void> {
  const state = await windowState();
  await eventually(
    async () => state.contextRows(),
    (rows) => rows.some((row) => fits.test(row)),
  );
}

describe('all that a prompt would send', () => {
  // Of a model with a public vocabulary, so that the counts below are those of any tokenizer for it.
  before(async () => {
    await changeSetting('tokenBurn.estimate.model', 'gpt-5.5');
    await changeSetting('tokenBurn.context.agent', 'claude-code');
    await write('CLAUDE.md', 'hello world');
    await write('docs/notes.md', 'hello world hello world');
  });
  after(async () => {
    await changeSetting('tokenBurn.estimate.model', undefined);
    await changeSetting('tokenBurn.context.agent', undefined);
    for (const path of written) await rm(path, { force: true });
  });
  afterEach(() => commands.executeCommand('workbench.action.closeAllEditors'));

  it('stands beside the text in the status bar, and changes with what is typed', async () => {
    const editor = await prompt('hello world');
    // Nine of them are the frame of the message.
    await estimateText(/^\$\(flame\) 2 \+ ≥11 tokens · GPT-5\.5 · /);
    await append(editor, ' @docs/notes.md');
    await estimateText(/ \d \+ ≥15 tokens · /);
    await contextRow(/^ {2}\[x\] notes\.md \| 4 · .*docs/);
    await append(editor, '#L2');
    await estimateText(/ \d+ \+ ≥11 tokens · /);
  });

  it('is that of the selection where there is one', async () => {
    const editor = await prompt('hello world\n@docs/notes.md');
    await estimateText(/ \+ ≥15 tokens /);
    await selectAndRead(editor, [new Selection(0, 0, 0, 11)], / 2 selected \+ ≥11 tokens /);
  });

  it('follows an instruction file while it is edited, when it is saved, and when another program writes it', async () => {
    const editor = await open('CLAUDE.md');
    await estimateText(/ 2 tokens · /);
    await append(editor, ' hello world');
    await estimateText(/ 4 tokens · /);
    await prompt('hello world');
    await estimateText(/ 2 \+ ≥13 tokens /);
    await editor.document.save();
    await estimateText(/ 2 \+ ≥13 tokens /);
    await write('CLAUDE.md', 'hello world');
    await estimateText(/ 2 \+ ≥11 tokens /);
  });

  it('follows instruction files that come and go', async () => {
    await prompt('hello world');
    await estimateText(/ 2 \+ ≥11 tokens /);
    await write('CLAUDE.local.md', 'hello world hello');
    await estimateText(/ 2 \+ ≥14 tokens /);
    await rm(join(root(), 'CLAUDE.local.md'));
    await estimateText(/ 2 \+ ≥11 tokens /);
  });

  it('is for the agent of the setting, or for none', async () => {
    await prompt('hello world [notes](docs/notes.md)');
    await estimateText(/ \d+ \+ ≥11 tokens /);
    await changeSetting('tokenBurn.context.agent', 'copilot');
    // AGENTS.md of the sample workspace, CLAUDE.md and the link.
    await estimateText(/ \d+ \+ ≥\d{2,3} tokens /);
    await changeSetting('tokenBurn.context.agent', 'none');
    await estimateText(/ \d+ tokens · /);
    await changeSetting('tokenBurn.context.agent', 'claude-code');
  });

  it('is at least what is known where a part cannot be counted, and nothing where it is not there', async () => {
    const editor = await prompt('hello world @gone.md');
    await estimateText(/ \d+ \+ ≥11 tokens /);
    await contextRow(/^ {2}gone\.md \| not found/);
    await write('data.bin', new Uint8Array([1, 0, 2]));
    await append(editor, ' @data.bin @/etc/hostname');
    await estimateText(/ \d+ \+ ≥11 tokens · GPT-5\.5 · ≥\$0/);
    await contextRow(/\[x\] data\.bin \| not text/);
    await contextRow(/\[x\] hostname \| outside the workspace/);
  });

  it('is not looked for around code while nobody looks', async () => {
    await commands.executeCommand('workbench.view.explorer');
    await open('src/tides.ts');
    await estimateText(/ \d{3} tokens · /);
    assert.deepEqual((await windowState()).contextRows(), []);
    await commands.executeCommand('tokenBurn.context.focus');
    await contextRow(/\[x\] CLAUDE\.md \| 2 · /);
    assert.match((await windowState()).estimateText() ?? '', / \d+ tokens · /);
  });

  it('counts again what was undone', async () => {
    const editor = await prompt('hello world @docs/notes.md');
    await estimateText(/ \+ ≥15 tokens /);
    await editor.edit((edit) => edit.delete(new Range(new Position(0, 11), new Position(0, 26))));
    await estimateText(/ 2 \+ ≥11 tokens /);
    await commands.executeCommand('undo');
    await estimateText(/ \+ ≥15 tokens /);
  });
});
