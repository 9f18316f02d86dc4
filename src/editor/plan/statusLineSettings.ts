/** Claude Code's settings with our status line in them, and without: comments, order and all else stay as they are. */

import { changeSetting, isRecord, readSettings } from '../changes/jsonSettings.ts';

/** Settings that were changed, and the command that ours took the place of, if there was one. */
export interface Wrapped {
  readonly text: string;
  readonly ownCommand: string | null;
}

/**
 * Puts our command in. A status line of the user's own keeps its other settings.
 *
 * @param text of the settings; empty where there are none
 * @returns `present` where it is there already, `unreadable` where the text is no settings that could be changed
 */
export function wrapStatusLine(text: string, command: string): Wrapped | 'present' | 'unreadable' {
  const settings = readSettings(text);
  if (settings === null) return 'unreadable';
  const known = settings.statusLine;
  if (known === undefined) {
    return { text: changeSetting(text, ['statusLine'], { type: 'command', command }), ownCommand: null };
  }
  const own = isRecord(known) && known.type === 'command' ? known.command : undefined;
  if (typeof own !== 'string') return 'unreadable';
  if (own === command) return 'present';
  return { text: changeSetting(text, ['statusLine', 'command'], command), ownCommand: own };
}

/** Takes our command out again, and puts the user's own back; `null` where it is not there any more. */
export function unwrapStatusLine(text: string, command: string, ownCommand: string | null): string | null {
  const settings = readSettings(text);
  const known = settings?.statusLine;
  if (!isRecord(known) || known.command !== command) return null;
  return ownCommand === null
    ? changeSetting(text, ['statusLine'], undefined)
    : changeSetting(text, ['statusLine', 'command'], ownCommand);
}
