/** Whether VS Code's own agent mode runs the hooks of its user. */

import { workspace } from 'vscode';

const switchSetting = 'chat.useHooks';
const placesSetting = 'chat.hookFilesLocations';
/** Each of them can keep the agent mode from the guard's hooks. */
export const chatHooksSettings = [switchSetting, placesSetting] as const;
/** The folder that the guard's file is in, as VS Code names it. */
const ownPlace = '~/.copilot/hooks';

/**
 * - `off`: a setting keeps it from them
 * - `missing`: this editor has no agent mode, or none with hooks
 */
export type ChatHooks = 'on' | 'off' | 'missing';

export function hooksOfChat(): ChatHooks {
  const configuration = workspace.getConfiguration();
  if (configuration.inspect(placesSetting)?.defaultValue === undefined) return 'missing';
  const places = configuration.get<Readonly<Record<string, unknown>>>(placesSetting);
  return configuration.get(switchSetting) === false || places?.[ownPlace] === false ? 'off' : 'on';
}
