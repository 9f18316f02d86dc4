/** Compares what the ledger knows around each response with what was asked, called and answered. */

import type { AgentUnderTest } from './agentUnderTest.ts';
import { callKey, type LedgerCall, type LedgerReading, receiptKey } from './ledgerReading.ts';
import type { ServedReply } from './model/loopbackModel.ts';
import type { AskedCall } from './model/protocol.ts';
import { mainActor } from './model/script.ts';
import { differ } from './receiptChecks.ts';
import type { Sandbox } from './sandbox.ts';
import type { PlayedTurn } from './trial.ts';

/** Each deviation as a sentence. What an agent does not log must not be in the ledger. */
export function checkSurroundings(
  agent: AgentUnderTest,
  sandbox: Sandbox,
  turns: readonly PlayedTurn[],
  reading: LedgerReading,
): string[] {
  return turns.flatMap((played, index) =>
    played.served.flatMap((reply) => {
      const isLast = reply === played.served.findLast(({ actor }) => actor === mainActor);
      const turn = reply.actor === mainActor ? turnNumber(turns.slice(0, index + 1), isLast) : undefined;
      return [
        ...checkCircumstances(agent, sandbox, reply, turn, reading),
        ...checkCalls(agent, reply, reading),
      ];
    }),
  );
}

/**
 * Which of its prompts the session of the last turn is at work on; `null` where that cannot be said: a fork may have
 * inherited some, and before a later prompt is logged the conversation may have to be compacted for it.
 */
function turnNumber(turns: readonly PlayedTurn[], isLastReply: boolean): number | null {
  const last = turns.at(-1);
  const own = turns.filter(({ sessionKey }) => sessionKey === last?.sessionKey);
  const isUnsure = own.some(({ turn }) => turn.session === 'forked') || (own.length > 1 && !isLastReply);
  return isUnsure ? null : own.length;
}

function checkCircumstances(
  { agent, provider }: AgentUnderTest,
  { project }: Sandbox,
  { callNumber, actor, ids, told }: ServedReply,
  turn: number | null | undefined,
  { receipts }: LedgerReading,
): string[] {
  const name = `response ${callNumber} (${actor})`;
  const circumstances = receipts.get(receiptKey(agent, ids))?.circumstances ?? {};
  return [
    ...differ(`${name}: stop reason`, told?.stopReason, circumstances.stopReason),
    ...differ(`${name}: provider`, provider, circumstances.provider),
    ...differ(`${name}: working directory`, project, circumstances.projectPath),
    ...(turn === null ? [] : differ(`${name}: turn`, turn, circumstances.turn)),
  ];
}

function checkCalls({ agent }: AgentUnderTest, reply: ServedReply, reading: LedgerReading): string[] {
  return (reply.told?.calls ?? []).flatMap((asked, index) => {
    const scripted = reply.toolCalls[index];
    const isFailed = scripted?.tool === 'shell' && scripted.fails === true;
    const call = reading.toolCalls.get(callKey(agent, reply.ids, asked.id));
    const name = `response ${reply.callNumber} (${reply.actor}): call of ${asked.name}`;
    return call === undefined ? [`${name} is not in the ledger`] : checkCall(name, asked, isFailed, call);
  });
}

function checkCall(name: string, asked: AskedCall, isFailed: boolean, call: LedgerCall): string[] {
  return [
    ...differ(`${name}: tool`, asked.name, call.name),
    ...differ(`${name}: has a result`, true, (call.resultBytes ?? 0) > 0),
    ...differ(`${name}: failed`, isFailed, call.isFailed ?? false),
  ];
}
