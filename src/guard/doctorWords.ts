/** What the doctor found, as lines for a terminal. */

import { agentNames } from '../domain/agent.ts';
import type { Beat } from './beats.ts';
import type { AgentProblem, AgentReport, GuardReport } from './doctor.ts';
import type { Fault, FaultKind } from './faults.ts';
import { plain } from './sentences.ts';

export function reportLines(report: GuardReport, nowMs: number): readonly string[] {
  return [
    `Guard: ${programWords[report.programs]}`,
    `Ledger: ${report.ledger === 'sound' ? 'sound' : faultWords[report.ledger]}`,
    ...report.stopsThatDidNotHold.map(
      ({ session, calls, interruptedMs }) =>
        `A stop did not hold: ${agentNames[session.agent]} ${plain(session.key)}, ${calls} responses since` +
        (interruptedMs === null ? '' : '; its process was interrupted'),
    ),
    ...report.agents.flatMap((agent) => agentLines(agent, nowMs)),
  ];
}

const programWords = {
  sound: 'in place',
  missing: 'programs are missing; open the editor with Token Burn once',
  changed: 'programs were changed by something else than Token Burn',
} as const;

const hookWords = {
  installed: 'installed',
  absent: 'not installed',
  changed: 'taken away or changed since they were installed',
  switchedOff: 'switched off in the settings of the agent',
} as const;

const faultWords: Readonly<Record<FaultKind, string>> = {
  noRuntime: 'nothing was there to run the guard with',
  noSqlite: 'the runtime cannot open the ledger',
  unreadableInput: 'what the agent wrote to the hook could not be understood',
  ledgerMissing: 'the ledger is not there',
  ledgerDamaged: 'the ledger is damaged; the editor repairs it when it opens',
  ledgerNewer: 'a newer Token Burn has changed the ledger',
  ledgerOlder: 'an older Token Burn made the ledger; open the editor once',
  ledgerLocked: 'another process kept the ledger to itself',
  behind: 'the log held more than could be read in time',
  clockWentBack: 'the clock went back: budgets over a time were not judged for a while',
  interruptFailed: 'the agent could not be interrupted',
  failed: 'something went wrong in the guard',
};

function agentLines(report: AgentReport, nowMs: number): readonly string[] {
  const { agent, hooks, hookFile, trust, lastBeat, faults, unguarded, selfTest } = report;
  if (hooks === 'absent') return [`${agentNames[agent]}: ${hookWords.absent}`];
  return [
    `${agentNames[agent]}: hooks ${hookWords[hooks]} (${plain(hookFile)})${versionWords(report)}`,
    ...(trust === null ? [] : [`  trust: ${trustWords[trust]}`]),
    `  last answer: ${lastBeat === null ? 'none yet' : beatWords(lastBeat, nowMs)}`,
    ...(selfTest === null
      ? []
      : [`  self-test: ${selfTestWords[selfTest.result]}${inMs(selfTest.latencyMs)}`]),
    ...faults.map((fault) => `  fault: ${faultLine(fault, nowMs)}`),
    ...unguarded.map(
      ({ session, responses }) =>
        `  runs unguarded: ${plain(session.key)}, ${responses} responses without a question${why(report)}`,
    ),
  ];
}

const trustWords = {
  trusted: 'given',
  untrusted: 'not given; start the agent once and review its hooks',
  off: 'hooks are switched off',
  unreadable: 'its settings cannot be read',
} as const;

const selfTestWords = {
  passed: 'passed',
  didNotStop: 'FAILED, a session over its budget was not stopped',
  didNotAllow: 'FAILED, a session within its budget was not left alone',
  notRun: 'could not be tried',
} as const;

/** Why an agent may not ask its guard, the likeliest first. */
const reasonWords: readonly (readonly [AgentProblem, string])[] = [
  ['hooksChanged', 'its hooks are gone'],
  ['untrusted', 'hooks are not trusted'],
  ['switchedOff', 'hooks are switched off'],
  ['oldVersion', 'the version is too old'],
];

function why({ problems }: AgentReport): string {
  const reason = reasonWords.find(([problem]) => problems.includes(problem));
  return reason === undefined ? '' : ` (${reason[1]})`;
}

function versionWords({ version, minVersion, problems }: AgentReport): string {
  if (version === null) return '';
  return problems.includes('oldVersion')
    ? `, version ${version} is too old: stops are known to hold from ${minVersion} on`
    : `, version ${version}`;
}

function beatWords({ atMs, event, decision, latencyMs }: Beat, nowMs: number): string {
  return `${decision} to ${plain(event)}, ${ago(atMs, nowMs)}${inMs(latencyMs)}`;
}

function faultLine({ kind, atMs, detail }: Fault, nowMs: number): string {
  return `${faultWords[kind]}, ${ago(atMs, nowMs)}${detail === '' ? '' : ` (${plain(detail)})`}`;
}

function inMs(ms: number | null): string {
  return ms === null ? '' : `, ${ms} ms`;
}

function ago(atMs: number, nowMs: number): string {
  const minutes = Math.max(0, Math.floor((nowMs - atMs) / 60_000));
  if (minutes < 1) return 'just now';
  return minutes < 120 ? `${minutes} min ago` : `${Math.floor(minutes / 60)} h ago`;
}
