/** The hashes that stand for receipts: of those that logs name again and again each is made once. */

import type { AgentId } from '../domain/agent.ts';
import type { ReceiptId } from '../domain/receipt.ts';
import { type HashedId, hashId } from './identity.ts';

interface Known {
  readonly agent: AgentId;
  readonly id: ReceiptId;
  readonly hashed: HashedId;
}

export class ReceiptIds {
  /** Of each response the receipt that was named last: mostly it has but one. */
  readonly #known = new Map<string, Known>();
  #last: Known | undefined;

  /** What is told of one line mostly names one receipt, by the same object. */
  of(agent: AgentId, id: ReceiptId): HashedId {
    const last = this.#last;
    if (last?.id === id && last.agent === agent) return last.hashed;
    const known = this.#known.get(id.response);
    const isKnown = known?.agent === agent && known.id.request === id.request;
    const named = isKnown ? known : { agent, id, hashed: hashId(agent, id) };
    if (!isKnown) this.#known.set(id.response, named);
    this.#last = { ...named, id };
    return named.hashed;
  }
}
