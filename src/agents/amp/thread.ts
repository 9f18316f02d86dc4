/** Reads a thread of Amp. What its helpers (sub-agents, oracle, librarian) used is not in it. */

import { toTitle } from '../../domain/session.ts';
import {
  epochMsOf,
  fieldOf,
  idOf,
  type LogRecord,
  nameOf,
  parseRecord,
  recordOf,
  recordsOf,
  textOf,
} from '../fields.ts';
import { tellPartCalls } from '../partCalls.ts';
import type { LogLine, Sink } from '../reader.ts';
import { ampCalls } from './calls.ts';
import { messageTokens, type Outcome, receiptOf, timeIn } from './usage.ts';
import { UsageLedger } from './usageLedger.ts';

const noRecord: LogRecord = {};

export function readThread(document: LogLine, sink: Sink): void {
  const thread = parseRecord(document.text());
  if (thread === null) {
    sink.refuse('malformed');
    return;
  }
  const key = idOf(thread, 'id');
  if (key === null) return;
  const messages = recordsOf(thread, 'messages');
  const ledger = new UsageLedger(thread, messages);
  const receipts = [...ledger.outcomes(key), ...fromMessages(thread, key, messages, ledger)];
  for (const receipt of receipts) {
    if (typeof receipt === 'string') sink.refuse(receipt);
    else if (receipt !== null) sink.receipt(receipt);
  }
  tellPartCalls(ampCalls, `${key}/`, messages, sink);
  tellFacts(thread, key, sink);
}

/** Of what its ledger does not tell: a thread that began with one went on without. */
function fromMessages(
  thread: LogRecord,
  key: string,
  messages: readonly LogRecord[],
  ledger: UsageLedger,
): readonly Outcome[] {
  return messages.map((message) => {
    const usage = recordOf(message, 'usage');
    const id = idOf(message, 'messageId');
    if (usage === null || id === null || ledger.tellsOf(id, usage)) return null;
    const tokens = messageTokens(usage);
    if (typeof tokens === 'string') return tokens;
    const atMs = timeIn(usage) ?? epochMsOf(thread, 'created');
    return atMs === null ? 'implausible' : receiptOf(key, id, atMs, nameOf(usage, 'model'), tokens);
  });
}

function tellFacts(thread: LogRecord, key: string, sink: Sink): void {
  const title = toTitle(textOf(thread, 'title') ?? '');
  const environment = recordOf(recordOf(thread, 'env') ?? noRecord, 'initial') ?? noRecord;
  const projectPath = treeOf(environment);
  const atMs = epochMsOf(thread, 'created');
  if (fieldOf(thread, 'messages') === null) return;
  sink.session({
    agent: 'amp',
    key,
    ...(title !== undefined && { title: { text: title, source: 'generated' } }),
    ...(projectPath !== null && { projectPath }),
    ...(atMs !== null && { atMs }),
  });
}

/** The tree that the thread began in: its path where that is told, else its name. */
function treeOf(environment: LogRecord): string | null {
  const [tree] = recordsOf(environment, 'trees');
  if (tree === undefined) return null;
  const uri = textOf(tree, 'uri');
  return uri?.startsWith('file:///') && !uri.includes('%')
    ? uri.slice('file://'.length)
    : textOf(tree, 'displayName');
}
