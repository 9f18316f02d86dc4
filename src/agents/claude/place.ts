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

/** Whose a line is. */
export interface Owner {
  /** The session's own id, the outermost one's for a sub-agent. */
  readonly rootKey: string;
  readonly agentId: string | null;
  readonly isSideChain: boolean;
}

/** @param logged what the line says of it; its session is the last one that was named, where it names none */
export function ownerOf(
  place: TranscriptPlace,
  logged: { readonly sessionId: string; readonly isSideChain: boolean; readonly agentId: string | null },
): Owner {
  const isSideChain = logged.isSideChain || place.agentId !== null;
  return {
    rootKey: place.rootKey ?? logged.sessionId,
    agentId: place.agentId ?? (isSideChain ? logged.agentId : null),
    isSideChain,
  };
}

/** How the ledger knows a session, or a sub-agent of it. */
export function keyOf(rootKey: string, agentId: string | null): string {
  return agentId === null ? rootKey : `${rootKey}/${agentId}`;
}
