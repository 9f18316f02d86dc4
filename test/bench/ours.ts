/** Runs our ledger as a program of its own. */

import { join } from 'node:path';
import { type Measured, measure } from './peers.ts';

/** What `ledgerProcess.ts` prints. */
export interface OurAnswer {
  readonly receipts: number;
  readonly sessions: number;
  readonly tokens: number;
  readonly appendMs?: number;
  readonly bytesRead?: number;
}

export async function runOurs(args: readonly string[]): Promise<Measured & { answer: OurAnswer }> {
  const program = join(import.meta.dirname, 'ledgerProcess.ts');
  const measured = await measure(process.execPath, [program, ...args], {});
  return { ...measured, answer: JSON.parse(measured.output) };
}
