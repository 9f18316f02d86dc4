/**
 * Lets real agents run away from a loopback model and measures how the guard stops them. The product must be built.
 *
 *   node test/agents/runaway/run.ts [--only agent[/case]]
 */

import { parseArgs } from 'node:util';
import type { AgentId } from '../../../src/domain/agent.ts';
import { toDecimalDollars } from '../../../src/domain/money.ts';
import { summaryLine } from '../../harness/counts.ts';
import { serverVersion } from '../../harness/serverInstall.ts';
import { installedAgents } from '../installation.ts';
import { withSandbox } from '../sandbox.ts';
import { runAwayInEditor } from './agentModeTrial.ts';
import type { RunawayFigures } from './figures.ts';
import { guardCasesOf } from './guardCases.ts';
import { type RunawayAgent, runawayAgents } from './runawayAgents.ts';
import { type CaseResult, trialCases } from './runawayCase.ts';
import { layOut } from './table.ts';

const { values: options } = parseArgs({ options: { only: { type: 'string', default: '' } } });

interface Trial {
  readonly agent: AgentId;
  readonly version: string;
  readonly name: string;
  play(): Promise<CaseResult>;
}

const head = ['', 'agent', 'case', 'calls', 'crossed at', 'then', 'after block', 'overshoot', 'hook ms'];
const rows: string[][] = [];
let failed = 0;
const trials = [...runawayAgents(await installedAgents()).flatMap(trialsOf), ...agentModeTrials()];
for (const trial of trials.filter(isWanted)) {
  const { deviations, figures } = await tryOut(trial);
  if (deviations.length > 0) failed++;
  const verdict = deviations.length === 0 ? 'ok' : 'FAIL';
  const { agent, version, name } = trial;
  console.log([`${verdict} ${agent} ${version} / ${name}`, ...deviations].join('\n       '));
  rows.push([verdict, agent, name, ...(figures ? cells(figures) : [])]);
}
if (rows.length === 0) console.error(`Nothing is called "${options.only}".`);
console.log(`\n${layOut([head, ...rows])}\n`);
console.log(summaryLine({ passed: rows.length - failed, failed }));
process.exitCode = failed > 0 || rows.length === 0 ? 1 : 0;

function trialsOf(runaway: RunawayAgent): readonly Trial[] {
  const { agent, version } = runaway.agent;
  const cases = [...(agent === 'claude-code' ? trialCases : []), ...guardCasesOf(runaway)];
  return cases.map(({ name, play }) => ({
    ...{ agent, version, name },
    play: () => withSandbox((sandbox) => play(runaway, sandbox)),
  }));
}

function agentModeTrials(): readonly Trial[] {
  const trial = (name: string, helpers: readonly string[]) => ({
    ...{ agent: 'copilot-chat' as const, version: serverVersion, name },
    play: () => runAwayInEditor(helpers),
  });
  return [trial('stopped', []), trial('sub-agents-stopped', ['reader', 'writer'])];
}

function isWanted({ agent, name }: Trial): boolean {
  const [wantedAgent, wantedCase] = options.only.split('/');
  return (!wantedAgent || wantedAgent === agent) && (!wantedCase || wantedCase === name);
}

async function tryOut(trial: Trial): Promise<CaseResult> {
  try {
    return await trial.play();
  } catch (error) {
    return { deviations: [error instanceof Error ? (error.stack ?? error.message) : String(error)] };
  }
}

function cells(figures: RunawayFigures): string[] {
  return [
    String(figures.served),
    String(figures.crossedAt ?? '-'),
    String(figures.callsAfterCrossing),
    String(figures.callsAfterBlock ?? '-'),
    `$${toDecimalDollars(figures.overshoot, 4)}`,
    describeLatencies(figures.latenciesMs),
  ];
}

function describeLatencies(latenciesMs: readonly number[]): string {
  const sorted = latenciesMs.toSorted((a, b) => a - b);
  const [median, longest] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
  return median === undefined || longest === undefined
    ? '-'
    : `${median.toFixed(0)} median, ${longest.toFixed(0)} at most, of ${sorted.length}`;
}
