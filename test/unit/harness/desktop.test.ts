import assert from 'node:assert/strict';
import { canShowWindows, findDesktop, wantedKind } from '../../harness/desktop.ts';

const withDisplay = { DISPLAY: ':0' };
const none = async () => undefined;

describe('the choice of a VS Code', () => {
  it('is any without a wish', () => {
    assert.equal(wantedKind({}), 'any');
    assert.equal(wantedKind({ TOKEN_BURN_VSCODE: 'server' }), 'server');
  });

  it('refuses a wish that it does not know', () => {
    assert.throws(() => wantedKind({ TOKEN_BURN_VSCODE: 'dekstop' }), /dekstop/);
  });

  it('takes the first desktop that is found', async () => {
    const sources = [none, async () => '/first', async () => '/second'];
    assert.equal(await findDesktop('any', sources, withDisplay), '/first');
  });

  it('takes the server when that is wanted, without looking for a desktop', async () => {
    const source = () => Promise.reject(new Error('looked'));
    assert.equal(await findDesktop('server', [source], withDisplay), undefined);
  });

  it('takes the server when there is no desktop, unless one is insisted on', async () => {
    assert.equal(await findDesktop('any', [none], withDisplay), undefined);
    await assert.rejects(findDesktop('desktop', [none], withDisplay), /No desktop/);
  });

  it('knows that windows need a display on Linux alone', () => {
    assert.equal(canShowWindows('linux', {}), false);
    assert.equal(canShowWindows('linux', { WAYLAND_DISPLAY: 'wayland-0' }), true);
    assert.equal(canShowWindows('darwin', {}), true);
    assert.equal(canShowWindows('win32', {}), true);
  });
});
