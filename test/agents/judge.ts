/** Holds what the ledger says against what the model served. */

import type { AgentUnderTest } from './agentUnderTest.ts';
import { checkCrossings, checkReportedCosts, checkWorkedExample } from './costChecks.ts';
import type { LedgerReading } from './ledgerReading.ts';
import { checkReceipts } from './receiptChecks.ts';
import type { Sandbox } from './sandbox.ts';
import type { Scenario } from './scenario.ts';
import { checkSessions } from './sessionChecks.ts';
import type { Trial } from './trial.ts';

/** Every deviation as a sentence. */
export async function judge(
  agent: AgentUnderTest,
  scenario: Scenario,
  sandbox: Sandbox,
  trial: Trial,
  reading: LedgerReading,
): Promise<string[]> {
  const { turns } = trial;
  const served = turns.flatMap((turn) => turn.served);
  return [
    ...checkPlay(scenario, trial),
    ...checkReceipts(agent.agent, scenario, served, reading),
    ...checkSessions(agent.agent, scenario, turns, sandbox.project, reading),
    ...checkWorkedExample(scenario, reading),
    ...checkCrossings(scenario, turns, reading),
    ...(await checkReportedCosts(agent, scenario, sandbox, turns, reading)),
    ...reading.problems.map((problem) => `ledger: ${problem.kind}`),
    ...reading.folders.flatMap(({ path, refused }) =>
      Object.entries(refused).map(([reason, count]) => `${path}: ${count} refused as ${reason}`),
    ),
  ];
}

/** Whether the agent ran as the scenario meant it to: without this the other checks say little. */
function checkPlay(scenario: Scenario, { turns, unforeseen, strangePaths }: Trial): string[] {
  return [
    ...turns.flatMap((turn, index) => {
      const mayFail = scenario.endsInError && index === turns.length - 1;
      const { exitCode, isTimedOut, stderr } = turn.outcome;
      if (isTimedOut) return [`turn ${index + 1} took too long and was ended`];
      if ((exitCode !== 0) !== mayFail)
        return [`turn ${index + 1} ended with ${exitCode}: ${stderr.slice(-400)}`];
      return turn.sessionKey === undefined ? [`turn ${index + 1} named no session`] : [];
    }),
    ...unforeseen.map(({ number, actor }) => `call ${number} of ${actor} was not foreseen by the script`),
    ...strangePaths.map((path) => `the agent asked for ${path}`),
  ];
}
