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
      const turn = reply.actor === mainActor ? turnNumber(turns.slice(0, index + 1)) : undefined;
      return [
        ...checkCircumstances(agent, sandbox, reply, turn, reading),
        ...checkCalls(agent, reply, reading),
      ];
    }),
  );
}

/** Which of its prompts the session of the last turn is at work on; `null` where it may have inherited some, or not. */
function turnNumber(turns: readonly PlayedTurn[]): number | null {
  const last = turns.at(-1);
  const own = turns.filter(({ sessionKey }) => sessionKey === last?.sessionKey);
  return own.some(({ turn }) => turn.session === 'forked') ? null : own.length;
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
  return (reply.told?.calls ?? []).flatMap((asked) => {
    const call = reading.toolCalls.get(callKey(agent, reply.ids, asked.id));
    const name = `response ${reply.callNumber} (${reply.actor}): call of ${asked.name}`;
    return call === undefined ? [`${name} is not in the ledger`] : checkCall(name, asked, call);
  });
}

function checkCall(name: string, asked: AskedCall, call: LedgerCall): string[] {
  return [
    ...differ(`${name}: tool`, asked.name, call.name),
    ...differ(`${name}: has a result`, true, (call.resultBytes ?? 0) > 0),
    ...differ(`${name}: failed`, false, call.isFailed ?? false),
  ];
}
