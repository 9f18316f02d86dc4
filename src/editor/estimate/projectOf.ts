/** The project that a document or folder belongs to, as agents name theirs: by the folder that they were started in. */

import { type Uri, workspace } from 'vscode';

/** Path of the workspace folder that something is in, of the first one for what is outside all; `null` without any on disk. */
export function projectOf(uri: Uri): string | null {
  const folder = workspace.getWorkspaceFolder(uri) ?? workspace.workspaceFolders?.[0];
  return folder?.uri.scheme === 'file' || folder?.uri.scheme === 'vscode-remote' ? folder.uri.fsPath : null;
}
