/**
 * Runs real agents against the loopback model and checks that the ledger says what the model served.
 *
 *   node test/agents/run.ts [--only agent[/scenario]] [--json]
 */

import { parseArgs } from 'node:util';
import { summaryLine } from '../harness/counts.ts';
import type { AgentUnderTest } from './agentUnderTest.ts';
import { claudeCode, toldByTelemetry } from './claudeCode.ts';
import { cline } from './cline.ts';
import { codex } from './codex.ts';
import { compacting, copilotCli } from './copilotCli.ts';
import { readWhile } from './followingLedger.ts';
import { geminiCli } from './geminiCli.ts';
import { installedAgents } from './installation.ts';
import { judge } from './judge.ts';
import { kilo, openCode } from './openCode.ts';
import { inGateway, openclaw } from './openclaw.ts';
import { oldPi, pi } from './pi.ts';
import { qwenCode } from './qwenCode.ts';
import { withSandbox } from './sandbox.ts';
import type { Scenario } from './scenario.ts';
import { play } from './trial.ts';

/** One line of `--json`. */
interface Verdict {
  readonly agent: string;
  readonly version: string;
  readonly scenario: string;
  readonly ok: boolean;
  readonly deviations: readonly string[];
  readonly milliseconds: number;
}

const { values: options } = parseArgs({
  options: { only: { type: 'string', default: '' }, json: { type: 'boolean', default: false } },
});

const folder = await installedAgents();
const verdicts: Verdict[] = [];
const agents = [
  claudeCode(folder),
  toldByTelemetry(claudeCode(folder)),
  codex(folder),
  copilotCli(folder),
  compacting(copilotCli(folder)),
  openCode(folder),
  kilo(folder),
  geminiCli(folder),
  qwenCode(folder),
  cline(folder),
  openclaw(folder),
  inGateway(openclaw(folder)),
  oldPi(folder),
  pi(folder),
];
for (const agent of agents.filter((one) => one !== null)) {
  for (const scenario of agent.scenarios) {
    if (!isWanted(agent, scenario)) continue;
    const verdict = await tryOut(agent, scenario);
    console.log(options.json ? JSON.stringify(verdict) : describe(verdict));
    verdicts.push(verdict);
  }
}
conclude();

function isWanted({ agent }: AgentUnderTest, { name }: Scenario): boolean {
  const [wantedAgent, wantedScenario] = options.only.split('/');
  return (!wantedAgent || wantedAgent === agent) && (!wantedScenario || wantedScenario === name);
}

async function tryOut(agent: AgentUnderTest, scenario: Scenario): Promise<Verdict> {
  const startedMs = performance.now();
  const deviations = await findDeviations(agent, scenario);
  return {
    agent: agent.agent,
    version: agent.version,
    scenario: scenario.name,
    ok: deviations.length === 0,
    deviations,
    milliseconds: Math.round(performance.now() - startedMs),
  };
}

async function findDeviations(agent: AgentUnderTest, scenario: Scenario): Promise<string[]> {
  try {
    return await withSandbox(async (sandbox) => {
      const [trial, reading] = await readWhile(sandbox, () => play(agent, scenario, sandbox));
      return judge(agent, scenario, sandbox, trial, reading);
    });
  } catch (error) {
    return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  }
}

function describe({ agent, version, scenario, ok, deviations, milliseconds }: Verdict): string {
  const headline = `${ok ? 'ok  ' : 'FAIL'} ${agent} ${version} / ${scenario} (${milliseconds} ms)`;
  return [headline, ...deviations.map((deviation) => `       ${deviation}`)].join('\n');
}

function conclude(): void {
  const failed = verdicts.filter(({ ok }) => !ok).length;
  if (verdicts.length === 0) console.error(`Nothing is called "${options.only}".`);
  if (!options.json) console.log(summaryLine({ passed: verdicts.length - failed, failed }));
  process.exitCode = failed > 0 || verdicts.length === 0 ? 1 : 0;
}
