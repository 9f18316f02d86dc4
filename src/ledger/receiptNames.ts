/**
 * What a batch knows the receipts and calls by that logs tell of. Mostly a response makes one receipt and asks for one
 * call: these are found without a text being made of their names.
 */

import type { AgentId } from '../domain/agent.ts';
import type { ReceiptId } from '../domain/receipt.ts';
import { type HashedId, hashId } from './identity.ts';

/** A receipt that a batch knows of. */
export interface ReceiptName {
  readonly agent: AgentId;
  /** As it was named last. */
  id: ReceiptId;
  /** That it is known by among others of the batch. */
  readonly number: number;
  /** Once it was asked for. */
  hash: HashedId | undefined;
  /** Once it has one: calls may be told of before their receipt. */
  row: number | undefined;
  /** The call that was told of first, by what the agent calls it. */
  firstCall: { readonly id: string; readonly row: number } | undefined;
}

export class ReceiptNames {
  /** Of each response the receipt that was named first. */
  readonly #first = new Map<string, ReceiptName>();
  readonly #others = new Map<string, ReceiptName>();
  readonly #otherCalls = new Map<string, number>();
  #last: ReceiptName | undefined;

  /** Lines that follow one another mostly tell of one response, by the same object. */
  nameOf(agent: AgentId, id: ReceiptId): ReceiptName {
    const last = this.#last;
    if (last?.id === id && last.agent === agent) return last;
    const name = this.#find(agent, id);
    name.id = id;
    this.#last = name;
    return name;
  }

  /** The row of a call; `undefined` while it has none. */
  callRow({ number, firstCall }: ReceiptName, call: string): number | undefined {
    if (firstCall === undefined || firstCall.id === call) return firstCall?.row;
    return this.#otherCalls.get(`${number}\0${call}`);
  }

  addCall(name: ReceiptName, call: string, row: number): void {
    if (name.firstCall === undefined) name.firstCall = { id: call, row };
    else this.#otherCalls.set(`${name.number}\0${call}`, row);
  }

  #find(agent: AgentId, id: ReceiptId): ReceiptName {
    const first = this.#first.get(id.response) ?? this.#add(this.#first, id.response, agent, id);
    if (first.agent === agent && first.id.request === id.request) return first;
    const text = `${agent}\0${id.response}\0${id.request}`;
    return this.#others.get(text) ?? this.#add(this.#others, text, agent, id);
  }

  #add(to: Map<string, ReceiptName>, text: string, agent: AgentId, id: ReceiptId): ReceiptName {
    const number = this.#first.size + this.#others.size;
    const name = { agent, id, number, hash: undefined, row: undefined, firstCall: undefined };
    to.set(text, name);
    return name;
  }
}

export function hashOf(name: ReceiptName): HashedId {
  name.hash ??= hashId(name.agent, name.id);
  return name.hash;
}
