/** Where the logs of a session and of its sub-agents are, by what the agent told the hook, which is not trusted. */

import { readdir, realpath } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { AgentId } from '../domain/agent.ts';
import { formatAt, isWithin, type Root } from '../ledger/discover.ts';

export interface AskedLogs {
  readonly agent: AgentId;
  readonly key: string;
  readonly transcriptPath: string | null;
}

/**
 * Files and folders to look at, the session's own log first: those that are there, and lie below the roots. The latter
 * are named as a walk from the root would name them.
 */
export async function sessionLogs(asked: AskedLogs, roots: readonly Root[]): Promise<readonly string[]> {
  const named = asked.transcriptPath === null ? [] : besideLog(asked, asked.transcriptPath);
  const databases = await Promise.all(roots.map(databasesIn));
  const candidates = [...named, ...roots.flatMap((root) => belowRoot(asked, root)), ...databases.flat()];
  const found = await Promise.all(candidates.map((path) => walkedPath(path, roots)));
  return [...new Set(found.filter((path) => path !== null))];
}

/** The log, and what lies beside it of the same session. */
function besideLog({ agent, key }: AskedLogs, transcriptPath: string): readonly string[] {
  const folder = dirname(transcriptPath);
  switch (agent) {
    case 'claude-code':
      return [transcriptPath, transcriptPath.replace(/\.jsonl$/, '')];
    // Sub-agents are threads of their own, in the folder of the day.
    case 'codex':
      return [transcriptPath, folder];
    case 'gemini-cli':
      return [transcriptPath, join(folder, key)];
    case 'qwen-code':
      return [transcriptPath, join(dirname(folder), 'subagents', key)];
    default:
      return [transcriptPath];
  }
}

/** Where a session's log lies by its key. */
function belowRoot({ agent, key, transcriptPath }: AskedLogs, root: Root): readonly string[] {
  if (agent === 'copilot-cli') return [join(root.realPath, 'session-state', key)];
  if (agent === 'cline') return [join(root.realPath, 'sessions', key), join(root.realPath, key)];
  if (agent !== 'copilot-chat' || transcriptPath === null) return [];
  const [workspace = ''] = relative(root.realPath, resolve(transcriptPath)).split(sep);
  return ['jsonl', 'json'].map((end) => join(root.realPath, workspace, 'chatSessions', `${key}.${end}`));
}

/** Agents that keep all sessions in one database. OpenClaw has several agents, with one each. */
async function databasesIn(root: Root): Promise<readonly string[]> {
  const below = root.reader.agent === 'openclaw' ? ['agent', 'openclaw-agent.sqlite'] : [];
  const names = await readdir(root.realPath).catch(() => []);
  const paths = names.map((name) => join(root.realPath, name, ...below));
  return paths.filter((path) => formatAt(root, path)?.kind === 'database');
}

/** A link in a folder of logs is followed, as a scan does; one elsewhere leads to nothing. */
async function walkedPath(path: string, roots: readonly Root[]): Promise<string | null> {
  const plain = resolve(path);
  const realPath = await realpath(plain).catch(() => null);
  if (realPath === null) return null;
  return [realPath, plain].find((name) => roots.some((root) => isWithin(root, name))) ?? null;
}
