import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { remoteUri, workbenchUrl } from '../../harness/workbenchUrl.ts';

const server = { authority: '127.0.0.1:8000', token: 'secret' };
const folder = resolve('a folder & more', 'ü');

describe('the URL of a workbench', () => {
  it('carries the token, the folder and the payload whole', () => {
    const payload = [['openFile', remoteUri(server, join(folder, 'x'))]];
    const url = new URL(workbenchUrl(server, folder, payload));
    assert.equal(url.host, '127.0.0.1:8000');
    assert.equal(url.searchParams.get('tkn'), 'secret');
    assert.equal(url.searchParams.get('folder'), decodeURIComponent(pathToFileURL(folder).pathname));
    assert.deepEqual(JSON.parse(url.searchParams.get('payload') ?? ''), payload);
  });

  it('names files as the workbench does', () => {
    assert.match(
      remoteUri(server, folder),
      /^vscode-remote:\/\/127\.0\.0\.1:8000\/.*a%20folder%20&%20more\/%C3%BC$/,
    );
  });
});
