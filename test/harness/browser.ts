/** Finds a Chromium, Chrome or Edge on the machine and starts it without a window. */

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { run } from './program.ts';

/** The network flags keep Chromium from looking up its maker's hosts at every start. */
const quietly = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Chromium without what draws windows, menus and an address bar, which takes a sixth of the processors at each start. */
const windowless = 'chromium-headless-shell';

export async function launchBrowser(): Promise<Browser> {
  const sandbox = isRoot() ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath: await ensureBrowser(), args: [...quietly, ...sandbox] });
}

async function ensureBrowser(): Promise<string> {
  const found = findBrowser(process.platform, process.env);
  if (found !== undefined) return found;
  if (isRoot() && existsSync('/etc/debian_version')) await installChromium();
  const installed = findBrowser(process.platform, process.env);
  if (installed !== undefined) return installed;
  throw new Error('No browser found: install Chromium, Google Chrome or Microsoft Edge.');
}

async function installChromium(): Promise<void> {
  console.log('Installing Chromium with apt-get (once) ...');
  await aptGet('update', '-qq');
  // Not all of Debian's kin have the small one.
  if ((await aptGet('install', '-y', '-qq', windowless)) !== 0)
    await aptGet('install', '-y', '-qq', 'chromium');
}

function aptGet(...args: readonly string[]): Promise<number> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return run('apt-get', args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Opens a window of the user's own browser, which goes on by itself. */
export function openInDefaultBrowser(url: string): void {
  const openers: Partial<Record<NodeJS.Platform, string>> = { darwin: 'open', win32: 'explorer' };
  const opener = spawn(openers[process.platform] ?? 'xdg-open', [url], { stdio: 'ignore', detached: true });
  opener.once('error', () => console.log('No browser could be opened: open the address yourself.'));
  opener.unref();
}

/** The first browser that is there, in the usual places of a platform. */
export function findBrowser(
  platform: NodeJS.Platform,
  environment: NodeJS.ProcessEnv,
  exists: (path: string) => boolean = existsSync,
): string | undefined {
  return usualPlaces(platform, environment).find(exists);
}

function usualPlaces(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): readonly string[] {
  if (platform === 'darwin') {
    return ['Chromium', 'Google Chrome', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  if (platform === 'win32') {
    const programs = ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].map((name) => environment[name]);
    return ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'].flatMap(
      (path) => programs.flatMap((folder) => (folder === undefined ? [] : [`${folder}\\${path}`])),
    );
  }
  const names = [
    windowless,
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'microsoft-edge',
  ];
  const folders = (environment.PATH ?? '').split(':').filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}
