import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { systemDisk } from '../../../src/folders/disk.ts';
import { TreeFolder } from '../../../src/folders/tokenTree.ts';
import { walk } from '../../../src/folders/walk.ts';
import { asNobody, noRightsReason } from '../ledger/rights.ts';
import { type CountOptions, countedFiles, countFolder, TemporaryFolder, toolsWith } from './tree.ts';

describe('counting a folder', () => {
  let folder: TemporaryFolder;
  beforeEach(() => {
    folder = new TemporaryFolder();
  });
  afterEach(() => folder.dispose());

  const filesOf = (path = '', options?: CountOptions) =>
    countedFiles(countFolder(path === '' ? folder.path : folder.at(path), options));

  describe('obeys ignore files', () => {
    it('of every level, the nearer one having the last word', () => {
      folder.write({
        '.gitignore': '*.log\n/out/\n',
        'a.log': '',
        'out/x.ts': '',
        'src/out/y.ts': '',
        'src/.gitignore': '!kept.log\nsecret/\n',
        'src/kept.log': '',
        'src/other.log': '',
        'src/secret/z.ts': '',
      });
      assert.deepEqual(filesOf(), ['.gitignore', 'src/.gitignore', 'src/kept.log', 'src/out/y.ts']);
    });

    it('but nothing in an ignored folder comes back', () => {
      folder.write({ '.gitignore': 'out/\n!out/kept.ts\n', 'out/kept.ts': '', 'a.ts': '' });
      assert.deepEqual(filesOf(), ['.gitignore', 'a.ts']);
    });

    it('and a folder that a nearer file brings back is counted with what is in it', () => {
      folder.write({
        '.gitignore': 'out\n*.tmp\n',
        'src/.gitignore': '!out\n',
        'src/out/a.ts': '',
        'src/out/b.tmp': '',
        'src/out/deeper/c.ts': '',
      });
      assert.deepEqual(filesOf('src'), ['.gitignore', 'out/a.ts', 'out/b.tmp', 'out/deeper/c.ts']);
      assert.deepEqual(filesOf(), ['.gitignore', 'src/.gitignore', 'src/out/a.ts', 'src/out/deeper/c.ts']);
    });

    it('as git does', () => {
      folder.write({
        '.gitignore': '# comment\n\\#hash\nfoo*\n!foobar\ndeep/**/x\n[ab].txt\ntrailing \nUPPER\n*.tmp\n',
        '#hash': '',
        foo1: '',
        foobar: '',
        'deep/1/2/x': '',
        'deep/x': '',
        'deep/y': '',
        'a.txt': '',
        'c.txt': '',
        trailing: '',
        upper: '',
        'lib/a.tmp': '',
        'lib/.gitignore': '!a.tmp\n/b/c\n',
        'lib/b/c/d': '',
        'lib/b/e': '',
      });
      execFileSync('git', ['init', '--quiet', folder.path]);
      const others = ['-C', folder.path, 'ls-files', '--others', '--exclude-standard', '-z'];
      const untracked = execFileSync('git', others, { encoding: 'utf8' });
      assert.deepEqual(filesOf(), untracked.split('\0').filter(Boolean).sort());
    });

    it('named .ignore, before those of git', () => {
      folder.write({ '.gitignore': 'a\nb\n', '.ignore': '!a\nc\n', a: '', b: '', c: '', d: '' });
      assert.deepEqual(filesOf(), ['.gitignore', '.ignore', 'a', 'd']);
    });

    it('above the folder, up to the root of the repository and no further', () => {
      folder.write({
        '.gitignore': 'beyond\n',
        'repository/.git/info/exclude': 'mine\n',
        'repository/.gitignore': 'theirs\n',
        'repository/src/beyond': '',
        'repository/src/mine': '',
        'repository/src/theirs': '',
      });
      assert.deepEqual(filesOf('repository/src'), ['beyond']);
      assert.deepEqual(filesOf(), ['.gitignore', 'repository/.gitignore', 'repository/src/beyond']);
    });

    it('of a repository in a repository alone', () => {
      folder.write({
        '.git/info/exclude': 'a\n',
        '.gitignore': 'b\n',
        '.ignore': 'c\n',
        'module/.git': 'gitdir: ../elsewhere\n',
        'elsewhere/info/exclude': 'd\n',
        'module/a': '',
        'module/b': '',
        'module/c': '',
        'module/d': '',
      });
      assert.deepEqual(filesOf('module'), ['a', 'b', 'c']);
      assert.deepEqual(
        filesOf().filter((path) => path.startsWith('module')),
        ['module/a', 'module/b'],
      );
    });

    it('and excludes of the repository in a further worktree', () => {
      folder.write({
        'main/.git/info/exclude': 'mine\n',
        'main/.git/worktrees/w/commondir': '../..\n',
        'w/.git': `gitdir: ${folder.at('main/.git/worktrees/w')}\n`,
        'w/mine': '',
        'w/a': '',
      });
      assert.deepEqual(filesOf('w'), ['a']);
    });

    it('but counts an ignored folder that somebody asks for', () => {
      folder.write({
        '.git/HEAD': '',
        '.gitignore': 'node_modules/\n*.map\n',
        'node_modules/p/index.js': '',
        'node_modules/p/index.map': '',
      });
      assert.deepEqual(filesOf('node_modules/p'), ['index.js']);
    });
  });

  it('obeys the patterns of the editor, also those that ask for a sibling', () => {
    folder.write({
      'a.ts': '',
      'a.js': '',
      'b.js': '',
      'node_modules/c': '',
      'x/node_modules/d': '',
      'x/e': '',
    });
    const excludes = [
      { pattern: '**/node_modules' },
      { pattern: '**/*.js', when: '$(basename).ts' },
      { pattern: '' },
    ];
    assert.deepEqual(filesOf('', { excludes }), ['a.ts', 'b.js', 'x/e']);
    assert.equal(countFolder(folder.path, { excludes }).skipped.ignored, 3);
  });

  it('takes no pattern of the settings for a regular expression, nor one that takes time without end', () => {
    folder.write({ aab: '', '(a+)+b': '', 'a/a/a/a/c': '' });
    const excludes = [{ pattern: '(a+)+b' }, { pattern: '**/a/**/a/**/a/**/a/c' }];
    assert.deepEqual(filesOf('', { excludes }), ['a/a/a/a/c', 'aab']);
  });

  it('never looks into what git keeps', () => {
    folder.write({ '.git/config': '', 'sub/.git/config': '', 'sub/a': '' });
    assert.deepEqual(filesOf(), ['sub/a']);
  });

  it('follows no links, and so never goes in circles', () => {
    folder.write({ 'a/b.ts': 'four' });
    symlinkSync('..', folder.at('a/up'));
    symlinkSync('b.ts', folder.at('a/c.ts'));
    symlinkSync('nowhere', folder.at('a/d.ts'));
    const tree = countFolder(folder.path);
    assert.deepEqual(countedFiles(tree), ['a/b.ts']);
    assert.equal(tree.skipped.link, 3);
  });

  it('opens no pipes', function () {
    if (process.platform === 'win32') this.skip();
    folder.write({ 'a.ts': '' });
    execFileSync('mkfifo', [folder.at('pipe')]);
    const tree = countFolder(folder.path);
    assert.deepEqual(countedFiles(tree), ['a.ts']);
    assert.equal(tree.skipped.special, 1);
  });

  it('opens nothing that has become something else since it was listed', function () {
    if (process.platform === 'win32') this.skip();
    folder.write({ 'a.ts': '', 'target/b.ts': 'four' });
    execFileSync('mkfifo', [folder.at('pipe')]);
    symlinkSync('target/b.ts', folder.at('link'));
    const list = (path: string) => systemDisk.list(path).map(({ name }) => ({ name, kind: 'file' }) as const);
    const tree = new TreeFolder('root', folder.path);
    for (const _step of walk(tree, () => false, toolsWith({ disk: { ...systemDisk, list } })));
    assert.deepEqual(countedFiles(tree), ['a.ts']);
    assert.deepEqual([tree.skipped.special, tree.skipped.unreadable], [2, 1]);
  });

  it('goes on over what cannot be read, and says how much that was', async function () {
    if (noRightsReason !== null) this.skip();
    folder.write({ 'a/x': '', 'b/y': '', c: '' });
    chmodSync(folder.at('a'), 0o000);
    chmodSync(folder.at('c'), 0o000);
    const tree = await asNobody([folder.path], async () => countFolder(folder.path));
    chmodSync(folder.at('a'), 0o755);
    assert.deepEqual(countedFiles(tree), ['b/y']);
    assert.equal(tree.skipped.unreadable, 2);
    assert.equal(tree.isComplete, true);
  });

  it('says so of a folder that is not there', () => {
    const tree = countFolder(folder.at('gone'));
    assert.equal(tree.isUnreadable, true);
    assert.equal(tree.fileCount, 0);
  });

  it('takes any name that the system takes', () => {
    const names = [
      'a\nb',
      '[x](command:y)',
      '\u202etxt.ts',
      '$(flame)',
      ' ',
      '..b',
      '*',
      '!b',
      '#c',
      '\\d',
      'é',
      '中',
    ];
    folder.write(Object.fromEntries(names.map((name) => [`in/${name}`, 'x'])));
    folder.write({ '.gitignore': 'nothing\n' });
    assert.deepEqual(filesOf('in'), [...names].sort());
  });

  it('shows no folder in which there is nothing to see', () => {
    folder.write({ 'a/b': '', '.gitignore': 'ignored\n', 'c/ignored': '' });
    mkdirSync(folder.at('empty'));
    const { entries } = countFolder(folder.path).page(10);
    assert.deepEqual(entries.map(({ name }) => name).sort(), ['.gitignore', 'a']);
  });

  it('shows the biggest first, a page at a time', () => {
    folder.write({ b: 'xx', a: 'xx', c: 'xxx', 'd/e': 'xxxx', f: '' });
    const page = countFolder(folder.path).page(3);
    assert.deepEqual(
      page.entries.map(({ name }) => name),
      ['d', 'c', 'a'],
    );
    assert.equal(page.hidden, 2);
  });
});
