import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { guardFolderIn } from '../../../src/guard/guardFolder.ts';
import { launcherText } from '../../../src/guard/launcher.ts';
import { isOlder, refreshPrograms, statePrograms } from '../../../src/guard/programs.ts';

describe('the programs of the guard', () => {
  let data: string;
  let dist: string;
  const at = (name: string) => join(guardFolderIn(data), name);
  const text = (name: string) => readFileSync(at(name), 'utf8');
  const refresh = (version: string, runtime = '/editor') =>
    refreshPrograms(data, { distFolder: dist, version, runtime });

  function build(accountant: string): void {
    writeFileSync(join(dist, 'accountant.js'), accountant);
    writeFileSync(join(dist, 'mcp.js'), 'answers');
    writeFileSync(join(dist, 'catalogue.json'), '{}');
  }

  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'token-burn-'));
    dist = join(data, 'dist');
    mkdirSync(dist);
    build('first');
  });
  afterEach(() => rmSync(data, { recursive: true }));

  it('are put where agents find them, for their user alone', () => {
    refresh('1.0.0');
    assert.equal(text('launch'), launcherText);
    assert.equal(text('accountant.js'), 'first');
    assert.equal(statePrograms(guardFolderIn(data)), 'sound');
    if (process.platform !== 'win32') {
      assert.equal(statSync(at('launch')).mode & 0o777, 0o700);
      assert.equal(statSync(at('accountant.js')).mode & 0o777, 0o600);
      assert.equal(statSync(guardFolderIn(data)).mode & 0o777, 0o700);
    }
  });

  it('are left as they are where nothing has changed', () => {
    refresh('1.0.0');
    const before = statSync(at('accountant.js')).ino;
    refresh('1.0.0');
    assert.equal(statSync(at('accountant.js')).ino, before);
  });

  it('are written anew by a newer extension, and not by an older one', () => {
    refresh('1.2.0');
    build('second');
    refresh('1.1.9');
    assert.equal(text('accountant.js'), 'first');
    refresh('1.10.0');
    assert.equal(text('accountant.js'), 'second');
  });

  it('are mended by the same extension where somebody changed them, which shows until then', () => {
    refresh('1.0.0');
    writeFileSync(at('launch'), '#!/bin/sh\nexit 0\n');
    assert.equal(statePrograms(guardFolderIn(data)), 'changed');
    refresh('1.0.0');
    assert.equal(statePrograms(guardFolderIn(data)), 'sound');
    rmSync(at('accountant.js'));
    assert.equal(statePrograms(guardFolderIn(data)), 'missing');
  });

  it('are run by the editor opened last, then by others that are there, then by a Node of the path', () => {
    const [one, two] = [join(data, 'one'), join(data, 'two')];
    for (const path of [one, two]) writeFileSync(path, '');
    refresh('1.0.0', one);
    refresh('1.0.0', '/gone');
    refresh('1.0.0', two);
    refresh('1.0.0', two);
    assert.equal(text('runtime'), `${two}\n${one}\nnode\n`);
  });

  it('are older by their numbers, and oldest without any', () => {
    assert.deepEqual(
      [
        ['1.2.3', '1.2.10'],
        ['1.2.3', '1.2.3'],
        ['2.0.0', '1.9.9'],
        ['', '0.1.0'],
        ['1.0.0', 'nonsense'],
      ].map(([version = '', than = '']) => isOlder(version, than)),
      [true, false, false, true, false],
    );
  });
});
