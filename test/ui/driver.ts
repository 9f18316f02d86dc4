/** Opens a VS Code for a UI test: the packaged extension in it, on a home, a workspace and settings of its own. */

import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../harness/browser.ts';
import { isolation } from '../harness/isolation.ts';
import { sampleWorkspace, serverLog, uiExtensionsFolder } from '../harness/layout.ts';
import { type Server, startServer } from '../harness/server.ts';
import { builtInExtension, installedServer } from '../harness/serverInstall.ts';
import { seedUserSettings } from '../harness/userSettings.ts';
import { workbenchUrl } from '../harness/workbenchUrl.ts';
import { type Ask, hostAt } from './driverHost.ts';
import { WorkbenchPage } from './driverPage.ts';
import { addressVariable, profileVariable } from './questions/questions.ts';

export interface WorkbenchOptions {
  /** Text files to place below the home folder before VS Code starts, such as an agent's logs. */
  readonly homeFiles?: Readonly<Record<string, string>>;
  /** Text files likewise, below the folder that VS Code keeps for its user. */
  readonly userFiles?: Readonly<Record<string, string>>;
  /** User settings to start with. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** As users have it: with all that VS Code brings, as its own chat needs and as is fair beside others that are measured. */
  readonly isWhole?: boolean;
  /** File to write a profile of the extension host to, taken from its start until `stopProfile` is asked. */
  readonly profileFile?: string;
}

export interface Workbench {
  readonly ui: WorkbenchPage;
  /** Asks the extension host, for what the page does not show. */
  readonly ask: Ask;
  readonly homeFolder: string;
  /** A copy of the sample workspace. */
  readonly workspaceFolder: string;
  /** Opens one more window of the same VS Code, on the workspace or on a folder of it. */
  openWindow(folder?: string): Promise<WorkbenchPage>;
  close(): Promise<void>;
}

/**
 * What would take the processors that the tests wait for: a cursor that blinks is drawn sixty times a second, and Git, of
 * which no test asks anything, is started with each window.
 */
const calm = { 'editor.cursorBlinking': 'solid', 'git.enabled': false };

/** Of nearly a hundred, which take an eighth of the processors at each start. */
const usedBuiltIns = [
  ...['theme-defaults', 'theme-modern-icons', 'configuration-editing'],
  ...['json', 'javascript', 'typescript-basics', 'markdown-basics', 'prompt-basics'],
];

export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const folder = await mkdtemp(join(tmpdir(), 'token-burn-ui-'));
  const closing = [() => rm(folder, { recursive: true, force: true, maxRetries: 5 })];
  const close = async () => {
    for (const step of closing.reverse()) await step();
  };
  try {
    const server = await startIn(folder, options);
    closing.push(server.stop);
    const browser = await launchBrowser();
    closing.push(() => browser.close());
    const workspaceFolder = join(folder, 'workspace');
    const openWindow = (path = '') => openPage(browser, server, join(workspaceFolder, path));
    const ui = await openWindow();
    const ask = hostAt(join(folder, 'questions.json'));
    return { ui, ask, homeFolder: join(folder, 'home'), workspaceFolder, openWindow, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startIn(folder: string, options: WorkbenchOptions): Promise<Server> {
  const settings = options.isWhole === true ? options.settings : { ...calm, ...options.settings };
  await seedUserSettings(join(folder, 'data'), settings ?? {});
  await cp(sampleWorkspace, join(folder, 'workspace'), { recursive: true });
  await mkdir(join(folder, 'home'));
  for (const [path, text] of Object.entries(options.homeFiles ?? {})) {
    await writeText(join(folder, 'home', path), text);
  }
  for (const [path, text] of Object.entries(options.userFiles ?? {})) {
    await writeText(join(folder, 'data', 'data', 'User', path), text);
  }
  const environment = { ...process.env, ...isolation(join(folder, 'home')) };
  return startServer({
    dataFolder: join(folder, 'data'),
    extensionsFolder: uiExtensionsFolder,
    ...(options.isWhole !== true && { builtInsFolder: await linkBuiltIns(join(folder, 'built-ins')) }),
    runsTestsInHost: false,
    environment: {
      ...environment,
      [addressVariable]: join(folder, 'questions.json'),
      [profileVariable]: options.profileFile,
    },
    logFile: serverLog,
  });
}

async function linkBuiltIns(folder: string): Promise<string> {
  await mkdir(folder);
  const server = await installedServer();
  for (const name of usedBuiltIns) {
    await symlink(builtInExtension(server, name), join(folder, name), 'junction');
  }
  return folder;
}

async function openPage(browser: Browser, server: Server, workspace: string): Promise<WorkbenchPage> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  page.setDefaultTimeout(30_000);
  await page.goto(workbenchUrl(server, workspace));
  const ui = new WorkbenchPage(page);
  await ui.waitUntilReady();
  return ui;
}

async function writeText(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
