import assert from 'node:assert/strict';
import type { Machine } from '../../../src/agents/reader.ts';
import { dataFolder, resolveFolder } from '../../../src/editor/dataFolder.ts';

function machine(platform: NodeJS.Platform, homeFolder: string, environment = {}): Machine {
  return { platform, homeFolder, environment };
}

const linux = machine('linux', '/home/ann');

describe('dataFolder', () => {
  it('follows the XDG base directories on Linux', () => {
    assert.equal(dataFolder(linux, ''), '/home/ann/.local/share/token-burn');
    const moved = machine('linux', '/home/ann', { XDG_DATA_HOME: '/data/ann' });
    assert.equal(dataFolder(moved, ''), '/data/ann/token-burn');
  });

  it('ignores a relative XDG folder, as the specification asks', () => {
    const relative = machine('linux', '/home/ann', { XDG_DATA_HOME: 'data' });
    assert.equal(dataFolder(relative, ''), '/home/ann/.local/share/token-burn');
  });

  it('takes Application Support on macOS', () => {
    const mac = machine('darwin', '/Users/ann', { XDG_DATA_HOME: '/elsewhere' });
    assert.equal(dataFolder(mac, ''), '/Users/ann/Library/Application Support/token-burn');
  });

  it('takes the local application data on Windows', () => {
    const environment = { LOCALAPPDATA: 'D:\\Local' };
    assert.equal(dataFolder(machine('win32', 'C:\\Users\\ann', environment), ''), 'D:\\Local\\token-burn');
    const fallback = 'C:\\Users\\ann\\AppData\\Local\\token-burn';
    assert.equal(dataFolder(machine('win32', 'C:\\Users\\ann'), ''), fallback);
  });

  it('takes the chosen folder as it is', () => {
    assert.equal(dataFolder(linux, ' /srv/ledger '), '/srv/ledger');
  });
});

describe('resolveFolder', () => {
  it('expands a tilde at the start only', () => {
    assert.equal(resolveFolder(linux, '~'), '/home/ann');
    assert.equal(resolveFolder(linux, '~/logs'), '/home/ann/logs');
    assert.equal(resolveFolder(linux, '/a/~b'), '/a/~b');
    assert.equal(resolveFolder(machine('win32', 'C:\\Users\\ann'), '~\\logs'), 'C:\\Users\\ann\\logs');
  });

  it('takes relative folders from the home folder', () => {
    assert.equal(resolveFolder(linux, 'logs'), '/home/ann/logs');
  });

  it('keeps a home folder with a dollar sign', () => {
    assert.equal(resolveFolder(machine('linux', '/home/$&'), '~/logs'), '/home/$&/logs');
  });
});
