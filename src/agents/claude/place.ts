/** What the path of a transcript tells about whose it is. */

export interface TranscriptPlace {
  /** The file name without its extension: the session's id, where a session wrote it. */
  readonly stem: string;
  /** Set for the transcript of a sub-agent. */
  readonly agentId: string | null;
  /** The session whose folder a sub-agent's transcript lies in. Old versions put it beside that session's instead. */
  readonly rootKey: string | null;
}

/**
 * Sub-agents write `<session>/subagents/agent-<id>.jsonl`, in workflows one folder deeper, and before that
 * `agent-<id>.jsonl`. They lie flat: a sub-agent's sub-agent is in the same folder.
 */
export function placeOf(relativePath: string): TranscriptPlace {
  const parts = relativePath.split('/');
  const stem = (parts.at(-1) ?? '').replace(/\.(?:jsonl|meta\.json)$/, '');
  const agentId = /^agent-(.+)$/.exec(stem)?.[1] ?? null;
  const folder = parts.lastIndexOf('subagents');
  return { stem, agentId, rootKey: (agentId !== null && parts[folder - 1]) || null };
}
