/** What the settings and this machine ask of the ledger. */

import { homedir } from 'node:os';
import type { Machine } from '../../agents/reader.ts';
import type { LedgerOptions, LedgerSettings } from '../../workers/ledgerProtocol.ts';
import { toLimit } from '../budget/budgetInput.ts';
import { systemCalendar } from '../calendar.ts';
import { dataFolder, resolveFolder } from '../dataFolder.ts';
import { readSetting } from '../settings.ts';

export function thisMachine(): Machine {
  return { platform: process.platform, homeFolder: homedir(), environment: { ...process.env } };
}

export function readLedgerOptions(): LedgerOptions {
  const machine = thisMachine();
  const claudeCode = readSetting('tokenBurn.agents.claudeCode.folders');
  const codex = readSetting('tokenBurn.agents.codex.folders');
  return {
    machine,
    dataFolder: dataFolder(machine, readSetting('tokenBurn.ledger.folder')),
    logFolders: {
      ...(claudeCode.length > 0 ? { 'claude-code': resolveAll(machine, claudeCode) } : {}),
      ...(codex.length > 0 ? { codex: resolveAll(machine, codex) } : {}),
    },
  };
}

export function readLedgerSettings(): LedgerSettings {
  return { calendar: systemCalendar(), sessionLimit: toLimit(readSetting('tokenBurn.budget.session')) };
}

function resolveAll(machine: Machine, folders: readonly string[]): string[] {
  return folders.map((folder) => resolveFolder(machine, folder));
}
