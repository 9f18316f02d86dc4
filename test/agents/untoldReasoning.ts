/** Holds an agent whose logs do not tell of reasoning to that: none is expected, and a number that is claimed deviates. */

import type { LedgerReading } from './ledgerReading.ts';
import type { ServedReply } from './model/loopbackModel.ts';
import type { Trial } from './trial.ts';

export function servedWithoutReasoning(trial: Trial): Trial {
  return {
    ...trial,
    turns: trial.turns.map((turn) => ({ ...turn, served: turn.served.map(withoutReasoning) })),
  };
}

function withoutReasoning(reply: ServedReply): ServedReply {
  const { usage } = reply;
  return { ...reply, usage: { ...usage, tokens: { ...usage.tokens, reasoning: 0 } } };
}

/** With none for what is not known. */
export function readWithoutReasoning(reading: LedgerReading): LedgerReading {
  const receipts = [...reading.receipts].map(([key, receipt]) => {
    const { tokens } = receipt;
    return [key, { ...receipt, tokens: { ...tokens, reasoning: tokens.reasoning ?? 0 } }] as const;
  });
  return { ...reading, receipts: new Map(receipts) };
}
