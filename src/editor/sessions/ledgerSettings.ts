/** What the settings and this machine ask of the ledger. */

import { homedir } from 'node:os';
import { join } from 'node:path';
import { workspace } from 'vscode';
import type { Machine } from '../../agents/reader.ts';
import { folderSettings } from '../../contributions.ts';
import { type AgentId, agentIds } from '../../domain/agent.ts';
import type { LedgerOptions, LedgerSettings } from '../../workers/ledgerProtocol.ts';
import { updatedPricesFile } from '../../workers/priceFile.ts';
import type { UserPrices } from '../../workers/priceSources.ts';
import { readBudgetSources } from '../budget/budgetPlaces.ts';
import { dataFolder, resolveFolder } from '../dataFolder.ts';
import { readSetting } from '../settings.ts';
import { toAccountChoices } from './accountChoices.ts';
import { isToRead } from './agentsToRead.ts';

export function thisMachine(): Machine {
  return { platform: process.platform, homeFolder: homedir(), environment: { ...process.env } };
}

/** @param ownUserFolder where this editor keeps what belongs to its user */
export function readLedgerOptions(ownUserFolder: string): LedgerOptions {
  const machine = { ...thisMachine(), ownUserFolder, workspaceFolders: openFolders() };
  return {
    machine,
    dataFolder: dataFolder(machine, readSetting('tokenBurn.ledger.folder')),
    logFolders: Object.fromEntries(agentIds.flatMap((agent) => logFoldersOf(agent, machine))),
    readsNeighbours: readSetting('tokenBurn.agents.wslHomes'),
  };
}

function openFolders(): readonly string[] {
  const folders = workspace.workspaceFolders ?? [];
  return folders.filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath);
}

/** The folders that the user set for an agent, if any; none to read where its logs are left alone. */
function logFoldersOf(agent: AgentId, machine: Machine): [AgentId, string[]][] {
  if (!isToRead(agent, readSetting('tokenBurn.agents.read'))) return [[agent, []]];
  const folders = readSetting(folderSettings[agent]);
  return folders.length === 0 ? [] : [[agent, folders.map((folder) => resolveFolder(machine, folder))]];
}

/** @param ownUserFolder where this editor keeps what belongs to its user */
export function readLedgerSettings(ownUserFolder: string): LedgerSettings {
  return {
    budgets: readBudgetSources(ownUserFolder),
    prices: readOwnPrices(),
    accounts: toAccountChoices(readSetting('tokenBurn.agents.accounts')),
  };
}

/** What workers that count price by beside the catalogue of the build. */
export function readUserPrices(): UserPrices {
  const folder = dataFolder(thisMachine(), readSetting('tokenBurn.ledger.folder'));
  return {
    ownPrices: readOwnPrices(),
    ...(folder !== null && { updatedPath: join(folder, updatedPricesFile) }),
  };
}

/** VS Code gives objects as proxies, which cannot be sent to a worker. */
export function readOwnPrices(): LedgerSettings['prices'] {
  return JSON.parse(JSON.stringify(readSetting('tokenBurn.prices')));
}
