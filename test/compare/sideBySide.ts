/** Our ledger of a home folder beside what other programs report of it. */

import { readers } from '../../src/agents/readers.ts';
import { type AgentId, agentIds } from '../../src/domain/agent.ts';
import type { Database } from '../../src/ledger/database.ts';
import { peerPrograms } from '../bench/peers.ts';
import { withTemporaryFolder } from '../harness/isolation.ts';
import { askPrices } from './ccusagePrices.ts';
import {
  type Amounts,
  type Comparison,
  explain,
  type Grouping,
  type OwnReceipt,
  type PeerView,
} from './explain.ts';
import type { Imitated, Imitation } from './imitation.ts';
import { type OtherNames, underOurNames } from './names.ts';
import { ownReceipts } from './ownReceipts.ts';
import { linkHome } from './peerHome.ts';
import { ccusageBlocks, ccusageRows, type PeerRow, tokscaleRows } from './peerReports.ts';
import { CcusageClaude } from './peers/ccusageClaude.ts';
import { CcusageCodex } from './peers/ccusageCodex.ts';
import { rolloutName } from './peers/codexLine.ts';
import { TokscaleClaude } from './peers/tokscaleClaude.ts';
import { TokscaleCodex } from './peers/tokscaleCodex.ts';
import { readAlong } from './seenLogs.ts';

const peerNames = ['ccusage', 'tokscale'] as const;

export type PeerName = (typeof peerNames)[number];

/** One report of another program on one agent. */
export interface PeerComparison {
  readonly peer: PeerName;
  /** Our agents that the program has under one name. */
  readonly agents: readonly AgentId[];
  readonly grouping: Grouping;
  readonly comparisons: readonly Comparison[];
  readonly names: OtherNames;
}

export interface SideBySide {
  readonly reports: readonly PeerComparison[];
  /** ccusage's sum over its blocks of five hours, which it makes of Claude Code alone; `null` without the program. */
  readonly blocks: Amounts | null;
  /** Agents that a program found and we have no reader for. */
  readonly unread: readonly string[];
  /** Programs that there are none of for this machine. */
  readonly missing: readonly PeerName[];
}

/** What a program reports of all agents. */
interface Report {
  readonly peer: PeerName;
  readonly grouping: Grouping;
  readonly rows: readonly PeerRow[];
  readonly program: string;
}

/** @param home read by nothing but the agents' habits, and not written to */
export async function compareSideBySide(home: string, db: Database): Promise<SideBySide> {
  const programs = await peerPrograms();
  return withTemporaryFolder(async (folder) => {
    await linkHome(home, folder);
    const reports = [
      ...(await ccusageReports(programs.ccusage, folder)),
      ...(await tokscaleReports(programs.tokscale, folder)),
    ];
    const agents = [...new Set(agentIds.map(peerAgent))];
    const compared: PeerComparison[] = [];
    for (const agent of agents) compared.push(...(await compareAgent(home, db, agent, reports)));
    const named = reports.flatMap(({ rows }) => rows.map((row) => row.agent));
    return {
      reports: compared,
      blocks: programs.ccusage === undefined ? null : await ccusageBlocks(programs.ccusage, folder),
      unread: [...new Set(named)].filter((agent) => !agents.includes(agent)),
      missing: peerNames.filter((name) => programs[name] === undefined),
    };
  });
}

async function ccusageReports(program: string | undefined, home: string): Promise<readonly Report[]> {
  if (program === undefined) return [];
  const daily = await ccusageRows(program, home, 'daily');
  const session = await ccusageRows(program, home, 'session');
  return [
    { peer: 'ccusage', grouping: 'day', rows: daily, program },
    { peer: 'ccusage', grouping: 'session', rows: session, program },
  ];
}

async function tokscaleReports(program: string | undefined, home: string): Promise<readonly Report[]> {
  if (program === undefined) return [];
  return [{ peer: 'tokscale', grouping: 'day', rows: await tokscaleRows(program, home), program }];
}

/** Other programs name an agent by the first word of our name. */
function peerAgent(agent: AgentId): string {
  return agent.split('-')[0] ?? agent;
}

/** The logs are read once, by all imitations together. */
async function compareAgent(
  home: string,
  db: Database,
  agent: string,
  reports: readonly Report[],
): Promise<readonly PeerComparison[]> {
  const agents = agentIds.filter((id) => peerAgent(id) === agent);
  const ours = ownReceipts(db, agents);
  const imitated = await imitate(home, agent, reports);
  const compared: PeerComparison[] = [];
  for (const [index, report] of reports.entries()) {
    compared.push(await compareReport({ agent, agents }, report, ours, imitated[index] ?? nothingImitated));
  }
  return compared.filter(({ comparisons }) => comparisons.length > 0);
}

const nothingImitated: Imitated = { entries: [], missed: new Map() };

/** How programs are imitated, by their name and the agent. Of what is not here only equal numbers are explained. */
const imitations: Readonly<Record<string, (grouping: Grouping) => Imitation>> = {
  'ccusage claude': (grouping) => new CcusageClaude(grouping),
  'ccusage codex': (grouping) => new CcusageCodex(grouping),
  'tokscale claude': () => new TokscaleClaude(),
  'tokscale codex': () => new TokscaleCodex(),
};

async function imitate(
  home: string,
  agent: string,
  reports: readonly Report[],
): Promise<readonly (Imitated | undefined)[]> {
  const made = reports.map(({ peer, grouping }) => imitations[`${peer} ${agent}`]?.(grouping));
  const used = made.filter((imitation) => imitation !== undefined);
  for (const reader of used.length === 0 ? [] : readers) {
    if (peerAgent(reader.agent) === agent) await readAlong(home, reader, used);
  }
  return made.map((imitation) => imitation?.finish());
}

async function compareReport(
  { agent, agents }: { readonly agent: string; readonly agents: readonly AgentId[] },
  { peer, grouping, rows, program }: Report,
  ours: ReadonlyMap<string, OwnReceipt>,
  imitated: Imitated,
): Promise<PeerComparison> {
  const own = rows.filter((row) => row.agent === agent);
  const view: PeerView = {
    sums: own.map((row) => ({ ...row, group: grouping === 'day' ? row.group : rolloutName(row.group) })),
    imitated,
    costOf: peer === 'ccusage' ? await askPrices(program, agent, imitated.entries) : null,
  };
  const { peer: renamed, names } = underOurNames(view, ours);
  return { peer, agents, grouping, names, comparisons: explain(grouping, ours, renamed) };
}
