/** The other ledgers that ours is measured against: installed on demand, run without a network. */

import { spawn } from 'node:child_process';
import { chmod, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { installedPackages } from '../harness/installOnce.ts';

export interface Measured {
  /** Until the first of what it says had come. */
  readonly firstMs: number;
  /** Until the last of it had come, which is what is waited for: what it still tidies up is not. */
  readonly wallMs: number;
  readonly peakBytes: number;
  /** What all its threads together took of the processors, to some hundredths of a second. */
  readonly processorMs: number;
  readonly output: string;
}

export interface Peer {
  readonly name: string;
  /** Reads all logs of the home folder, keeping nothing from an earlier run. */
  cold(home: string): Promise<Measured>;
  /** Reads them again with whatever it kept; `null` for a peer that keeps nothing. */
  readonly warm: ((home: string) => Promise<Measured>) | null;
}

/** The programs of the peers; those that have none for this machine are missing. */
export interface PeerPrograms {
  readonly ccusage: string | undefined;
  readonly tokscale: string | undefined;
}

export async function peerPrograms(): Promise<PeerPrograms> {
  const modules = join(await installedPackages('peers', import.meta.dirname), 'node_modules');
  return {
    ccusage: await executable(join(modules, '@ccusage', 'ccusage-linux-x64', 'bin', 'ccusage')),
    tokscale: await executable(join(modules, '@tokscale', 'cli-linux-x64-gnu', 'bin', 'tokscale')),
  };
}

/** The peers that have a program for this machine. */
export async function installedPeers(): Promise<readonly Peer[]> {
  const { ccusage, tokscale } = await peerPrograms();
  return [
    ...(ccusage === undefined ? [] : [ccusageAt(ccusage)]),
    ...(tokscale === undefined ? [] : [tokscaleAt(tokscale)]),
  ];
}

/** npm leaves the programs without the mark that they can be run. */
async function executable(path: string): Promise<string | undefined> {
  try {
    await chmod(path, 0o755);
    return path;
  } catch {
    return undefined;
  }
}

function ccusageAt(program: string): Peer {
  const args = ['claude', 'daily', '--offline', '--json', '-z', 'UTC'];
  return {
    name: 'ccusage 20.0.24',
    cold: (home) => measure(program, args, { HOME: home, CLAUDE_CONFIG_DIR: join(home, '.claude') }),
    warm: null,
  };
}

function tokscaleAt(program: string): Peer {
  const read = (home: string) => {
    const args = ['models', '--json', '--no-spinner', '--home', home, '-c', 'claude'];
    // Without a network its price look-ups would only fail, and cost it time.
    return measure(program, args, { HOME: home, TOKSCALE_PRICING_CACHE_ONLY: '1' });
  };
  return {
    name: 'tokscale 4.17.0',
    async cold(home) {
      await rm(join(home, '.config', 'tokscale', 'cache'), { recursive: true, force: true });
      return read(home);
    },
    warm: read,
  };
}

const lookMs = 20;

/** Runs a program to its end. Its memory and its processor time are the system's own records, read while it runs. */
export async function measure(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Measured> {
  await mkdir(environment.HOME ?? '.', { recursive: true });
  const startMs = performance.now();
  const child = spawn(program, args, {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  let firstMs = Number.NaN;
  let answeredMs = Number.NaN;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    answeredMs = performance.now();
    if (Number.isNaN(firstMs)) firstMs = answeredMs;
  });
  let peakBytes = 0;
  let processorMs = 0;
  // Both only grow, and who looks often takes away what is looked at.
  const watch = setInterval(async () => {
    peakBytes = Math.max(peakBytes, await peakOf(child.pid));
    processorMs = Math.max(processorMs, await processorMsOf(child.pid));
  }, lookMs);
  const code = await new Promise((resolve) => child.once('close', resolve));
  clearInterval(watch);
  if (code !== 0) throw new Error(`${program} ended with code ${code}`);
  if (output === '') throw new Error(`${program} said nothing`);
  return { firstMs: firstMs - startMs, wallMs: answeredMs - startMs, peakBytes, processorMs, output };
}

async function peakOf(pid: number | undefined): Promise<number> {
  try {
    const kilobytes = /VmHWM:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kilobytes ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/** Of a second the system keeps a hundredth. */
const tickMs = 10;

async function processorMsOf(pid: number | undefined): Promise<number> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The name of the program stands in brackets, and may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * tickMs;
  } catch {
    return 0;
  }
}
