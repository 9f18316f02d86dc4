import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import {
  commands,
  type Disposable,
  EndOfLine,
  env,
  languages,
  Position,
  Range,
  Selection,
  type TextDocument,
  TextEdit,
  type TextEditor,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import { eventually } from '../ui/eventually.ts';
import { fullCounter } from '../unit/estimator/texts.ts';
import { changeSetting, windowState } from './tokenBurn.ts';

const countFully = fullCounter('o200k_base');

const limitMs = 15_000;
/** Longer than a number that is on its way needs to arrive. */
const settledMs = 400;

/** Counts with `js-tiktoken`, which takes seconds for a megabyte: what was counted before is not counted again. */
const fullCount = remembered(countFully);

function remembered(count: (text: string) => number): (text: string) => number {
  let last = { text: '', tokens: 0 };
  return (text) => {
    if (text !== last.text) last = { text, tokens: count(text) };
    return last.tokens;
  };
}

/** All digits of the number that the status bar shows; `undefined` while it shows none. */
async function shownNumber(): Promise<number | undefined> {
  const label = (await windowState()).estimateLabel() ?? '';
  const digits = /: (?:about )?([\d,]+), counted for GPT/.exec(label)?.[1];
  return digits === undefined ? undefined : Number(digits.replaceAll(',', ''));
}

/** Waits for the number to be that of a full count, and to stay. */
async function assertShows(text: string): Promise<void> {
  const expected = fullCount(text);
  await eventually(shownNumber, (shown) => shown === expected, limitMs);
  await pause(settledMs);
  assert.equal(await shownNumber(), expected);
}

const assertShowsAll = (document: TextDocument) => assertShows(document.getText());

function active(): TextEditor {
  assert.ok(window.activeTextEditor, 'no editor is active');
  return window.activeTextEditor;
}

const run = (command: string, ...args: unknown[]) => commands.executeCommand(command, ...args);

/** Types at the cursors of the editor, wherever the keyboard was before. */
async function type(text: string): Promise<void> {
  await run('workbench.action.focusActiveEditorGroup');
  await run('type', { text });
}

/** Waits for what a command does to the document after it has returned. */
async function until(document: TextDocument, holds: (text: string) => boolean): Promise<void> {
  await eventually(async () => holds(document.getText()), Boolean, limitMs);
}

function folder(): Uri {
  const [first] = workspace.workspaceFolders ?? [];
  assert.ok(first);
  return first.uri;
}

async function openFile(text: string, name = `shown-${randomUUID()}.md`): Promise<TextEditor> {
  const uri = Uri.joinPath(folder(), name);
  await workspace.fs.writeFile(uri, Buffer.from(text));
  return window.showTextDocument(uri);
}

const line =
  'Für jede Zeile: `const x = 12345;` // it is what one writes into a prompt, and then some more\n';
const rareLine = 'naïve 中文 and 😀, the end of it;\n';

/** Lines of which no two are alike. */
function lines(count: number): string {
  return Array.from({ length: count }, (_, index) => `${index} ${index % 10 === 9 ? rareLine : line}`).join(
    '',
  );
}

for (const [size, count] of [
  ['a small document', 40],
  ['a document over a megabyte', 12_500],
] as const) {
  describe(`the number shown for ${size} equals a full count`, function () {
    this.timeout(120_000);
    let editor: TextEditor;
    let document: TextDocument;

    before(async () => {
      await changeSetting('tokenBurn.estimate.model', 'gpt-5.5');
      editor = await openFile(lines(count));
      document = editor.document;
    });
    after(async () => {
      await run('workbench.action.files.revert');
      await run('workbench.action.closeAllEditors');
      await changeSetting('tokenBurn.estimate.model', undefined);
    });
    afterEach(() => assertShowsAll(active().document));

    it('when it is opened', () => {});

    it('when somebody types', async () => {
      editor.selection = new Selection(3, 5, 3, 5);
      for (const character of "it's (typed)\n\n  {") await type(character);
    });

    it('when it is undone and done again', async () => {
      const typed = document.getText();
      await run('undo');
      await until(document, (text) => text !== typed);
      await assertShowsAll(document);
      await run('redo');
      await until(document, (text) => text === typed);
    });

    it('when several cursors type', async () => {
      editor.selection = new Selection(5, 2, 5, 2);
      for (let more = 0; more < 4; more++) await run('editor.action.insertCursorBelow');
      await eventually(
        async () => editor.selections.length,
        (cursors) => cursors === 5,
      );
      await type('ab');
      await type('\n');
      await run('deleteLeft');
      await run('removeSecondaryCursors');
    });

    it('when everything is replaced, and back', async () => {
      const before = document.getText();
      // Where there is no word that VS Code would take to look for.
      editor.selection = new Selection(document.lineCount - 1, 0, document.lineCount - 1, 0);
      await run('editor.actions.findWithArgs', { searchString: 'Zeile', replaceString: 'Reihe 7' });
      await run('editor.action.replaceAll');
      await until(document, (text) => !text.includes('Zeile'));
      await run('closeFindWidget');
      await assertShowsAll(document);
      await run('workbench.action.focusActiveEditorGroup');
      await run('undo');
      await until(document, (text) => text === before);
    });

    it('when its line breaks become those of Windows, and back', async () => {
      for (const [eol, lineBreak] of [
        [EndOfLine.CRLF, '\r\n'],
        [EndOfLine.LF, '\n'],
      ] as const) {
        await editor.edit((edit) => edit.setEndOfLine(eol));
        await until(
          document,
          (text) => text.includes(lineBreak) && text.includes('\r') === (lineBreak !== '\n'),
        );
        await assertShowsAll(document);
      }
    });

    it('when it is closed and opened again', async () => {
      await run('workbench.action.closeActiveEditor');
      await eventually(
        async () => window.activeTextEditor,
        (editor) => editor === undefined,
      );
      await run('workbench.action.reopenClosedEditor');
      await eventually(async () => window.activeTextEditor !== undefined, Boolean);
      editor = active();
      document = editor.document;
      await type('y');
    });

    it('of its selections', async () => {
      const last = document.lineCount - 1;
      const selections = [
        new Selection(1, 2, 1, 9),
        new Selection(4, 0, 6, 3),
        new Selection(last, 0, Math.floor(last / 2), 7),
      ];
      await eventually(
        async () => {
          editor.selections = selections;
          return editor.selections.length;
        },
        (length) => length === 3,
      );
      const texts = selections.map((selection) => document.getText(selection));
      const expected = texts.reduce((sum, text) => sum + fullCount(text), 0);
      await eventually(shownNumber, (shown) => shown === expected, limitMs);
      editor.selection = new Selection(0, 0, 0, 0);
    });

    if (count > 1_000) return;

    // What follows is the same at any size, and a full count of a megabyte takes seconds.
    it('when a formatter has been over it', async () => {
      const formatter = registerFormatter();
      try {
        await run('editor.action.formatDocument');
        await until(document, (text) => text.includes('const x = 12345 ;'));
      } finally {
        formatter.dispose();
      }
    });

    it('when it is typed in with line breaks of Windows', async () => {
      await editor.edit((edit) => edit.setEndOfLine(EndOfLine.CRLF));
      editor.selection = new Selection(9, 0, 9, 0);
      await type('one\ntwo\n');
    });

    it('when it is open in two editors', async () => {
      await run('workbench.action.splitEditor');
      await eventually(
        async () => window.visibleTextEditors.length,
        (editors) => editors === 2,
      );
      active().selection = new Selection(1, 1, 1, 1);
      await type('in the second ');
      await assertShowsAll(document);
      await run('workbench.action.closeActiveEditor');
      await eventually(
        async () => window.visibleTextEditors.length,
        (editors) => editors === 1,
      );
      editor = active();
    });

    it('when its language changes', async () => {
      await languages.setTextDocumentLanguage(document, 'plaintext');
      editor = active();
      document = editor.document;
      await assertShowsAll(document);
      editor.selection = new Selection(0, 0, 0, 0);
      await type('x');
    });

    it('when its file is renamed', async () => {
      await document.save();
      const renamed = Uri.joinPath(folder(), `renamed-${randomUUID()}.md`);
      const edit = new WorkspaceEdit();
      edit.renameFile(document.uri, renamed);
      assert.ok(await workspace.applyEdit(edit));
      await eventually(
        async () => active().document.uri.path,
        (path) => path === renamed.path,
      );
      editor = active();
      document = editor.document;
      await assertShowsAll(document);
      await type('more');
    });

    it('when it is reverted', async () => {
      await until(document, () => document.isDirty);
      await run('workbench.action.files.revert');
      await until(document, () => !document.isDirty);
    });

    it('when another program writes its file', async () => {
      const text = `${document.getText()}\nwritten by another program`;
      await writeFile(document.uri.fsPath, text);
      await until(document, (now) => now.endsWith('another program'));
    });

    it('when a megabyte is pasted, and most of it is deleted', async () => {
      const pasted = lines(11_000).replaceAll('Zeile', 'Kopie');
      await env.clipboard.writeText(pasted);
      editor.selection = new Selection(2, 3, 2, 3);
      await run('editor.action.clipboardPasteAction');
      await until(document, (text) => text.includes('10998 Für jede Kopie'));
      await assertShowsAll(document);
      await type('!');
      await assertShowsAll(document);
      await editor.edit((edit) => edit.delete(new Range(new Position(4, 1), new Position(10_000, 4))));
    });
  });
}

describe('the number shown for an untitled document', () => {
  before(() => changeSetting('tokenBurn.estimate.model', 'gpt-5.5'));
  after(async () => {
    await run('workbench.action.revertAndCloseActiveEditor');
    await changeSetting('tokenBurn.estimate.model', undefined);
  });

  it('equals a full count', async () => {
    await run('workbench.action.files.newUntitledFile');
    await eventually(async () => window.activeTextEditor?.document.isUntitled, Boolean);
    await type(line);
    await assertShowsAll(active().document);
  });
});

/** Puts a space before each semicolon. */
function registerFormatter(): Disposable {
  return languages.registerDocumentFormattingEditProvider([{ pattern: '**' }, { scheme: 'untitled' }], {
    provideDocumentFormattingEdits: (document) =>
      Array.from({ length: document.lineCount }, (_, at) => document.lineAt(at)).flatMap(
        ({ text, range }) => {
          const column = text.indexOf(';');
          return column < 0 ? [] : [TextEdit.insert(range.start.translate(0, column), ' ')];
        },
      ),
  });
}
