/**
 * `npm start [-- FOLDER]`: opens a VS Code with Token Burn on a folder, or on a copy of the sample workspace, with the
 * user's own home and so with the logs of their own agents. Without a display it writes a picture of VS Code instead
 * of opening a window. `--once` ends it after that.
 */

import { existsSync } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { WorkbenchPage } from '../ui/driverPage.ts';
import { launchBrowser, openInDefaultBrowser } from './browser.ts';
import { canShowWindows, downloadedDesktop, findDesktop, installedDesktop, wantedKind } from './desktop.ts';
import { cacheFolder, root, sampleWorkspace, serverLog } from './layout.ts';
import { installExtension, packageExtension } from './packagedExtension.ts';
import { run, runNpm } from './program.ts';
import { startServer } from './server.ts';
import { seedUserSettings } from './userSettings.ts';
import { remoteUri, workbenchUrl } from './workbenchUrl.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { once: { type: 'boolean', default: false } },
});

const startFolder = join(cacheFolder, 'start');
const samplePrompt = join('prompts', 'add-spring-tides.prompt.md');

/** How long the first look at the agents' logs may take before the picture is taken, from the first estimate on. */
const settleMs = 5_000;
/** A machine that starts VS Code for the first time may take so long until there is an estimate of what was opened. */
const estimateMs = 60_000;

process.exit(await start(positionals[0]));

async function start(wanted: string | undefined): Promise<number> {
  const folder = wanted === undefined ? await sampleCopy() : resolve(callerFolder(), wanted);
  if (!existsSync(folder)) {
    console.error(`There is no folder ${folder}.`);
    return 2;
  }
  const opened = wanted === undefined ? [join(folder, samplePrompt)] : [];
  const desktop = await findDesktop(wantedKind(), [installedDesktop, () => downloadedDesktop('stable')]);
  return desktop === undefined ? startInServer(folder, opened) : startDesktop(desktop, [folder, ...opened]);
}

/** A copy, so that trying things out changes nothing in the repository. */
async function sampleCopy(): Promise<string> {
  const folder = join(startFolder, 'sample-workspace');
  await cp(sampleWorkspace, folder, { recursive: true });
  return folder;
}

/** Where the user typed the command: npm itself runs scripts in the package's folder. */
function callerFolder(): string {
  return process.env.INIT_CWD ?? process.cwd();
}

async function startDesktop(desktop: string, paths: readonly string[]): Promise<number> {
  const built = await runNpm(['run', '--silent', 'build']);
  if (built !== 0) return built;
  console.log(`Opening ${desktop} ...`);
  const profile = [`--user-data-dir=${join(startFolder, 'desktop')}`, '--disable-workspace-trust'];
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return run(desktop, [...paths, `--extensionDevelopmentPath=${root}`, ...profile, ...sandbox]);
}

async function startInServer(folder: string, opened: readonly string[]): Promise<number> {
  const extensionsFolder = join(startFolder, 'extensions');
  const dataFolder = join(startFolder, 'server');
  await installExtension(await packageExtension(), extensionsFolder);
  await seedUserSettings(dataFolder);
  await rm(serverLog, { force: true });
  const server = await startServer({
    dataFolder,
    extensionsFolder,
    runsTestsInHost: false,
    environment: process.env,
    logFile: serverLog,
  });
  try {
    const files = opened.map((path) => ['openFile', remoteUri(server, path)]);
    await show(workbenchUrl(server, folder, files), files.length > 0);
    if (!values.once) await server.ended;
  } finally {
    await server.stop();
  }
  return 0;
}

async function show(url: string, hasPrompt: boolean): Promise<void> {
  console.log(`VS Code with Token Burn: ${url}`);
  if (values.once || !canShowWindows(process.platform, process.env)) await takePicture(url, hasPrompt);
  else openInDefaultBrowser(url);
  if (!values.once) console.log('Press Ctrl+C to stop.');
}

async function takePicture(url: string, hasPrompt: boolean): Promise<void> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(url);
    const workbench = new WorkbenchPage(page);
    await workbench.openTokenBurnView();
    if (hasPrompt) await workbench.statusItem('estimate').waitFor({ timeout: estimateMs });
    await page.waitForTimeout(settleMs);
    await workbench.screenshot('start');
    console.log('A picture of it: out/screenshots/start.png');
  } finally {
    await browser.close();
  }
}
