/** Where OMP keeps its sessions. */

import { expandHome, listFolders, pathsOf, waysDown } from '../folders.ts';
import type { LogRoot, Machine } from '../reader.ts';

/** The name of its folder in the home folder. */
export function ompConfigName({ environment }: Machine): string {
  return environment.PI_CONFIG_DIR || '.omp';
}

/** Profiles have sessions of their own. Those of data that was moved to where XDG has it lie without a folder `agent`. */
export function ompRoots(machine: Machine): readonly LogRoot[] {
  const { join } = pathsOf(machine);
  const config = expandHome(machine, `~/${ompConfigName(machine)}`);
  const data = movedData(machine).map((path) => join(path, 'omp'));
  const sessions = [join(config, 'agent'), ...namedFolders(machine, config), ...data];
  return [
    ...[...new Set(sessions)].map((path) => ({ path: join(path, 'sessions') })),
    profilesIn(join(config, 'profiles'), '*/agent/sessions'),
    ...data.map((path) => profilesIn(join(path, 'profiles'), '*/sessions')),
  ];
}

/** What else lies there, and is no business of ours, changes much more often than sessions do. */
function profilesIn(path: string, sessions: string): LogRoot {
  return { path, watched: waysDown(`${sessions}/*/*/*`) };
}

export function isOfProfiles(root: string): boolean {
  return /[\\/]profiles$/.test(root);
}

/** Pi heeds the same variable: a folder is OMP's where its path says so. A profile's is found among the profiles. */
function namedFolders(machine: Machine, config: string): readonly string[] {
  const { join, sep } = pathsOf(machine);
  const folders = listFolders(machine, 'PI_CODING_AGENT_DIR') ?? [];
  const profiles = `${join(config, 'profiles')}${sep}`;
  return folders.filter(
    (folder) => folder.split(sep).includes(ompConfigName(machine)) && !folder.startsWith(profiles),
  );
}

function movedData({ environment, platform }: Machine): readonly string[] {
  const folder = environment.XDG_DATA_HOME ?? '';
  return folder === '' || platform === 'win32' ? [] : [folder];
}
