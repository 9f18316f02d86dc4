/** What the doctor found, in plain words: first what needs the user, then the rest. */

import { l10n } from 'vscode';
import { type AgentId, agentIds, agentNames } from '../../domain/agent.ts';
import type { SessionKey } from '../../domain/budget.ts';
import type { AgentReport, GuardReport } from '../../guard/doctor.ts';
import type { SessionNode } from '../../ledger/views.ts';
import type { StopThatDidNotHold } from '../../oversight/stops.ts';
import type { Format } from '../format.ts';
import { toLines } from '../lines.ts';
import { toPlainLine, toPlainPath } from '../plainText.ts';
import { sessionName } from '../sessions/sessionName.ts';
import {
  beatText,
  faultText,
  hooksText,
  ledgerText,
  programsText,
  selfTestText,
  trustText,
} from './reportWords.ts';

export interface Telling {
  readonly format: Format;
  readonly nowMs: number;
  /** `undefined` for one that is not among the newest. */
  sessionOf(key: SessionKey): SessionNode | undefined;
}

/** A name and what is said of it, which is broken into lines but for a path. */
type Row = readonly [name: string, text: string, isPath?: 'path'];

/** So that a text is read beside a side bar, too, without moving it. */
const longestLine = 84;
const indent = '  ';

export function reportText(report: GuardReport, telling: Telling): string {
  const guarded = report.agents.filter(({ hooks }) => hooks !== 'absent');
  const needing = guarded.filter(({ problems }) => problems.length > 0);
  const sound = guarded.filter(({ problems }) => problems.length === 0);
  return [
    l10n.t('Guards of agents, {0}', telling.format.moment(telling.nowMs)),
    section(summaryOf(needing, sound, telling), [
      [l10n.t('Programs'), programsText(report.programs)],
      [l10n.t('Ledger'), ledgerText(report.ledger)],
      ...report.stopsThatDidNotHold.map((stop): Row => [l10n.t('Went on'), wentOnText(stop, telling)]),
    ]),
    ...needing.map((agent) =>
      section(l10n.t('{0}: needs you', agentNames[agent.agent]), rowsOf(agent, telling)),
    ),
    ...sound.map((agent) => section(l10n.t('{0}: guarded', agentNames[agent.agent]), rowsOf(agent, telling))),
    notGuarded(report, telling),
    withoutGuard(report, telling),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

function wentOnText({ session, calls, interruptedMs }: StopThatDidNotHold, telling: Telling): string {
  const name = sessionText(session, telling);
  return interruptedMs === null
    ? l10n.t('{0}, responses after it was to stop: {1}', name, calls)
    : l10n.t('{0}, responses after it was to stop: {1}; then it was interrupted', name, calls);
}

function summaryOf(
  needing: readonly AgentReport[],
  sound: readonly AgentReport[],
  { format }: Telling,
): string {
  const names = (agents: readonly AgentReport[]) => format.list(agents.map(({ agent }) => agentNames[agent]));
  if (needing.length > 0) return l10n.t('Needs you: {0}', names(needing));
  return sound.length === 0 ? l10n.t('No agent is guarded.') : l10n.t('All is well: {0}', names(sound));
}

function notGuarded({ agents }: GuardReport, { format }: Telling): string {
  const names = agents.filter(({ hooks }) => hooks === 'absent').map(({ agent }) => agentNames[agent]);
  if (names.length === 0) return '';
  return note(
    l10n.t('Not guarded: {0}', format.list(names)),
    l10n.t('“Guard Agents…” guards those that are on this machine.'),
  );
}

function withoutGuard({ agents }: GuardReport, { format }: Telling): string {
  const guarded = new Set<AgentId>(agents.map(({ agent }) => agent));
  const names = agentIds.filter((agent) => !guarded.has(agent)).map((agent) => agentNames[agent]);
  return note(
    l10n.t('Cannot be stopped: {0}', format.list(names)),
    l10n.t(
      'There is no guard for them: end them in their own programs. {0} let a hook refuse a tool, after which the turn goes on.',
      format.list([agentNames.amp, agentNames.cursor]),
    ),
  );
}

function rowsOf(report: AgentReport, telling: Telling): readonly Row[] {
  const { hooks, hookFile, trust, version, minVersion, lastBeat, selfTest, problems } = report;
  const isOld = problems.includes('oldVersion');
  return [
    [l10n.t('Hooks'), hooksText(hooks)],
    [l10n.t('File'), toPlainPath(hookFile), 'path'],
    ...(trust === null ? [] : [[l10n.t('Trust'), trustText(trust, agentNames[report.agent])] as const]),
    [l10n.t('Version'), versionText(version, minVersion, isOld)],
    [l10n.t('Last answer'), lastBeat === null ? l10n.t('none yet') : beatText(lastBeat, telling)],
    ...(selfTest === null ? [] : [[l10n.t('Trial'), selfTestText(selfTest)] as const]),
    ...report.faults.map((fault): Row => [l10n.t('Fault'), faultText(fault, telling)]),
    ...report.unguarded.map(
      ({ session, responses }): Row => [
        l10n.t('Unguarded'),
        l10n.t('{0}, responses without asking the guard: {1}', sessionText(session, telling), responses),
      ],
    ),
    ...(problems.every((problem) => problem === 'unguarded') && problems.length > 0 ? [restartRow()] : []),
  ];
}

/** Where nothing else is wrong with its guard. */
function restartRow(): Row {
  return ['', l10n.t('Start it anew: it may have read its hooks before they were installed.')];
}

function versionText(version: string | null, minVersion: string, isOld: boolean): string {
  if (version === null) return l10n.t('not known; stops are known to hold from {0} on', minVersion);
  const plain = toPlainLine(version);
  return isOld ? l10n.t('{0}, too old: stops are known to hold from {1} on', plain, minVersion) : plain;
}

/** Its name, or where that is not known what the terminal's commands call it. */
function sessionText(key: SessionKey, { format, sessionOf }: Telling): string {
  const session = sessionOf(key);
  return session === undefined
    ? `${agentNames[key.agent]} ${toPlainLine(key.key)}`
    : l10n.t('“{0}”', sessionName(session, format));
}

/** The names in one column. */
function section(heading: string, rows: readonly Row[]): string {
  const width = Math.max(0, ...rows.map(([name]) => name.length)) + 2;
  const linesOf = ([name, text, isPath]: Row) => {
    const begin = `${indent}${name.padEnd(width)}`;
    return isPath ? [begin + text] : broken(text, begin, ' '.repeat(begin.length));
  };
  return [...broken(heading, '', indent), ...rows.flatMap(linesOf)].join('\n');
}

function note(heading: string, text: string): string {
  return [...broken(heading, '', indent), ...broken(text, indent, indent)].join('\n');
}

/** @param begin of the first line @param next of all others, as long as that or longer */
function broken(text: string, begin: string, next: string): readonly string[] {
  return toLines(text, longestLine - next.length).map((line, index) => (index === 0 ? begin : next) + line);
}
