/** What the settings and this machine ask of the ledger. */

import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Machine } from '../../agents/reader.ts';
import { folderSettings } from '../../contributions.ts';
import { type AgentId, agentIds } from '../../domain/agent.ts';
import type { LedgerOptions, LedgerSettings } from '../../workers/ledgerProtocol.ts';
import { updatedPricesFile } from '../../workers/priceFile.ts';
import { toLimit } from '../budget/budgetInput.ts';
import { dataFolder, resolveFolder } from '../dataFolder.ts';
import { readSetting } from '../settings.ts';
import type { UserPrices } from '../threads.ts';

export function thisMachine(): Machine {
  return { platform: process.platform, homeFolder: homedir(), environment: { ...process.env } };
}

export function readLedgerOptions(): LedgerOptions {
  const machine = thisMachine();
  return {
    machine,
    dataFolder: dataFolder(machine, readSetting('tokenBurn.ledger.folder')),
    logFolders: Object.fromEntries(agentIds.flatMap((agent) => logFoldersOf(agent, machine))),
  };
}

/** The folders that the user set for an agent, if any. */
function logFoldersOf(agent: AgentId, machine: Machine): [AgentId, string[]][] {
  const folders = readSetting(folderSettings[agent]);
  return folders.length === 0 ? [] : [[agent, folders.map((folder) => resolveFolder(machine, folder))]];
}

export function readLedgerSettings(): LedgerSettings {
  return { sessionLimit: toLimit(readSetting('tokenBurn.budget.session')), prices: readOwnPrices() };
}

/** What workers that count price by beside the catalogue of the build. */
export function readUserPrices(): UserPrices {
  const { dataFolder: folder } = readLedgerOptions();
  return {
    ownPrices: readOwnPrices(),
    ...(folder !== null && { updatedPath: join(folder, updatedPricesFile) }),
  };
}

/** VS Code gives objects as proxies, which cannot be sent to a worker. */
export function readOwnPrices(): LedgerSettings['prices'] {
  return JSON.parse(JSON.stringify(readSetting('tokenBurn.prices')));
}
