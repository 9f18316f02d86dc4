/** Watches what the extension host's thread is busy with, by the sampling profiler of its own runtime. */

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

  async start(): Promise<void> {
    this.#session.connect();
    await this.#session.post('Profiler.enable');
    await this.#session.post('Profiler.setSamplingInterval', { interval: samplingIntervalUs });
    await this.#session.post('Profiler.start');
  }

  /** @param folders by name, parts of the paths of the extensions to tell of */
  async stop(folders: Readonly<Record<string, string>>): Promise<Record<string, Busy>> {
    const { profile } = await this.#session.post('Profiler.stop');
    this.#session.disconnect();
    return Object.fromEntries(
      Object.entries(folders).map(([name, folder]) => [name, busyIn(profile, folder)]),
    );
  }
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

/** The nodes of the call tree that are the extension's or called from it. */
function ownNodes(nodes: readonly Profiler.ProfileNode[], folder: string): ReadonlySet<number> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const own = new Set<number>();
  const visit = (id: number, isOwn: boolean): void => {
    const node = byId.get(id);
    if (node === undefined) return;
    const isHere = isOwn || node.callFrame.url.includes(folder);
    if (isHere) own.add(id);
    for (const child of node.children ?? []) visit(child, isHere);
  };
  const [root] = nodes;
  if (root !== undefined) visit(root.id, false);
  return own;
}
