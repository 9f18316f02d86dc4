/** Which documents are prompts, and where they are written. */

import { homedir } from 'node:os';
import { dirname } from 'node:path';
import { type TextDocument, type Uri, workspace } from 'vscode';
import { agentOfFile } from '../../domain/promptAgent.ts';
import type { PromptPlace } from './agentInUse.ts';

/** Languages that people write prompts in; VS Code has some of its own for files of agents. */
const promptLanguages = new Set(['markdown', 'plaintext', 'prompt', 'instructions', 'chatagent', 'skill']);

/** Whether a text is likely to be sent to an agent as it is: code is not. */
export function isPromptLike({ languageId, uri }: TextDocument): boolean {
  return uri.scheme === 'untitled' || promptLanguages.has(languageId) || agentOfFile(uri.path) !== undefined;
}

/** @returns `undefined` for what is not on this machine's disk, or would not be when it is saved */
export function placeOf({ uri, isUntitled }: TextDocument): PromptPlace | undefined {
  if (uri.scheme !== 'file' && !isUntitled) return undefined;
  const document = uri.scheme === 'file' ? uri.fsPath : null;
  const folder = folderOf(uri)?.fsPath ?? (document === null ? homedir() : dirname(document));
  return { document, folder };
}

/** The folders of the workspace that are on this machine's disk. */
export function workspacePaths(): readonly string[] {
  return diskFolders().map(({ fsPath }) => fsPath);
}

function folderOf(uri: Uri): Uri | undefined {
  return workspace.getWorkspaceFolder(uri)?.uri ?? diskFolders()[0];
}

function diskFolders(): readonly Uri[] {
  return (workspace.workspaceFolders ?? []).map(({ uri }) => uri).filter(({ scheme }) => scheme === 'file');
}
