/** Holds what the ledger says against what the model served. */

import type { AgentUnderTest } from './agentUnderTest.ts';
import { checkCalibration } from './calibrationChecks.ts';
import { checkCrossings, checkReportedCosts, checkReportedTokens, checkWorkedExample } from './costChecks.ts';
import { namedByFigures } from './figureMatching.ts';
import type { LedgerReading } from './ledgerReading.ts';
import { checkReceipts } from './receiptChecks.ts';
import type { Sandbox } from './sandbox.ts';
import type { Scenario } from './scenario.ts';
import { checkSessions } from './sessionChecks.ts';
import { checkSurroundings } from './surroundingChecks.ts';
import { checkCountedTokens } from './tokenChecks.ts';
import type { PlayedTurn, Trial } from './trial.ts';
import { readWithoutReasoning, servedWithoutReasoning } from './untoldReasoning.ts';

/** Every deviation as a sentence. */
export function judge(
  agent: AgentUnderTest,
  scenario: Scenario,
  sandbox: Sandbox,
  trial: Trial,
  ledger: LedgerReading,
): Promise<string[]> {
  return agent.tellsNoReasoning
    ? judgeTold(agent, scenario, sandbox, servedWithoutReasoning(trial), readWithoutReasoning(ledger))
    : judgeTold(agent, scenario, sandbox, trial, ledger);
}

async function judgeTold(
  agent: AgentUnderTest,
  scenario: Scenario,
  sandbox: Sandbox,
  trial: Trial,
  ledger: LedgerReading,
): Promise<string[]> {
  const { turns } = trial;
  const served = turns.flatMap((turn) => turn.served);
  const reading = agent.namesNoResponses ? namedByFigures(agent.agent, served, ledger) : ledger;
  return [
    ...checkPlay(scenario, trial),
    ...checkReceipts(agent.agent, scenario, served, reading),
    // Calls of tools cannot be found by figures.
    ...(agent.namesNoResponses ? [] : checkSurroundings(agent, sandbox, turns, reading)),
    ...checkSessions(agent.agent, scenario, turns, sandbox.project, reading),
    ...checkWorkedExample(scenario, reading),
    ...checkCrossings(scenario, turns, reading),
    ...(await checkReportedCosts(agent, scenario, sandbox, turns, reading)),
    ...(await checkReportedTokens(agent, sandbox, turns, reading)),
    ...(await checkCountedTokens(agent, sandbox, reading)),
    ...(await checkCalibration(scenario, sandbox, turns)),
    ...reading.problems.map((problem) => `ledger: ${problem.kind}`),
    ...reading.folders.flatMap(({ path, refused }) =>
      Object.entries(refused).map(([reason, count]) => `${path}: ${count} refused as ${reason}`),
    ),
  ];
}

/** Whether the agent ran as the scenario meant it to: without this the other checks say little. */
function checkPlay(scenario: Scenario, { turns, unforeseen, strangePaths }: Trial): string[] {
  return [
    ...turns.flatMap((turn, index) =>
      checkTurn(`turn ${index + 1}`, turn, scenario.endsInError && index === turns.length - 1),
    ),
    ...unforeseen.map(({ number, actor }) => `call ${number} of ${actor} was not foreseen by the script`),
    ...strangePaths.map((path) => `the agent asked for ${path}`),
  ];
}

function checkTurn(name: string, { outcome, sessionKey }: PlayedTurn, mustFail: boolean): string[] {
  const { exitCode, isTimedOut, stderr } = outcome;
  if (isTimedOut) return [`${name} took too long and was ended`];
  if ((exitCode !== 0) !== mustFail) return [`${name} ended with ${exitCode}: ${stderr.slice(-400)}`];
  return sessionKey === undefined ? [`${name} named no session`] : [];
}
