/**
 * What a hook costs an agent while nothing can be stopped: the launcher beside an empty shell and an empty Node, each run
 * once a round in turn. What is said of calm holds for an input of some kilobytes and one of megabytes.
 */

import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { guardFiles, guardFolderIn, sessionFile } from '../../src/guard/guardFolder.ts';
import { launcherText } from '../../src/guard/launcher.ts';
import { writeLease } from '../../src/guard/leases.ts';
import { withTemporaryFolder } from '../harness/isolation.ts';
import { compare, type Figure, type Part } from './figure.ts';

const rounds = 60;
const session = { agent: 'codex', key: '5a1c0000-0000-4000-8000-000000000001' } as const;
const small = hookInput(2_000);
const large = hookInput(4 << 20);

export const guardLauncher: Part = {
  name: 'guard-launcher',
  run: () => withTemporaryFolder(runIn),
};

async function runIn(folder: string): Promise<Figure[]> {
  const [none, calm] = [launcherIn(join(folder, 'none')), launcherIn(join(folder, 'calm'))];
  writeFileSync(join(none, '..', guardFiles.none), '');
  makeCalm(join(calm, '..'));
  const hook = ['codex', 'PreToolUse'];
  const ways: Readonly<Record<string, readonly [string, readonly string[], string]>> = {
    none: [none, hook, small],
    calm: [calm, hook, small],
    'calm-4-mb': [calm, hook, large],
    'sh -c true': ['sh', ['-c', 'true'], ''],
    'node -e 0': [process.execPath, ['-e', '0'], ''],
  };
  const times = await timeInTurn(ways);
  requirePassed(join(calm, '..'), 2 * rounds);
  const peers = Object.fromEntries(['sh -c true', 'node -e 0'].map((name) => [name, times[name] ?? []]));
  return ['none', 'calm', 'calm-4-mb'].flatMap((name) =>
    compare(`guard-launcher-${name}`, 'ms', times[name] ?? [], peers),
  );
}

async function timeInTurn(
  ways: Readonly<Record<string, readonly [string, readonly string[], string]>>,
): Promise<Readonly<Record<string, readonly number[]>>> {
  const times: Record<string, number[]> = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, [program, args, input]] of Object.entries(ways)) {
      times[name]?.push(await timeOf(program, args, input));
    }
  }
  return times;
}

/** From the start of a program until it has ended, with its input given to it. */
export function timeOf(
  program: string,
  args: readonly string[],
  input: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const startMs = performance.now();
    const child = spawn(program, args, { env: environment, stdio: ['pipe', 'ignore', 'inherit'] });
    child.on('error', reject);
    child.stdin.on('error', () => undefined);
    child.on('close', (code) => {
      if (code === 0 || code === 2) resolve(performance.now() - startMs);
      else reject(new Error(`${program} ended with code ${code}`));
    });
    child.stdin.end(input);
  });
}

export function launcherIn(dataFolder: string): string {
  const folder = guardFolderIn(dataFolder);
  mkdirSync(join(folder, guardFiles.beats), { recursive: true });
  mkdirSync(join(folder, guardFiles.faults));
  writeFileSync(join(folder, guardFiles.launch), launcherText, { mode: 0o755 });
  return join(folder, guardFiles.launch);
}

function makeCalm(folder: string): void {
  writeFileSync(join(folder, guardFiles.scanner), `${process.pid}\n`);
  writeFileSync(join(folder, guardFiles.calm), 'now\n');
  const untilSeconds = Date.now() / 1000 + 600;
  utimesSync(join(folder, guardFiles.calm), untilSeconds, untilSeconds);
  // Nobody is there to write another: it must last for all rounds of two ways.
  writeLease(folder, session, 999, 'now');
}

/** A hook that asked in vain for an accountant is quick: its figure would say nothing. */
function requirePassed(folder: string, hooks: number): void {
  const lease = readFileSync(join(folder, guardFiles.leases, sessionFile(session)), 'utf8');
  const passed = lease.split('.').length - 1;
  if (passed !== hooks) throw new Error(`${passed} of ${hooks} hooks passed`);
}

function hookInput(bytes: number): string {
  return JSON.stringify({
    session_id: session.key,
    hook_event_name: 'PreToolUse',
    tool_name: 'Bash',
    tool_input: { command: 'x'.repeat(bytes) },
  });
}
