/**
 * Whether Codex's user has let it run our hooks: it asks once, and keeps a hash of what was agreed to in `config.toml`. The
 * hash is Codex's alone to write, and to compare.
 */

import { posix, win32 } from 'node:path';
import { parse } from 'smol-toml';
import { fieldOf, isRecord, type LogRecord, recordOf, textOf } from '../../agents/fields.ts';
import type { HookTrust, Trust } from './agentGuard.ts';
import type { Launcher } from './commandLine.ts';
import { placeOfHandler } from './groupedHooks.ts';

/** Codex's names of the events in its settings. */
const stateNames = {
  UserPromptSubmit: 'user_prompt_submit',
  PreToolUse: 'pre_tool_use',
  PostToolUse: 'post_tool_use',
} as const;

export function codexTrust(commandOf: (launcher: Launcher, event: string) => string | null): HookTrust {
  return {
    file: (hookFile) => {
      const paths = /^[A-Za-z]:|^\\\\/.test(hookFile) ? win32 : posix;
      return paths.join(paths.dirname(hookFile), 'config.toml');
    },
    read(text, hookFile, hooks, launcher) {
      const config = text === null ? {} : parseToml(text);
      if (config === null) return 'unreadable';
      const features = recordOf(config, 'features') ?? {};
      if (['hooks', 'codex_hooks'].some((name) => fieldOf(features, name) === false)) return 'off';
      const state = recordOf(recordOf(config, 'hooks') ?? {}, 'state') ?? {};
      const all = Object.entries(stateNames).map(([event, name]) => {
        const place = placeOfHandler(hooks, event, commandOf(launcher, event) ?? '');
        return place === null ? 'untrusted' : trustOf(recordOf(state, [hookFile, name, ...place].join(':')));
      });
      return worstOf(all);
    },
  };
}

function trustOf(entry: LogRecord | null): Trust {
  if (entry === null) return 'untrusted';
  if (fieldOf(entry, 'enabled') === false) return 'off';
  return textOf(entry, 'trusted_hash') === null ? 'untrusted' : 'trusted';
}

function worstOf(all: readonly Trust[]): Trust {
  return all.find((trust) => trust === 'off') ?? all.find((trust) => trust !== 'trusted') ?? 'trusted';
}

function parseToml(text: string): LogRecord | null {
  try {
    const config: unknown = parse(text);
    return isRecord(config) ? config : null;
  } catch {
    return null;
  }
}
