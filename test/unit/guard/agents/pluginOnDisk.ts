/** A plugin of ours as agents load it: a module on the disk. */

import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Launcher } from '../../../../src/guard/agents/commandLine.ts';

/**
 * Loads a plugin with a launcher that answers one thing and notes what it was asked.
 *
 * @param delayS seconds that the launcher takes
 */
export async function loadPlugin(text: (launcher: Launcher) => string | null, answer: string, delayS = 0) {
  const folder = mkdtempSync(join(tmpdir(), 'plugin-'));
  const launcher = join(folder, `it's "$x"`, 'launch');
  const asked = join(folder, 'asked');
  mkdirSync(dirname(launcher));
  writeFileSync(
    launcher,
    `#!/bin/sh\nprintf '%s ' "$@" >> '${asked}'\ncat >> '${asked}'\nsleep ${delayS}\nprintf '%s' '${answer}'\n`,
  );
  chmodSync(launcher, 0o755);
  const file = join(folder, 'token-burn.mjs');
  writeFileSync(file, text({ path: launcher, platform: 'linux' }) ?? '');
  return {
    module: await import(pathToFileURL(file).href),
    folder,
    launcher,
    asked: () => readFileSync(asked, 'utf8'),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}
