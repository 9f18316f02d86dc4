/** Shows changes of files before they are made: what is there beside what would be, in the editor's own comparison. */

import { basename } from 'node:path';
import { commands, type Disposable, l10n, Uri, workspace } from 'vscode';

export interface FileChange {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

const scheme = 'token-burn-change';

/** Disposed of, it shows no more texts; what is open stays as it is. */
export async function showChanges(changes: readonly [FileChange, ...FileChange[]]): Promise<Disposable> {
  const shown = workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: ({ authority, path }) => textAt(changes, authority, path),
  });
  try {
    const [first, ...others] = changes.map((change, nth) => uris(change, nth));
    if (first === undefined) return shown;
    const title = l10n.t('{0}, with the change', changes[0].path);
    if (others.length === 0) {
      await commands.executeCommand('vscode.diff', ...first.slice(1), title, { preview: true });
    } else {
      await commands.executeCommand('vscode.changes', l10n.t('Changes of settings'), [first, ...others]);
    }
    return shown;
  } catch (error) {
    shown.dispose();
    throw error;
  }
}

/** The file itself, for its label, and its two texts. */
function uris({ path }: FileChange, nth: number): readonly [Uri, Uri, Uri] {
  const at = (side: string) => Uri.from({ scheme, authority: `${side}-${nth}`, path: `/${basename(path)}` });
  return [Uri.file(path), at('before'), at('after')];
}

function textAt(changes: readonly FileChange[], authority: string, path: string): string {
  const [side, nth] = authority.split('-');
  const change = changes[Number(nth)];
  if (change === undefined || path !== `/${basename(change.path)}`) return '';
  return side === 'before' ? change.before : change.after;
}
