/** The project that a document belongs to, as agents name theirs: by the folder that they were started in. */

import { type TextDocument, workspace } from 'vscode';

/** Path of the document's workspace folder, of the first one for a document outside all; `null` without any on disk. */
export function projectOf(document: TextDocument): string | null {
  const folder = workspace.getWorkspaceFolder(document.uri) ?? workspace.workspaceFolders?.[0];
  return folder?.uri.scheme === 'file' || folder?.uri.scheme === 'vscode-remote' ? folder.uri.fsPath : null;
}
