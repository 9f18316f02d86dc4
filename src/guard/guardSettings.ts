/** What the guard has to know of the editor's settings, which the ledger worker leaves in its folder. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fieldOf, isRecord, type LogRecord, parseRecord, recordOf, textOf } from '../agents/fields.ts';
import type { AccountChoices } from '../domain/account.ts';
import { type AgentId, agentIds } from '../domain/agent.ts';
import type { Calendar } from '../domain/period.ts';
import { guardFiles, replaceFile } from './guardFolder.ts';

export interface GuardSettings {
  /** Folders to read in place of the agents' usual ones. */
  readonly logFolders: Readonly<Partial<Record<AgentId, readonly string[]>>>;
  readonly accounts: AccountChoices;
  /** `null` where nothing tells: then the system's. */
  readonly calendar: Calendar | null;
  /** The `User` folder of the editor, where it is known. */
  readonly ownUserFolder: string | null;
}

/** @throws what the disk says */
export function writeGuardSettings(folder: string, settings: GuardSettings): void {
  replaceIfOther(join(folder, guardFiles.settings), JSON.stringify(settings));
}

/** @param prices as the setting has them, see `pricing/ownPrices.ts` @throws what the disk says */
export function writeOwnPrices(folder: string, prices: Readonly<Record<string, unknown>>): void {
  replaceIfOther(join(folder, guardFiles.prices), JSON.stringify(prices));
}

/** What cannot be read is as it is by default. */
export function readGuardSettings(folder: string): GuardSettings {
  const record = readRecord(join(folder, guardFiles.settings));
  return {
    logFolders: eachAgent(recordOf(record, 'logFolders'), (value) => (isTexts(value) ? value : null)),
    accounts: eachAgent(recordOf(record, 'accounts'), (value) =>
      value === 'api' || value === 'plan' ? value : null,
    ),
    calendar: calendarOf(recordOf(record, 'calendar') ?? {}),
    ownUserFolder: textOf(record, 'ownUserFolder'),
  };
}

export function readOwnPrices(folder: string): Readonly<Record<string, unknown>> {
  return readRecord(join(folder, guardFiles.prices));
}

function replaceIfOther(path: string, text: string): void {
  if (readText(path) !== text) replaceFile(path, text);
}

function readRecord(path: string): LogRecord {
  return parseRecord(readText(path) ?? '') ?? {};
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function eachAgent<Value>(
  record: LogRecord | null,
  take: (value: unknown) => Value | null,
): Partial<Record<AgentId, Value>> {
  if (!isRecord(record)) return {};
  const entries = agentIds.map((agent) => [agent, take(fieldOf(record, agent))] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== null)) as Partial<Record<AgentId, Value>>;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function calendarOf(record: LogRecord): Calendar | null {
  const timeZone = textOf(record, 'timeZone');
  const { weekStart } = record;
  if (timeZone === null || typeof weekStart !== 'number' || !(weekStart >= 1 && weekStart <= 7)) return null;
  return { timeZone, weekStart };
}
