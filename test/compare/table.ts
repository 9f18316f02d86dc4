/** Comparisons for people: a block of lines for each day and model, and for each session that differs. */

import { type AgentId, agentNames } from '../../src/domain/agent.ts';
import { toPlainPath } from '../../src/editor/plainText.ts';
import { commonClasses } from './commonTokens.ts';
import { type Amounts, areNone, type Comparison, less, more, nothing } from './explain.ts';
import { type RuleName, rules } from './rules.ts';
import type { PeerComparison, SideBySide } from './sideBySide.ts';

/** Everything that was compared, as lines. */
export function tableOf(compared: SideBySide): readonly string[] {
  const days = compared.reports.filter(({ grouping }) => grouping === 'day');
  const sessions = compared.reports.filter(({ grouping }) => grouping === 'session');
  const lines = [
    ...headsOf(days).flatMap((head) => blockOf(head, days)),
    ...sessions.flatMap(sessionLines),
    ...blocksLines(compared),
    ...noteLines(compared),
  ];
  return [...lines, ...ruleLines(compared), '', verdict(compared)];
}

/** How many numbers no rule predicts. */
export function countUnexplained(compared: SideBySide): number {
  const comparisons = compared.reports.flatMap((report) => report.comparisons);
  const inBlocks = areNone(beyondSessions(compared)) ? 0 : 1;
  return inBlocks + comparisons.filter(({ unexplained }) => !areNone(unexplained)).length;
}

/** What a block of lines is about. */
interface Head {
  readonly agent: string;
  readonly group: string;
  readonly model: string;
}

function headsOf(reports: readonly PeerComparison[]): readonly Head[] {
  const heads = reports.flatMap(({ agents, comparisons }) =>
    comparisons.map(({ group, model }) => JSON.stringify([namesOf(agents), group, model])),
  );
  return [...new Set(heads)].sort().map((head) => {
    const [agent = '', group = '', model = ''] = JSON.parse(head) as string[];
    return { agent, group, model };
  });
}

function namesOf(agents: readonly AgentId[]): string {
  return agents.map((agent) => agentNames[agent]).join(', ');
}

function blockOf(head: Head, reports: readonly PeerComparison[]): readonly string[] {
  const own = reports.filter(({ agents }) => namesOf(agents) === head.agent);
  const found = own.map((report) => ({ report, comparison: find(report, head) }));
  const [ours] = found.flatMap(({ comparison }) => (comparison === undefined ? [] : [comparison]));
  const title = [head.agent, head.group, head.model || 'no model'].map(toPlainPath).join('  ');
  return [
    '',
    title,
    lineOf('', headings),
    lineOf('ours', [...tokensOf(ours?.ours ?? nothing), ownCost(ours)]),
    ...found.flatMap(({ report, comparison }) => peerLines(head, report, comparison)),
  ];
}

function find({ comparisons }: PeerComparison, head: Head): Comparison | undefined {
  return comparisons.find(({ group, model }) => group === head.group && model === head.model);
}

function peerLines(
  { model }: Head,
  { peer, names }: PeerComparison,
  comparison: Comparison | undefined,
): readonly string[] {
  const other = names.get(model);
  const name = other === undefined ? peer : `${peer}: ${toPlainPath(other)}`;
  const { theirs, explained, unexplained } = comparison ?? {
    theirs: nothing,
    explained: new Map(),
    unexplained: nothing,
  };
  const parts = [...explained].map(([rule, amounts]) => lineOf(`  ${rule}`, changesOf(amounts)));
  const rest = areNone(unexplained) ? [] : [lineOf('  UNEXPLAINED', changesOf(unexplained))];
  return [lineOf(name, [...tokensOf(theirs), dollars(theirs.cost)]), ...parts, ...rest];
}

function sessionLines(report: PeerComparison): readonly string[] {
  const heads = headsOf([report]);
  const differing = heads.filter((head) => {
    const { explained, unexplained } = find(report, head) ?? { explained: new Map(), unexplained: nothing };
    return explained.size > 0 || !areNone(unexplained);
  });
  const { peer, agents } = report;
  const count = `${heads.length - differing.length} of ${heads.length} sums by session and model are the same`;
  return [
    '',
    `${namesOf(agents)}, sessions of ${peer}: ${count}`,
    ...differing.flatMap((head) => blockOf(head, [report])),
  ];
}

/** Blocks hold the same responses as sessions: what is left beyond these no rule explains. */
function beyondSessions({ reports, blocks }: SideBySide): Amounts {
  const sessions = reports.filter(
    ({ grouping, agents }) => grouping === 'session' && agents.includes('claude-code'),
  );
  const theirs = sessions.flatMap(({ comparisons }) => comparisons.map((comparison) => comparison.theirs));
  const rest = blocks === null ? nothing : less(blocks, theirs.reduce(more, nothing));
  return areNone(rest, blocks?.cost) ? nothing : rest;
}

function blocksLines(compared: SideBySide): readonly string[] {
  if (compared.blocks === null) return [];
  const rest = beyondSessions(compared);
  const sum = areNone(rest)
    ? 'add up to its sessions of Claude Code'
    : 'DO NOT add up to its sessions of Claude Code';
  return [
    '',
    `The blocks of ccusage ${sum}. Where they begin, burn rates and projections are not compared: they are guesses`,
    'about a plan, and we make none.',
    ...(areNone(rest) ? [] : [lineOf('  UNEXPLAINED', changesOf(rest))]),
  ];
}

function noteLines({ unread, missing }: SideBySide): readonly string[] {
  const unreadLine = `Not compared, because we do not read their logs: ${unread.map(toPlainPath).join(', ')}.`;
  const missingLine = `Not compared, because there is no program for this machine: ${missing.join(', ')}.`;
  return [
    ...(unread.length === 0 ? [] : ['', unreadLine]),
    ...(missing.length === 0 ? [] : ['', missingLine]),
  ];
}

function ruleLines({ reports }: SideBySide): readonly string[] {
  const used = reports.flatMap(({ comparisons }) =>
    comparisons.flatMap(({ explained }) => [...explained.keys()]),
  );
  const names = (Object.keys(rules) as RuleName[]).filter((name) => used.includes(name));
  const lines = names.map((name) => `  ${name.padEnd(nameWidth - 2)}${rules[name]}`);
  return lines.length === 0 ? [] : ['', 'Rules, each of which predicts what it is named for:', ...lines];
}

function verdict(compared: SideBySide): string {
  const count = countUnexplained(compared);
  if (compared.reports.length === 0) return 'Nobody found any use.';
  return count === 0 ? 'Every difference is explained.' : `${count} differences are UNEXPLAINED.`;
}

const headings = ['uncached input', 'cache read', 'cache write', 'output', 'cost'];
const nameWidth = 34;
const columnWidth = 16;

function lineOf(name: string, columns: readonly string[]): string {
  return `  ${name.padEnd(nameWidth)}${columns.map((column) => column.padStart(columnWidth)).join('')}`.trimEnd();
}

function tokensOf({ tokens }: Amounts): readonly string[] {
  return commonClasses.map((name) => tokens[name].toLocaleString('en'));
}

function changesOf({ tokens, cost }: Amounts): readonly string[] {
  const changes = commonClasses.map((name) => signed(tokens[name], tokens[name].toLocaleString('en')));
  return [...changes, areNone({ ...nothing, cost }) ? '' : signed(cost, dollars(cost))];
}

function signed(value: number, text: string): string {
  if (value === 0) return '';
  return value > 0 ? `+${text}` : text;
}

function dollars(amount: number): string {
  return amount.toLocaleString('en', { style: 'currency', currency: 'USD', minimumFractionDigits: 6 });
}

/** What has no price is not $0. */
function ownCost(comparison: Comparison | undefined): string {
  const { ours = nothing, unpriced = 0, receipts = 0 } = comparison ?? {};
  if (unpriced === 0) return dollars(ours.cost);
  return unpriced === receipts ? 'unpriced' : `≥ ${dollars(ours.cost)}`;
}
