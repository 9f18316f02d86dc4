/** Claude Code, run in print mode. */

import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseDollars } from '../../src/domain/money.ts';
import { withTelemetry } from '../../src/editor/telemetry/telemetrySettings.ts';
import { freePort, send } from '../unit/workers/exports.ts';
import type { AgentUnderTest, ReportedCosts, TurnRequest } from './agentUnderTest.ts';
import { claudeScenarios, toldScenarios } from './claudeScenarios.ts';
import { findPackage } from './installation.ts';
import type { Sandbox } from './sandbox.ts';

export function claudeCode(agentsFolder: string): AgentUnderTest {
  const { folder, version } = findPackage(agentsFolder, '@anthropic-ai/claude-code');
  return {
    agent: 'claude-code',
    version,
    scenarios: claudeScenarios,
    command: (request) => ({
      file: join(folder, 'bin', 'claude.exe'),
      args: argumentsFor(request),
      environment: {
        ANTHROPIC_BASE_URL: request.modelUrl,
        ANTHROPIC_API_KEY: 'sk-loopback',
        CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
        DISABLE_AUTOUPDATER: '1',
      },
    }),
    sessionKeyOf: ({ stdout }) => /"session_id":"([^"]+)"/.exec(stdout)?.[1],
    reportedCosts,
  };
}

/** The same with its telemetry on, as the product sets it, which tells of requests that no transcript holds. */
export function toldByTelemetry(agent: AgentUnderTest): AgentUnderTest {
  return {
    ...agent,
    scenarios: toldScenarios,
    // Of what telemetry alone tells of there is neither.
    namesNoResponses: true,
    tellsNoReasoning: true,
    async prepare({ home }) {
      const door = { port: await freePort(), secret: randomBytes(24).toString('base64url') };
      const settings = withTelemetry('', door);
      if (typeof settings !== 'object') throw new Error(settings);
      const config = join(home, '.claude');
      await mkdir(join(config, 'token-burn'), { recursive: true });
      await writeFile(join(config, 'token-burn', 'receiver.json'), JSON.stringify(door));
      await writeFile(join(config, 'settings.json'), settings.text);
      // The ledger looks anew all the time.
      await untilListening(door.port);
    },
  };
}

async function untilListening(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if ((await send('', { port }).catch(() => 0)) === 401) return;
    await pause(50);
  }
  throw new Error('nobody receives telemetry');
}

function argumentsFor({ turn, sessionKey }: TurnRequest): string[] {
  const session = sessionKey === undefined ? [] : ['--resume', sessionKey];
  const copy = turn.session === 'forked' ? ['--fork-session'] : [];
  const model = turn.model === undefined ? [] : ['--model', turn.model];
  return [
    '-p',
    turn.prompt,
    '--output-format',
    'json',
    ...session,
    ...copy,
    ...model,
    '--allowedTools',
    'Bash,Agent,WebSearch',
  ];
}

interface ModelUsage {
  readonly inputTokens: number;
  readonly cacheReadInputTokens: number;
  readonly cacheCreationEphemeral5mInputTokens: number;
  readonly cacheCreationEphemeral1hInputTokens: number;
  readonly outputTokens: number;
  readonly thinkingTokens: number;
  readonly costUSD: number;
}

interface CostState {
  readonly totalCostUSD: number;
  readonly modelUsage: Readonly<Record<string, ModelUsage>>;
}

/** The last `cost-state` line of the transcript, which Claude Code writes at the end of each run, over all runs so far. */
async function reportedCosts({ home }: Sandbox, sessionKey: string): Promise<ReportedCosts> {
  const projects = join(home, '.claude', 'projects');
  const [folder = ''] = await readdir(projects);
  const lines = (await readFile(join(projects, folder, `${sessionKey}.jsonl`), 'utf8')).split('\n');
  const last = lines.findLast((line) => line.startsWith('{"type":"cost-state"'));
  if (last === undefined) throw new Error(`no cost-state in session ${sessionKey}`);
  const { totalCostUSD, modelUsage } = JSON.parse(last) as CostState;
  const models = Object.entries(modelUsage).map(([model, { costUSD }]) => [model, toPico(costUSD)] as const);
  const tokens = Object.entries(modelUsage).map(([model, usage]) => [model, toTokens(usage)] as const);
  return { total: toPico(totalCostUSD), byModel: new Map(models), tokens: new Map(tokens) };
}

function toTokens(usage: ModelUsage) {
  return {
    uncachedInput: usage.inputTokens,
    cacheRead: usage.cacheReadInputTokens,
    cacheWrite5m: usage.cacheCreationEphemeral5mInputTokens,
    cacheWrite1h: usage.cacheCreationEphemeral1hInputTokens,
    cacheWriteUnknown: 0,
    output: usage.outputTokens,
    reasoning: usage.thinkingTokens,
  };
}

/** The record holds sums of floating numbers; at twelve places their noise is gone and every pico-dollar is left. */
function toPico(dollars: number) {
  return parseDollars(dollars.toFixed(12));
}
