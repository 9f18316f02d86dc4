/** What Cursor tells of one conversation: never its tokens, which it counts for few messages and without the cache. */

import { toTitle } from '../../domain/session.ts';
import { isTokenCount } from '../../domain/tokens.ts';
import {
  dollarsOf,
  epochMsOf,
  fieldOf,
  idOf,
  isRecord,
  type LogRecord,
  nameOf,
  parseRecord,
  recordOf,
  textOf,
} from '../fields.ts';
import { toReceipt, unknownTokens } from '../ownReceipt.ts';
import type { Sink } from '../reader.ts';

const mostModels = 32;
const mostSubAgents = 1_000;

export function tellConversation(json: string, sink: Sink): void {
  const conversation = parseRecord(json);
  const key = conversation === null ? null : idOf(conversation, 'composerId');
  if (conversation === null || key === null) {
    sink.refuse('malformed');
    return;
  }
  const createdMs = epochMsOf(conversation, 'createdAt');
  const messages = fieldOf(conversation, 'messages');
  const hasStarted = typeof messages === 'number' && messages > 0;
  const paid = paidModels(conversation);
  if (createdMs === null || (!hasStarted && paid.length === 0)) return;
  tellFacts(conversation, key, createdMs, sink);
  const contextTokens = fieldOf(conversation, 'contextTokensUsed');
  const isContext = typeof contextTokens === 'number' && isTokenCount(contextTokens);
  // Where nothing is told to be paid, all that is known is the model that is chosen.
  const chosen = { model: nameOf(conversation, 'modelName'), record: {} };
  for (const { model, record } of paid.length > 0 ? paid : [chosen]) {
    sink.receipt(
      toReceipt({
        agent: 'cursor',
        response: `${key}/${model}`,
        sessionKey: key,
        atMs: createdMs,
        model,
        tokens: unknownTokens,
        reportedCost: centsOf(record),
        quality: 'exact',
        circumstances: isContext ? { contextTokens } : {},
      }),
    );
  }
}

interface PaidModel {
  readonly model: string;
  readonly record: LogRecord;
}

function paidModels(conversation: LogRecord): readonly PaidModel[] {
  const usage = recordOf(conversation, 'usageData') ?? {};
  return Object.entries(usage)
    .slice(0, mostModels)
    .flatMap(([model, record]) => (isRecord(record) && model.length <= 256 ? [{ model, record }] : []));
}

/** Whole cents, or parts of them. */
function centsOf(record: LogRecord) {
  const cents = fieldOf(record, 'costInCents');
  return typeof cents === 'number' ? dollarsOf({ dollars: cents / 100 }, 'dollars') : null;
}

function tellFacts(conversation: LogRecord, key: string, createdMs: number, sink: Sink): void {
  const title = toTitle(textOf(conversation, 'name') ?? '');
  sink.session({
    agent: 'cursor',
    key,
    atMs: createdMs,
    ...(title !== undefined && { title: { text: title, source: 'generated' } }),
  });
  const updatedMs = epochMsOf(conversation, 'lastUpdatedAt');
  if (updatedMs !== null) sink.session({ agent: 'cursor', key, atMs: updatedMs });
  const subAgents = fieldOf(conversation, 'subComposerIds');
  for (const child of Array.isArray(subAgents) ? subAgents.slice(0, mostSubAgents) : []) {
    const childKey = idOf({ child }, 'child');
    if (childKey !== null && childKey !== key)
      sink.session({ agent: 'cursor', key: childKey, parentKey: key });
  }
}
