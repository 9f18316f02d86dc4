/**
 * What an agent's log does not say yet, as its own hook tells it. The agent's reader reads it, so what the log says in the
 * end is known by the same ids and counts once.
 */

import type { Reader, Sink } from '../agents/reader.ts';
import { readers } from '../agents/readers.ts';
import type { AgentId } from '../domain/agent.ts';
import { Batch, type Stamp } from '../ledger/batch.ts';
import type { Database } from '../ledger/database.ts';
import { BlockLine } from '../ledger/logLine.ts';
import type { Pricing } from '../ledger/pricing.ts';
import { storeBatch } from '../ledger/storeBatch.ts';
import type { UnwrittenLog } from './agents/agentGuard.ts';

/** @throws what SQLite throws */
export function storeUnwritten(
  db: Database,
  agent: AgentId,
  { relativePath, text }: UnwrittenLog,
  pricing: Pricing,
): void {
  const reader = readers.find((each) => each.agent === agent);
  const format = reader?.formatOf(relativePath);
  if (reader === undefined || format?.kind !== 'document') return;
  const bytes = Buffer.from(text);
  const document = new BlockLine(bytes);
  document.moveTo(0, bytes.length);
  const batch = new Batch();
  format.read({ relativePath }, document, sinkInto(batch, stampOf(reader)));
  storeBatch(db, batch, [], pricing);
}

/** Before the log is there it is younger than any, and all that the log says later outranks it. */
function stampOf({ version }: Reader): Stamp {
  return { reader: version, bornMs: Number.MAX_SAFE_INTEGER, atMs: 0, position: 0 };
}

/** What is refused the log will tell in its turn. */
function sinkInto(batch: Batch, stamp: Stamp): Sink {
  return {
    receipt: (receipt) => batch.addReceipt(receipt, stamp),
    session: (facts) => batch.addFacts(facts, stamp),
    toolCall: (call) => batch.addToolCall(call),
    plan: (reading) => batch.addPlanReading(reading),
    refuse: () => undefined,
  };
}
