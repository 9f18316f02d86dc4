/** What OpenClaw takes for the home folder. */

import { expandHome } from '../folders.ts';
import type { Machine } from '../reader.ts';

/** The machine as OpenClaw sees it: a variable of its own goes before the user's home folder. */
export function asOpenclaw(machine: Machine): Machine {
  const { OPENCLAW_HOME: home } = machine.environment;
  return home ? { ...machine, homeFolder: expandHome(machine, home) } : machine;
}
