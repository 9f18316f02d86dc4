/**
 * Stands for the desktop executable where there is none: takes the arguments that `@vscode/test-electron` gives to
 * VS Code, runs the tests in a VS Code server opened in a browser, and exits with their code.
 */

import { format, parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { serverLog } from './layout.ts';
import { within } from './program.ts';
import { type Server, startServer } from './server.ts';
import { remoteUri, workbenchUrl } from './workbenchUrl.ts';

interface TestRequest {
  readonly folder: string;
  readonly extensions: readonly string[];
  readonly tests: string;
}

const testsLimitMs = 10 * 60_000;

const { values, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: {
    extensionDevelopmentPath: { type: 'string', multiple: true },
    extensionTestsPath: { type: 'string' },
    'user-data-dir': { type: 'string' },
    'extensions-dir': { type: 'string' },
  },
});

process.exitCode = await runTests({
  folder: text(positionals[0]),
  extensions: [values.extensionDevelopmentPath ?? []].flat().map(text),
  tests: text(values.extensionTestsPath),
});

async function runTests(request: TestRequest): Promise<number> {
  const server = await startServer({
    dataFolder: text(values['user-data-dir']),
    extensionsFolder: text(values['extensions-dir']),
    runsTestsInHost: true,
    environment: process.env,
    logFile: serverLog,
  });
  try {
    const browser = await launchBrowser();
    try {
      return await within(
        testsLimitMs,
        'the tests in VS Code',
        exitCode(await openPage(browser), server, request),
      );
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
  }
}

/** A page that may use the clipboard, as a desktop window may. What moves without end would take the tests' processors. */
async function openPage(browser: Browser): Promise<Page> {
  const permissions = ['clipboard-read', 'clipboard-write'];
  const context = await browser.newContext({ permissions, reducedMotion: 'reduce' });
  return context.newPage();
}

/** Both functions are what the workbench's smoke test driver looks for in its page. */
async function exitCode(page: Page, server: Server, request: TestRequest): Promise<number> {
  await page.exposeFunction('codeAutomationLog', (_type: string, args: readonly unknown[]) =>
    console.log(format(...args)),
  );
  const exit = new Promise<number>((resolve, reject) => {
    page.exposeFunction('codeAutomationExit', resolve).catch(reject);
    page.once('crash', () => reject(new Error('the page of VS Code crashed')));
  });
  await page.goto(workbenchUrl(server, request.folder, testPayload(server, request)));
  return exit;
}

/** What VS Code's own integration tests give to a workbench as well. */
function testPayload(server: Server, { extensions, tests }: TestRequest): readonly (readonly string[])[] {
  return [
    ...extensions.map((path) => ['extensionDevelopmentPath', remoteUri(server, path)]),
    ['extensionTestsPath', remoteUri(server, tests)],
  ];
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw new Error('an argument is missing');
  return value;
}
