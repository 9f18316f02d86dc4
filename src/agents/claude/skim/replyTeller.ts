/** Tells of a response whose line was skimmed: the same that would be told of the line, had it been read. */

import type { Circumstances, Claim, Receipt, ReceiptId } from '../../../domain/receipt.ts';
import type { SessionFacts } from '../../../domain/session.ts';
import type { Sink } from '../../reader.ts';
import { toBranch, toCircumstances } from '../circumstances.ts';
import { type Memory, sessionMemory } from '../memory.ts';
import type { TranscriptPlace } from '../place.ts';
import { syntheticModel } from '../receipts.ts';
import { takeParent, takeSummary, takeWhere } from '../sessionFacts.ts';
import { addSpawnCalls } from '../spawns.ts';
import { keepOpen } from '../toolCalls.ts';
import { isOpenAfterReply } from '../turns.ts';
import { qualityOf } from '../usage.ts';
import type { SkimmedCall } from './skimmedContent.ts';
import type { SkimmedReply } from './skimmer.ts';

/** Whose a line is. */
interface Owner {
  readonly rootKey: string;
  readonly agentId: string | null;
  readonly key: string;
}

export class ReplyTeller {
  readonly #place: TranscriptPlace;
  /** What was told last is told in the same objects while it is the same, by which others know it fast. */
  #owner: Owner = { rootKey: '', agentId: null, key: '' };
  #id: ReceiptId = { response: '', request: '' };
  #around = { turn: null as number | null, projectPath: '', gitBranch: '', effort: '' };
  #circumstances = new Map<string, Circumstances>();

  constructor(place: TranscriptPlace) {
    this.#place = place;
  }

  /** Returns whether it was told: what was not billed is told of in another way. */
  tell(reply: SkimmedReply, memory: Memory, sink: Sink): boolean {
    if (reply.model === syntheticModel) return false;
    const owner = this.#ownerOf(reply);
    memory.sessionId = reply.sessionId;
    memory.atMs = reply.atMs;
    const id = this.#idOf(reply);
    sink.receipt(this.#receiptOf(reply, owner, id, memory));
    if (reply.call !== null) tellCall(reply.call, id, memory, sink);
    const facts = factsOf(reply, owner, memory);
    if (facts !== null) sink.session(facts);
    return true;
  }

  #receiptOf(reply: SkimmedReply, owner: Owner, id: ReceiptId, memory: Memory): Receipt {
    const turn = owner.agentId === null ? sessionMemory(memory, owner.key).prompts || null : null;
    const { tokens, webSearches, terms } = reply;
    return {
      agent: 'claude-code',
      id,
      sessionKey: owner.key,
      claim: this.#claimOf(reply),
      atMs: reply.atMs,
      model: reply.model,
      tokens,
      webSearches,
      terms,
      reportedCost: null,
      circumstances: this.#circumstancesOf(reply, turn),
      quality: qualityOf(tokens),
    };
  }

  #claimOf({ isSideChain }: SkimmedReply): Claim {
    return isSideChain || this.#place.agentId !== null ? 'sideChain' : 'own';
  }

  #ownerOf({ sessionId, isSideChain, agentId: logged }: SkimmedReply): Owner {
    const rootKey = this.#place.rootKey ?? sessionId;
    const agentId = this.#place.agentId ?? ((isSideChain && logged) || null);
    if (this.#owner.rootKey !== rootKey || this.#owner.agentId !== agentId) {
      this.#owner = { rootKey, agentId, key: agentId === null ? rootKey : `${rootKey}/${agentId}` };
    }
    return this.#owner;
  }

  #idOf({ messageId, requestId }: SkimmedReply): ReceiptId {
    if (this.#id.response !== messageId || this.#id.request !== requestId) {
      this.#id = { response: messageId, request: requestId };
    }
    return this.#id;
  }

  #circumstancesOf(reply: SkimmedReply, turn: number | null): Circumstances {
    const { stopReason, projectPath, effort } = reply;
    const gitBranch = toBranch(reply.gitBranch);
    const around = this.#around;
    const isSame = around.turn === turn && around.projectPath === projectPath;
    if (!isSame || around.gitBranch !== gitBranch || around.effort !== effort) {
      this.#around = { turn, projectPath, gitBranch, effort };
      this.#circumstances = new Map();
    }
    const known = this.#circumstances.get(stopReason);
    if (known !== undefined) return known;
    const circumstances = toCircumstances({ ...this.#around, stopReason, durationMs: null });
    this.#circumstances.set(stopReason, circumstances);
    return circumstances;
  }
}

function tellCall(call: SkimmedCall, receipt: ReceiptId, memory: Memory, sink: Sink): void {
  const { id, name } = call;
  const isSpawn = !(call.input instanceof Uint8Array);
  const input = isSpawn ? JSON.stringify(call.input) : call.input;
  sink.toolCall({ agent: 'claude-code', receipt, id, name, input });
  keepOpen(memory, [{ id, receipt }]);
  if (isSpawn) memory.calls = addSpawnCalls(memory.calls, { content: [call] });
}

/** `null` where the line says no more of its session than that it lived, which its receipt says, too. */
function factsOf(reply: SkimmedReply, { rootKey, agentId, key }: Owner, memory: Memory): SessionFacts | null {
  const session = sessionMemory(memory, key);
  const title = takeSummary(reply.uuid, memory);
  const where = takeWhere(reply.projectPath || null, toBranch(reply.gitBranch), session);
  const parent = agentId === null ? undefined : takeParent(rootKey, session);
  const isTurnOpen = isOpenAfterReply(reply.stopReason, reply.call !== null);
  const isTelling = where.projectPath ?? where.gitBranch ?? parent?.parentKey ?? title ?? isTurnOpen;
  if (isTelling === undefined) return null;
  return {
    agent: 'claude-code',
    key,
    ...parent,
    ...(title && { title }),
    ...where,
    atMs: reply.atMs,
    ...(isTurnOpen !== undefined && { isTurnOpen }),
  };
}
