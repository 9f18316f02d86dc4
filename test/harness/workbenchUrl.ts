/** The URL at which a VS Code server opens a folder. */

import { pathToFileURL } from 'node:url';
import type { Server } from './server.ts';

/** @param payload pairs of names and values for the workbench, which heeds them when it runs tests */
export function workbenchUrl(
  server: Pick<Server, 'authority' | 'token'>,
  folder: string,
  payload: readonly (readonly string[])[] = [],
): string {
  const query = new URLSearchParams({
    tkn: server.token,
    folder: decodeURIComponent(pathToFileURL(folder).pathname),
    payload: JSON.stringify(payload),
  });
  return `http://${server.authority}/?${query}`;
}

/** A file on the server, as the workbench names it. */
export function remoteUri(server: Pick<Server, 'authority'>, path: string): string {
  return `vscode-remote://${server.authority}${pathToFileURL(path).pathname}`;
}
