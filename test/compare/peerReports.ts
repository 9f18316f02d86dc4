/** What other programs report of a home folder, in one shape. */

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Amounts } from './explain.ts';

/** What a program counts of one agent and model in one group: a day of UTC or a session. */
export interface PeerRow extends Amounts {
  /** By the program's own name for it. */
  readonly agent: string;
  readonly group: string;
  readonly model: string;
}

const execute = promisify(execFile);
const limitMs = 30 * 60_000;

async function askJson(program: string, args: readonly string[], home: string): Promise<unknown> {
  const { stdout } = await execute(program, args, {
    // Nothing leads to other logs, and nothing is fetched.
    env: { HOME: home, TZ: 'UTC', PATH: process.env.PATH, TOKSCALE_PRICING_CACHE_ONLY: '1' },
    maxBuffer: 2 ** 30,
    timeout: limitMs,
  });
  return JSON.parse(stdout);
}

interface CcusageReport {
  readonly [report: string]: readonly CcusagePeriod[];
}

interface CcusagePeriod {
  readonly period: string;
  readonly agents?: readonly CcusageAgent[];
}

interface CcusageAgent {
  readonly agent: string;
  readonly period?: string;
  readonly modelBreakdowns: readonly {
    readonly modelName: string;
    readonly inputTokens: number;
    readonly cacheReadTokens: number;
    readonly cacheCreationTokens: number;
    readonly outputTokens: number;
    readonly cost: number;
  }[];
}

/** The report `daily` or `session`, of all agents that ccusage knows. */
export async function ccusageRows(
  program: string,
  home: string,
  report: 'daily' | 'session',
): Promise<readonly PeerRow[]> {
  const args = [report, '--offline', '--json', '--by-agent', '-z', 'UTC'];
  const answer = (await askJson(program, args, home)) as CcusageReport;
  return (answer[report] ?? []).flatMap((period) =>
    (period.agents ?? [period as CcusageAgent]).flatMap(({ agent, modelBreakdowns }) =>
      modelBreakdowns.map((sum) => ({
        ...{ agent, group: period.period, model: sum.modelName, cost: sum.cost },
        tokens: {
          uncachedInput: sum.inputTokens,
          cacheRead: sum.cacheReadTokens,
          cacheWrite: sum.cacheCreationTokens,
          output: sum.outputTokens,
        },
      })),
    ),
  );
}

/** The sum over all blocks of five hours. */
export async function ccusageBlocks(program: string, home: string): Promise<Amounts> {
  const args = ['blocks', '--offline', '--json', '-z', 'UTC'];
  const { blocks } = (await askJson(program, args, home)) as { readonly blocks: readonly Block[] };
  const sum = (name: keyof BlockCounts) =>
    blocks.reduce((total, { tokenCounts }) => total + tokenCounts[name], 0);
  return {
    tokens: {
      uncachedInput: sum('inputTokens'),
      cacheRead: sum('cacheReadInputTokens'),
      cacheWrite: sum('cacheCreationInputTokens'),
      output: sum('outputTokens'),
    },
    cost: blocks.reduce((total, { costUSD }) => total + costUSD, 0),
  };
}

interface Block {
  readonly tokenCounts: BlockCounts;
  readonly costUSD: number;
}

interface BlockCounts {
  readonly inputTokens: number;
  readonly cacheReadInputTokens: number;
  readonly cacheCreationInputTokens: number;
  readonly outputTokens: number;
}

/** What tokscale counts on each day. */
export async function tokscaleRows(program: string, home: string): Promise<readonly PeerRow[]> {
  const answer = (await askJson(program, ['graph', '--no-spinner', '--home', home], home)) as {
    readonly contributions: readonly { readonly date: string; readonly clients: readonly TokscaleSum[] }[];
  };
  return answer.contributions.flatMap(({ date, clients }) =>
    clients.map(({ client, modelId, tokens, cost }) => ({
      ...{ agent: client, group: date, model: modelId, cost },
      tokens: {
        uncachedInput: tokens.input,
        cacheRead: tokens.cacheRead,
        cacheWrite: tokens.cacheWrite,
        // It keeps reasoning apart from output.
        output: tokens.output + tokens.reasoning,
      },
    })),
  );
}

interface TokscaleSum {
  readonly client: string;
  readonly modelId: string;
  readonly tokens: {
    readonly input: number;
    readonly output: number;
    readonly cacheRead: number;
    readonly cacheWrite: number;
    readonly reasoning: number;
  };
  readonly cost: number;
}
