/** Settings of the contributions table, read so that a value of the wrong type counts as not set. */

import { ConfigurationTarget, type Disposable, workspace } from 'vscode';
import { type SettingId, type SettingValue, settingDefaults } from '../contributions.ts';

export function readSetting<Id extends SettingId>(id: Id): SettingValue<Id> {
  const value: unknown = workspace.getConfiguration().get(id);
  return (isLike(value, id) ? value : settingDefaults[id]) as SettingValue<Id>;
}

/** Writes the user's own setting; `undefined` takes it away. */
export async function writeSetting<Id extends SettingId>(
  id: Id,
  value: SettingValue<Id> | undefined,
): Promise<void> {
  await workspace.getConfiguration().update(id, value, ConfigurationTarget.Global);
}

export function onSettingChange(ids: readonly SettingId[], listener: () => void): Disposable {
  return workspace.onDidChangeConfiguration((change) => {
    if (ids.some((id) => change.affectsConfiguration(id))) listener();
  });
}

function isLike(value: unknown, id: SettingId): boolean {
  const like: unknown = settingDefaults[id];
  if (Array.isArray(like)) return Array.isArray(value) && value.every((item) => typeof item === 'string');
  return typeof value === typeof like && value !== null && !Array.isArray(value);
}
