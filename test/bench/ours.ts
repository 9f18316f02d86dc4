/** Runs our ledger as a program of its own: bundled like the product, as its peers come ready to run, too. */

import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../harness/layout.ts';
import { type Measured, measure } from './peers.ts';

/** What `ledgerProcess.ts` prints at last. */
export interface OurAnswer {
  readonly totalSessions: number;
  /** Memory at its most, above what the process had before it started the ledger. */
  readonly threadBytes: number;
  /** What each line took that was appended, one after the other. */
  readonly appended: readonly Appended[];
}

export interface Appended {
  readonly ms: number;
  /** Of all threads. */
  readonly processorMs: number;
  readonly bytesRead: number;
}

export async function runOurs(args: readonly string[]): Promise<Measured & { answer: OurAnswer }> {
  const measured = await runBundled('ledgerProcess', args);
  const [last = ''] = measured.output.trim().split('\n').slice(-1);
  return { ...measured, answer: JSON.parse(last) };
}

/** @param name of a program beside this file */
export async function runBundled(name: string, args: readonly string[]): Promise<Measured> {
  const outfile = join(root, 'out', 'bench', `${name}.mjs`);
  await build({
    entryPoints: [join(import.meta.dirname, `${name}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
  });
  return measure(process.execPath, [outfile, ...args], {});
}
