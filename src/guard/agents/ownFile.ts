/** Hooks that are a file of the guard's own: it is there as it should be, or it is not. */

import type { Launcher } from './commandLine.ts';
import type { SettingsChange } from './groupedHooks.ts';

/**
 * @param textOf the whole file; `null` where the launcher's path cannot be given to the agent's shell
 * @param mark what every file of ours has and no other, whatever launcher it starts
 */
export function ownFile(textOf: (launcher: Launcher) => string | null, mark: string): SettingsChange {
  const isOurs = (text: string) => text.includes(mark);
  return {
    isOwnFile: true,
    install(text, launcher) {
      const own = textOf(launcher);
      if (own === null) return { refused: 'unquotable' };
      return text === null || text.trim() === '' || isOurs(text) ? own : { refused: 'unexpected' };
    },
    uninstall: (text) => (isOurs(text) ? null : text),
    isInstalled: (text, launcher) => text === textOf(launcher),
    isSwitchedOff: () => false,
  };
}
