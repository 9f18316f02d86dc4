/** Finds or brings a desktop VS Code. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { cacheFolder } from './layout.ts';
import { within } from './program.ts';

/** Which VS Code to use: `desktop` and `server` insist, `any` takes the server where no desktop can be had. */
export type Kind = 'any' | 'desktop' | 'server';

const downloadLimitMs = 5 * 60_000;
const silenceLimitMs = 10_000;

export function wantedKind(environment: NodeJS.ProcessEnv = process.env): Kind {
  const kind = environment.TOKEN_BURN_VSCODE ?? 'any';
  if (kind === 'any' || kind === 'desktop' || kind === 'server') return kind;
  throw new Error(`TOKEN_BURN_VSCODE is "${kind}": it must be "any", "desktop" or "server".`);
}

/** The first desktop VS Code that one of `sources` has; `undefined` to take the server. */
export async function findDesktop(
  kind: Kind,
  sources: readonly (() => Promise<string | undefined>)[],
  environment: NodeJS.ProcessEnv = process.env,
): Promise<string | undefined> {
  if (kind === 'server') return undefined;
  const found = canShowWindows(process.platform, environment) ? await firstOf(sources) : undefined;
  if (found === undefined && kind === 'desktop') throw new Error('No desktop VS Code can be run here.');
  return found;
}

export function canShowWindows(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): boolean {
  return platform !== 'linux' || Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY);
}

async function firstOf(sources: readonly (() => Promise<string | undefined>)[]): Promise<string | undefined> {
  for (const source of sources) {
    const found = await source();
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Downloads a version of VS Code, once; `undefined` where that is not possible. */
export async function downloadedDesktop(version: string): Promise<string | undefined> {
  const cachePath = join(cacheFolder, 'desktop');
  try {
    const download = downloadAndUnzipVSCode({ version, cachePath, timeout: silenceLimitMs });
    return await within(downloadLimitMs, 'download of VS Code', download);
  } catch (error) {
    console.log(`VS Code ${version} cannot be downloaded: ${error instanceof Error ? error.message : error}`);
    return undefined;
  }
}

/** The VS Code that the user has installed, where it is in its usual place. */
export async function installedDesktop(): Promise<string | undefined> {
  return usualPlaces(process.platform, process.env).find((path) => existsSync(path));
}

function usualPlaces(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): readonly string[] {
  if (platform === 'darwin') {
    const programs = '/Applications/Visual Studio Code.app/Contents/MacOS';
    return [join(programs, 'Code'), join(programs, 'Electron')];
  }
  if (platform === 'win32') {
    return [
      join(environment.LOCALAPPDATA ?? '', 'Programs', 'Microsoft VS Code', 'Code.exe'),
      join(environment.ProgramFiles ?? '', 'Microsoft VS Code', 'Code.exe'),
    ];
  }
  return ['/usr/share/code/code', '/opt/visual-studio-code/code', '/snap/code/current/usr/share/code/code'];
}
