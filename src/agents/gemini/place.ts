/** What the path of a chat tells about whose it is. */

export interface ChatPlace {
  /** The file name without its extension, for a chat that does not say whose it is. */
  readonly stem: string;
  /** The session that started the one of this chat. */
  readonly parentKey: string | null;
  /** The short name of the project; older versions have a hash of its path in its place. */
  readonly project: string | null;
}

/** `<project>/chats/session-….jsonl`, and for sub-agents `<project>/chats/<parent>/<session>.jsonl`. */
export function placeOf(relativePath: string): ChatPlace {
  const parts = relativePath.split('/');
  const name = parts.at(-1) ?? '';
  const folder = parts.lastIndexOf('chats');
  const project = parts[folder - 1] ?? '';
  return {
    stem: name.replace(/\.jsonl?(?:\.unreadable-\d+)?$/, ''),
    parentKey: (folder >= 0 && folder === parts.length - 3 && parts.at(-2)) || null,
    project: /^([0-9a-f]{64})?$/.test(project) ? null : project,
  };
}
