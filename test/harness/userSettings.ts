/** The user settings that a VS Code server starts with. */

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** What would only stand in the way of a look at Token Burn. */
const quiet = {
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
};

/** Writes the settings into a server's data folder that has none yet; those that it has are the user's own. */
export async function seedUserSettings(
  dataFolder: string,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const file = join(dataFolder, 'data', 'User', 'settings.json');
  await mkdir(dirname(file), { recursive: true });
  try {
    await writeFile(file, JSON.stringify({ ...quiet, ...settings }, null, 2), { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
