/**
 * Lets real agents run away from a loopback model and measures how the guard stops them. The product must be built.
 *
 *   node test/agents/runaway/run.ts [--only agent[/case]]
 */

import { parseArgs } from 'node:util';
import { toDecimalDollars } from '../../../src/domain/money.ts';
import { summaryLine } from '../../harness/counts.ts';
import { installedAgents } from '../installation.ts';
import { withSandbox } from '../sandbox.ts';
import type { RunawayFigures } from './figures.ts';
import { guardCasesOf } from './guardCases.ts';
import { type RunawayAgent, runawayAgents } from './runawayAgents.ts';
import { type CaseResult, type RunawayCase, trialCases } from './runawayCase.ts';
import { layOut } from './table.ts';

const { values: options } = parseArgs({ options: { only: { type: 'string', default: '' } } });

const head = ['', 'agent', 'case', 'calls', 'crossed at', 'then', 'after block', 'overshoot', 'hook ms'];
const rows: string[][] = [];
let failed = 0;
for (const agent of runawayAgents(await installedAgents())) {
  for (const one of casesFor(agent)) {
    if (!isWanted(agent, one)) continue;
    const { deviations, figures } = await tryOut(agent, one);
    if (deviations.length > 0) failed++;
    const verdict = deviations.length === 0 ? 'ok' : 'FAIL';
    const { agent: id, version } = agent.agent;
    console.log([`${verdict} ${id} ${version} / ${one.name}`, ...deviations].join('\n       '));
    rows.push([verdict, id, one.name, ...(figures ? cells(figures) : [])]);
  }
}
if (rows.length === 0) console.error(`Nothing is called "${options.only}".`);
console.log(`\n${layOut([head, ...rows])}\n`);
console.log(summaryLine({ passed: rows.length - failed, failed }));
process.exitCode = failed > 0 || rows.length === 0 ? 1 : 0;

function casesFor(agent: RunawayAgent): readonly RunawayCase[] {
  return [...(agent.agent.agent === 'claude-code' ? trialCases : []), ...guardCasesOf(agent)];
}

function isWanted({ agent }: RunawayAgent, { name }: RunawayCase): boolean {
  const [wantedAgent, wantedCase] = options.only.split('/');
  return (!wantedAgent || wantedAgent === agent.agent) && (!wantedCase || wantedCase === name);
}

async function tryOut(agent: RunawayAgent, one: RunawayCase): Promise<CaseResult> {
  try {
    return await withSandbox((sandbox) => one.play(agent, sandbox));
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
