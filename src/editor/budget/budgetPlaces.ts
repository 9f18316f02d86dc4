/**
 * Where budgets are set: in the user's settings, and in those of folders that are open. A folder's are read beside the
 * user's own and never in their place, so that they can only tighten.
 */

import { homedir } from 'node:os';
import { isDeepStrictEqual } from 'node:util';
import { ConfigurationTarget, type Uri, type WorkspaceFolder, window, workspace } from 'vscode';
import type { SettingId } from '../../contributions.ts';
import type { LedgerSettings } from '../../workers/ledgerProtocol.ts';
import { resolveFolder } from '../dataFolder.ts';
import { type BudgetEntry, type BudgetShape, type EntryPlace, makes, withEntry } from './budgetEntry.ts';

const setting = 'tokenBurn.budgets' satisfies SettingId;

export interface BudgetPlace extends EntryPlace {
  /** As people name it; `null` for the user's own settings. */
  readonly name: string | null;
  readonly uri: Uri | null;
  /** As somebody wrote them: any may be wrong. */
  readonly entries: readonly unknown[];
  /** Further ones that hold for the folder and stand in the settings of a workspace of several folders. */
  readonly shared: readonly unknown[];
}

/** The user's settings first. */
export function budgetPlaces(): readonly BudgetPlace[] {
  const entries = toList(inspect()?.globalValue);
  const user = { name: null, folder: null, uri: null, resolve, entries, shared: [] };
  return [user, ...openFolders().map(folderPlace)];
}

async function writeEntries({ uri }: BudgetPlace, entries: readonly unknown[]): Promise<void> {
  const target = uri === null ? ConfigurationTarget.Global : ConfigurationTarget.WorkspaceFolder;
  await workspace
    .getConfiguration(undefined, uri)
    .update(setting, entries.length > 0 ? entries : undefined, target);
}

/** Adds the entry to the settings of a folder, or the user's own; in place of one that makes the same budget. */
export async function saveEntry(
  folder: string | null,
  shape: BudgetShape,
  entry: BudgetEntry,
): Promise<void> {
  const place = budgetPlaces().find((one) => one.folder === folder);
  if (place === undefined) throw new Error('the folder is not open any more');
  const scope = folder === null ? shape.scope : { project: folder, ...shape.scope };
  const changed = withEntry(place.entries, { ...shape, scope }, place, ({ paused: _, ...known }) => {
    return { ...known, ...entry };
  });
  await writeEntries(place, changed ?? [...place.entries, entry]);
}

/** What a change of the settings replaced. */
export interface Change {
  readonly place: BudgetPlace;
  /** The entries as they are now. */
  readonly entries: readonly unknown[];
}

/** Where the budget is set, as far as is open here: the user's own settings first. */
export function placeOf(budget: BudgetShape, places = budgetPlaces()): BudgetPlace | undefined {
  return places.find((place) => place.entries.some((entry) => makes(entry, budget, place)));
}

/** Budgets of a folder only tighten, so they are never paused. */
export function mayPause(budget: BudgetShape, places = budgetPlaces()): boolean {
  return typeof placeOf(budget, places)?.folder !== 'string';
}

/**
 * Changes the entry that makes the budget, or takes it out for `undefined`.
 *
 * @returns `undefined` when the place does not hold it
 */
export async function changeEntry(
  place: BudgetPlace,
  budget: BudgetShape,
  change: (entry: BudgetEntry) => BudgetEntry | undefined,
): Promise<Change | undefined> {
  const entries = withEntry(place.entries, budget, place, change);
  if (entries === undefined) return undefined;
  await writeEntries(place, entries);
  return { place, entries };
}

/** Puts back what a change took out, beside what was added since. */
export async function undoChange({ place, entries }: Change): Promise<void> {
  const now = budgetPlaces().find(({ folder }) => folder === place.folder)?.entries ?? [];
  const added = now.filter((entry) => !entries.some((known) => isDeepStrictEqual(known, entry)));
  await writeEntries(place, [...place.entries, ...added]);
}

/**
 * What the ledger worker is to hold the spending against.
 *
 * @param userFolder where this editor keeps what belongs to its user
 */
export function readBudgetSources(userFolder: string): LedgerSettings['budgets'] {
  const [user, ...folders] = budgetPlaces();
  return [
    { source: userFolder, project: null, value: user?.entries ?? [] },
    ...folders.map(({ folder, entries, shared }) => ({
      source: folder ?? '',
      project: folder,
      value: [...shared, ...entries],
    })),
  ];
}

/** The folder of the active editor, or the first that is open; `null` where none is. */
export function openProject(): string | null {
  const active = window.activeTextEditor?.document.uri;
  const folders = openFolders();
  const found = active && workspace.getWorkspaceFolder(active);
  return (folders.find((folder) => folder === found) ?? folders[0])?.uri.fsPath ?? null;
}

function openFolders(): readonly WorkspaceFolder[] {
  return (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
}

/** A workspace of several folders has settings of its own, too, which hold for each of them. */
function folderPlace({ uri, name }: WorkspaceFolder): BudgetPlace {
  const found = inspect(uri);
  const own = found?.workspaceFolderValue;
  const shared = workspace.workspaceFile === undefined ? undefined : found?.workspaceValue;
  return { name, folder: uri.fsPath, uri, resolve, entries: toList(own), shared: toList(shared) };
}

function inspect(uri?: Uri) {
  return workspace.getConfiguration(undefined, uri).inspect<unknown>(setting);
}

function resolve(folder: string): string {
  return resolveFolder({ platform: process.platform, homeFolder: homedir(), environment: {} }, folder);
}

/**
 * What is no list is kept as a wrong entry, so that it is said. VS Code gives objects as proxies, which cannot be sent to
 * a worker.
 */
function toList(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  const plain: unknown = JSON.parse(JSON.stringify(value));
  return Array.isArray(plain) ? plain : [plain];
}
