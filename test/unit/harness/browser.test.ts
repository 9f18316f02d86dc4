import assert from 'node:assert/strict';
import { join } from 'node:path';
import { findBrowser } from '../../harness/browser.ts';

describe('the search for a browser', () => {
  it('goes along the PATH on Linux, Chromium first', () => {
    const there = new Set([join('/usr/bin', 'google-chrome'), join('/snap/bin', 'chromium')]);
    const found = findBrowser('linux', { PATH: '/usr/bin:/snap/bin' }, (path) => there.has(path));
    assert.equal(found, join('/snap/bin', 'chromium'));
  });

  it('takes the one that needs no window before all others', () => {
    const found = findBrowser('linux', { PATH: '/usr/bin' }, () => true);
    assert.equal(found, join('/usr/bin', 'chromium-headless-shell'));
  });

  it('looks among the applications of macOS', () => {
    const chrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
    assert.equal(
      findBrowser('darwin', {}, (path) => path === chrome),
      chrome,
    );
  });

  it('looks in the program folders of Windows that are set', () => {
    const edge = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe';
    const environment = { 'ProgramFiles(x86)': 'C:\\Program Files (x86)' };
    assert.equal(
      findBrowser('win32', environment, (path) => path === edge),
      edge,
    );
  });

  it('finds none where there is none', () => {
    assert.equal(
      findBrowser('linux', {}, () => false),
      undefined,
    );
  });
});
