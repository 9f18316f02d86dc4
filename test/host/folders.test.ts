import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  commands,
  EventEmitter,
  env,
  type FileSystemProvider,
  FileType,
  Uri,
  window,
  workspace,
} from 'vscode';
import { eventually } from '../ui/eventually.ts';
import { changeSetting, windowState } from './tokenBurn.ts';

/** Enough to be still at it when the test wants it to stop. */
const manyFiles = 8_000;

async function rows(holds: (rows: readonly string[]) => boolean): Promise<readonly string[]> {
  const state = await windowState();
  return eventually(async () => state.folderRows(), holds);
}

async function message(fits: RegExp): Promise<string> {
  const state = await windowState();
  return eventually(
    async () => state.folderMessage(),
    (text) => fits.test(text),
  );
}

/** A file system in which every path is an empty folder. */
function foldersAlone(): FileSystemProvider {
  const refuse = () => {
    throw new Error('there are folders alone');
  };
  return {
    onDidChangeFile: new EventEmitter<never>().event,
    watch: () => ({ dispose() {} }),
    stat: () => ({ type: FileType.Directory, ctime: 0, mtime: 0, size: 0 }),
    readDirectory: () => [],
    createDirectory: refuse,
    readFile: refuse,
    writeFile: refuse,
    delete: refuse,
    rename: refuse,
  };
}

describe('the tokens of a folder', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'token-burn-count-')));

  function write(path: string, text: string): void {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }

  before(async () => {
    write('few/.gitignore', 'ignored\n');
    write('few/ignored', 'a secret');
    write('few/src/a.ts', 'hello world '.repeat(100));
    write('few/b.md', 'hello world');
    for (let file = 0; file < manyFiles; file++) {
      write(`many/${file % 20}/${file}.txt`, `${file} is a number of a file. `.repeat(150));
    }
    await changeSetting('tokenBurn.estimate.model', 'gpt-5.5');
  });
  after(async () => {
    await changeSetting('tokenBurn.estimate.model', undefined);
    rmSync(folder, { recursive: true, force: true });
  });

  const count = (path: string) =>
    commands.executeCommand('tokenBurn.countFolder', Uri.file(join(folder, path)));

  it('are counted when somebody asks, and shown biggest first', async () => {
    await count('few');
    const shown = await rows(([root = '', ...found]) => found.length >= 3 && !root.endsWith('incomplete'));
    assert.match(shown[0] ?? '', /^few \| \d+$/);
    assert.match(shown[1] ?? '', /^ {2}src \| 20\d · 9\d%$/);
    assert.deepEqual(
      shown.slice(2).map((row) => row.split(' | ')[0]),
      ['  .gitignore', '  b.md'],
    );
    assert.equal((await windowState()).folderMessage(), '');
  });

  it('are those of the model in use, at once and marked where they are estimated', async () => {
    await changeSetting('tokenBurn.estimate.model', 'claude-opus-5-5');
    await rows(([root = '']) => /^few \| ~\d+$/.test(root));
    await changeSetting('tokenBurn.estimate.model', 'gpt-4');
    await rows(([root = '']) => /^few \| \d+$/.test(root));
    await changeSetting('tokenBurn.estimate.model', 'gpt-5.5');
  });

  it('follow the files when they are counted again', async () => {
    write('few/c.md', 'hello world '.repeat(1_000));
    await commands.executeCommand('tokenBurn.recountFolders');
    await rows((found) => /^ {2}c\.md \| /.test(found[1] ?? ''));
  });

  it('stop being counted at once, and what was counted stays', async () => {
    const counting = count('many');
    await message(/^[\d,]+ files, [\d.,]+[kM]? tokens so far$/);
    const startMs = Date.now();
    await commands.executeCommand('tokenBurn.stopFolderCount');
    await counting;
    assert.ok(Date.now() - startMs < 1_000);
    const said = await message(/^Stopped at /);
    const files = Number(/at ([\d,]+) files/.exec(said)?.[1]?.replaceAll(',', ''));
    assert.ok(files > 0 && files < manyFiles, said);
    await rows(([root = '']) => /^many \| .* · incomplete$/.test(root));
  });

  it('go on where they were stopped, with what is known by then', async () => {
    await commands.executeCommand('tokenBurn.recountFolders');
    await rows((found) => /^many \| [\d.]+k$|^many \| [\d.]+M$/.test(found[0] ?? '') && found.length > 20);
    assert.equal((await windowState()).folderMessage(), '');
  });

  it('cannot be had of what is on no disk, which is said', async () => {
    const nowhere = workspace.registerFileSystemProvider('nowhere', foldersAlone());
    const own = window.showWarningMessage;
    const said: string[] = [];
    window.showWarningMessage = async (text: string) => void said.push(text);
    const before = (await windowState()).folderRows();
    try {
      await commands.executeCommand('tokenBurn.countFolder', Uri.parse('nowhere:/a'));
    } finally {
      window.showWarningMessage = own;
      nowhere.dispose();
    }
    assert.deepEqual(said, ['Only folders on a disk can be counted; nowhere:/a is not on one.']);
    assert.deepEqual((await windowState()).folderRows(), before);
  });

  it('lead to their files', async () => {
    const path = join(folder, 'few', 'b.md');
    const row = { kind: 'entry', row: { kind: 'file', path } };
    await commands.executeCommand('tokenBurn.copyFolderRowPath', row);
    assert.equal(await env.clipboard.readText(), path);
    await commands.executeCommand('tokenBurn.copyFolderRowPath');
    await commands.executeCommand('tokenBurn.revealFolderRow');
    await commands.executeCommand('tokenBurn.showMoreFolderRows');
  });
});
