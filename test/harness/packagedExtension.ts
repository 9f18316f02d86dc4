/** The extension as users get it: packaged, and installed from the package. */

import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { outFolder, root, uiExtensionsFolder } from './layout.ts';
import { run, runNpm } from './program.ts';
import { installedServer } from './serverInstall.ts';

/** Builds and packages the extension; answers the package's path. */
export async function packageExtension(): Promise<string> {
  const code = await runNpm(['run', '--silent', 'package'], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (code !== 0) throw new Error(`packaging failed with code ${code}`);
  return join(root, 'token-burn.vsix');
}

/** Installs packages into `folder`, for servers that take their extensions from it. */
export async function installExtension(vsix: string, folder: string): Promise<void> {
  const args = [await installedServer(), '--install-extension', vsix, '--force', '--extensions-dir', folder];
  const code = await run(process.execPath, args, { stdio: 'ignore' });
  if (code !== 0) throw new Error(`installing ${vsix} failed with code ${code}`);
}

/** Puts the extension, packaged, and the one that answers questions of tests where `openWorkbench` looks for them. */
export async function installForWorkbench(): Promise<void> {
  await rm(uiExtensionsFolder, { recursive: true, force: true });
  await cp(join(outFolder, 'questions'), join(uiExtensionsFolder, 'questions'), { recursive: true });
  await installExtension(await packageExtension(), uiExtensionsFolder);
}
