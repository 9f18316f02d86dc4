/** Where OpenClaw keeps a folder an agent, with what the programs that it runs for that agent log. */

import { expandHome, listFolders, pathsOf } from '../folders.ts';
import type { Machine } from '../reader.ts';
import { asOpenclaw } from './openclawHome.ts';

/** Its variables and folders under all the names that it had. */
const names = ['openclaw', 'clawdbot', 'moltbot', 'moldbot'];

/** The folders that hold one of each agent, whether or not they exist. */
export function agentFolders(machine: Machine): readonly string[] {
  const own = asOpenclaw(machine);
  const given = names.flatMap((name) => listFolders(own, `${name.toUpperCase()}_STATE_DIR`) ?? []);
  const folders = given.length > 0 ? given : defaultFolders(machine);
  return [...new Set(folders.map((folder) => pathsOf(machine).join(folder, 'agents')))];
}

function defaultFolders(machine: Machine): readonly string[] {
  const profile = machine.environment.OPENCLAW_PROFILE || 'default';
  const own = [...(profile === 'default' ? [] : [`openclaw-${profile}`]), 'openclaw'];
  return [
    ...own.map((name) => expandHome(asOpenclaw(machine), `~/.${name}`)),
    ...names.map((name) => expandHome(machine, `~/.${name}`)),
  ];
}
