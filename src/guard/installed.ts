/** Which agents' hooks were installed and when, so that it shows when somebody else took them away. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseRecord } from '../agents/fields.ts';
import { type AgentId, agentIds } from '../domain/agent.ts';
import { guardFiles, replaceFile } from './guardFolder.ts';

/** @param atMs `null` when they were uninstalled @throws what the disk says */
export function noteInstalled(folder: string, agent: AgentId, atMs: number | null): void {
  const installed = new Map(readInstalled(folder));
  if (atMs === null) installed.delete(agent);
  else installed.set(agent, atMs);
  replaceFile(join(folder, guardFiles.installed), JSON.stringify(Object.fromEntries(installed)));
}

/** When the hooks of each agent were installed. */
export function readInstalled(folder: string): ReadonlyMap<AgentId, number> {
  const record = readRecord(join(folder, guardFiles.installed));
  return new Map(
    agentIds.flatMap((agent) => {
      const atMs = record[agent];
      return typeof atMs === 'number' ? [[agent, atMs] as const] : [];
    }),
  );
}

function readRecord(path: string) {
  try {
    return parseRecord(readFileSync(path, 'utf8')) ?? {};
  } catch {
    return {};
  }
}
