/**
 * A hook of Claude Code made for the test of the trials themselves: it knows no ledger and answers by how often it was
 * called.
 *
 *   node countingHook.ts FOLDER EVENT
 */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** What the file `orders.json` of the folder says. */
export interface Orders {
  /** Batches of tool calls that are let pass. */
  readonly passes: number;
  readonly answers: Readonly<Record<string, object>>;
}

const startedMs = performance.now();
const [folder = '', event = ''] = process.argv.slice(2);
const { passes, answers } = JSON.parse(readFileSync(join(folder, 'orders.json'), 'utf8')) as Orders;
const { session_id: session } = JSON.parse(await text(process.stdin)) as { readonly session_id: string };

const batches = countBatches();
const isOver = batches >= passes;
if (isOver) console.log(JSON.stringify(answers[event] ?? {}));
mkdirSync(join(folder, 'beats'), { recursive: true });
const decision = isOver ? 'stop' : 'allow';
const latencyMs = performance.now() - startedMs;
writeFileSync(
  join(folder, 'beats', `claude-code.${session}`),
  JSON.stringify({ event, decision, latencyMs, fault: null }),
);

/** Those of this session so far, this one included. */
function countBatches(): number {
  const file = join(folder, `${session}.count`);
  const count = countIn(file) + (event === 'PostToolBatch' ? 1 : 0);
  writeFileSync(file, String(count));
  return count;
}

function countIn(file: string): number {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return 0;
  }
}
