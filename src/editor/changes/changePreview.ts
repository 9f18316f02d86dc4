/** Shows changes of files before they are made: what is there beside what would be, in the editor's own comparison. */

import { randomUUID } from 'node:crypto';
import { commands, type Disposable, l10n, Uri, workspace } from 'vscode';

export interface FileChange {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

const scheme = 'token-burn-change';

/** Disposed of, it shows no more texts; what is open stays as it is. */
export async function showChanges(changes: readonly [FileChange, ...FileChange[]]): Promise<Disposable> {
  const comparisons = changes.map(toComparison);
  const shown = workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: (uri) => textAt(comparisons, uri),
  });
  try {
    await open(comparisons);
    return shown;
  } catch (error) {
    shown.dispose();
    throw error;
  }
}

interface Comparison extends FileChange {
  readonly left: Uri;
  readonly right: Uri;
}

/** VS Code keeps texts by their address for a while: each showing has addresses of its own. */
function toComparison(change: FileChange): Comparison {
  const query = randomUUID();
  const [left, right] = (['before', 'after'] as const).map((authority) =>
    Uri.from({ scheme, authority, path: Uri.file(change.path).path, query }),
  ) as [Uri, Uri];
  return { ...change, left, right };
}

async function open(comparisons: readonly Comparison[]): Promise<void> {
  const [first, ...others] = comparisons;
  if (first !== undefined && others.length === 0) {
    const title = l10n.t('{0}, with the change', first.path);
    await commands.executeCommand('vscode.diff', first.left, first.right, title, { preview: true });
    return;
  }
  const resources = comparisons.map(({ path, left, right }) => [Uri.file(path), left, right]);
  await commands.executeCommand('vscode.changes', l10n.t('Files with the changes'), resources);
}

function textAt(comparisons: readonly Comparison[], { authority, query }: Uri): string {
  const found = comparisons.find(({ left }) => left.query === query);
  return (authority === 'before' ? found?.before : found?.after) ?? '';
}
