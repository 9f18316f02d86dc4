/** Watches what the extension host's thread is busy with, by the sampling profiler of its own runtime. */

import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { type Profiler, Session } from 'node:inspector/promises';

const samplingIntervalUs = 500;

/** How long one extension kept the thread. */
export interface Busy {
  /** The longest time without a break, in milliseconds, as far as samples tell. */
  readonly longestMs: number;
  readonly totalMs: number;
}

export class HostProfile {
  readonly #session = new Session();
  readonly #file: string | undefined;

  /** @param file where the profile is kept, if anywhere, for a look with a browser's developer tools */
  constructor(file: string | undefined) {
    this.#file = file;
  }

  async start(): Promise<void> {
    preferThisThread();
    this.#session.connect();
    await this.#session.post('Profiler.enable');
    await this.#session.post('Profiler.setSamplingInterval', { interval: samplingIntervalUs });
    await this.#session.post('Profiler.start');
    preferThisThread('--reset-on-fork');
  }

  /** @param folders by name, parts of the paths of the extensions to tell of */
  async stop(folders: Readonly<Record<string, string>>): Promise<Record<string, Busy>> {
    const { profile } = await this.#session.post('Profiler.stop');
    this.#session.disconnect();
    if (this.#file !== undefined) await writeFile(this.#file, JSON.stringify(profile));
    return Object.fromEntries(
      Object.entries(folders).map(([name, folder]) => [name, busyIn(profile, folder)]),
    );
  }
}

/**
 * The browser and the server of the measurement want the same cores, and a thread that waits for one is not kept by what
 * it would do then. So this thread comes first, with the profiler's own, as far as this user may say so.
 *
 * @param flags `--reset-on-fork`, as `chrt` takes it: threads started from then on are as all others
 */
function preferThisThread(...flags: string[]): void {
  if (process.platform !== 'linux') return;
  try {
    execFileSync('chrt', [...flags, '--fifo', '--pid', '1', String(process.pid)], { stdio: 'ignore' });
  } catch {}
}

/** A stretch is a run of samples in which something of the extension is on the stack, whoever it called. */
function busyIn({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile, folder: string): Busy {
  const own = ownNodes(nodes, folder);
  let longestUs = 0;
  let totalUs = 0;
  let stretchUs = 0;
  for (const [index, node] of samples.entries()) {
    // The time until the next sample is what this one stands for.
    const lastsUs = Math.max(0, timeDeltas[index + 1] ?? 0);
    stretchUs = own.has(node) ? stretchUs + lastsUs : 0;
    totalUs += own.has(node) ? lastsUs : 0;
    longestUs = Math.max(longestUs, stretchUs);
  }
  return { longestMs: longestUs / 1000, totalMs: totalUs / 1000 };
}

/** The nodes of the call tree that are the extension's or called from it, but for what this one asks it. */
function ownNodes(nodes: readonly Profiler.ProfileNode[], folder: string): ReadonlySet<number> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const own = new Set<number>();
  const visit = (id: number, isOwn: boolean): void => {
    const node = byId.get(id);
    if (node === undefined) return;
    const { url } = node.callFrame;
    if (url.endsWith(__filename)) return;
    const isHere = isOwn || url.includes(folder);
    if (isHere) own.add(id);
    for (const child of node.children ?? []) visit(child, isHere);
  };
  const [root] = nodes;
  if (root !== undefined) visit(root.id, false);
  return own;
}
