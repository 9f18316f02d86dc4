/** Which folders are to be counted: those that a command was called on, else those of the workspace. */

import { commands, FileType, l10n, type QuickPickItem, Uri, window, workspace } from 'vscode';
import { withoutIcons, withoutLinks } from '../plainText.ts';

/**
 * @param clicked and `selected` as the explorer gives them to a command
 * @returns empty when there is nothing to count, of which the user was told, or nothing was picked
 */
export async function chooseFolders(clicked: unknown, selected: unknown): Promise<readonly Uri[]> {
  const named = Array.isArray(selected) && selected.length > 0 ? selected : [clicked];
  const folders = await onlyFolders(named.filter((thing) => thing instanceof Uri));
  return onDisk(folders.length > 0 ? folders : await workspaceFolders());
}

async function onlyFolders(uris: readonly Uri[]): Promise<readonly Uri[]> {
  const areFolders = await Promise.all(uris.map(isFolder));
  return uris.filter((_uri, index) => areFolders[index]);
}

async function isFolder(uri: Uri): Promise<boolean> {
  try {
    return ((await workspace.fs.stat(uri)).type & FileType.Directory) !== 0;
  } catch {
    return false;
  }
}

async function workspaceFolders(): Promise<readonly Uri[]> {
  const folders = workspace.workspaceFolders ?? [];
  if (folders.length === 0) await offerToOpen();
  if (folders.length < 2) return folders.map(({ uri }) => uri);
  const items = folders.map(({ name, uri }): QuickPickItem & { readonly uri: Uri } => {
    return { label: withoutIcons(name), description: withoutIcons(uri.fsPath), picked: true, uri };
  });
  const picked = await window.showQuickPick(items, {
    title: l10n.t('Count Folder Tokens'),
    placeHolder: l10n.t('Folders to count'),
    canPickMany: true,
  });
  return picked?.map(({ uri }) => uri) ?? [];
}

async function offerToOpen(): Promise<void> {
  const open = l10n.t('Open Folder');
  const answer = await window.showInformationMessage(l10n.t('There is no folder open to count.'), open);
  if (answer === open) await commands.executeCommand('vscode.openFolder');
}

/** The worker reads files by itself, which it can of a disk alone. */
function onDisk(folders: readonly Uri[]): readonly Uri[] {
  const elsewhere = folders.find(({ scheme }) => scheme !== 'file');
  if (elsewhere !== undefined) {
    const place = withoutLinks(elsewhere.toString());
    void window.showWarningMessage(
      l10n.t('Only folders on a disk can be counted; {0} is not on one.', place),
    );
  }
  return folders.filter(({ scheme }) => scheme === 'file');
}
