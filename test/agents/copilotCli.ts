/** Copilot CLI, run with a prompt, on a model of one's own. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AgentUnderTest, ReportedTokens, TurnRequest } from './agentUnderTest.ts';
import { compactingScenarios, copilotCliScenarios } from './copilotCliScenarios.ts';
import { findPackage } from './installation.ts';
import type { Sandbox } from './sandbox.ts';

export function copilotCli(agentsFolder: string): AgentUnderTest {
  const { folder, version } = findPackage(agentsFolder, '@github/copilot');
  return {
    agent: 'copilot-cli',
    version,
    scenarios: copilotCliScenarios,
    namesNoResponses: true,
    command: (request) => ({
      file: process.execPath,
      args: [join(folder, 'npm-loader.js'), ...argumentsFor(request)],
      environment: {
        COPILOT_PROVIDER_BASE_URL: `${request.modelUrl}/v1`,
        COPILOT_PROVIDER_API_KEY: 'sk-loopback',
        COPILOT_MODEL: request.turn.model ?? 'gpt-5.4',
        COPILOT_OFFLINE: 'true',
        COPILOT_AUTO_UPDATE: 'false',
      },
    }),
    sessionKeyOf: ({ stderr }) => /--resume=([0-9a-f-]{36})/.exec(stderr)?.[1],
    reportedTokens,
  };
}

/** Of a compaction it does not log the reasoning. */
export function compacting(agent: AgentUnderTest): AgentUnderTest {
  return { ...agent, scenarios: compactingScenarios, tellsNoReasoning: true };
}

function argumentsFor({ turn, sessionKey }: TurnRequest): string[] {
  const session = sessionKey === undefined ? [] : [`--resume=${sessionKey}`];
  return ['-p', turn.prompt, '--allow-all-tools', ...session];
}

interface Shutdown {
  readonly modelMetrics?: Metrics;
  readonly accountingSnapshot?: { readonly modelMetrics: Metrics };
}

type Metrics = Readonly<Record<string, { readonly usage: Readonly<Record<string, number>> }>>;

interface Compaction {
  readonly compactionTokensUsed?: Readonly<Record<string, number>>;
}

/** The sums at the last end of a session, over all its runs and with its sub-agents, and compactions, which these leave out. */
async function reportedTokens({ home }: Sandbox, sessionKey: string): Promise<ReportedTokens> {
  const path = join(home, '.copilot', 'session-state', sessionKey, 'events.jsonl');
  const lines = (await readFile(path, 'utf8')).split('\n');
  const last = lines.findLast((line) => line.startsWith('{"type":"session.shutdown"'));
  if (last === undefined) throw new Error(`session ${sessionKey} was not shut down`);
  const { modelMetrics, accountingSnapshot } = (JSON.parse(last) as { data: Shutdown }).data;
  const summed = Object.values(accountingSnapshot?.modelMetrics ?? modelMetrics ?? {}).map(
    ({ usage }) => usage,
  );
  const compacted = lines
    .filter((line) => line.startsWith('{"type":"session.compaction_complete"'))
    .map((line) => (JSON.parse(line) as { data: Compaction }).data.compactionTokensUsed ?? {});
  const usages = [...summed, ...compacted];
  const sum = (name: string) => usages.reduce((total, usage) => total + (usage[name] ?? 0), 0);
  return { prompt: sum('inputTokens'), cacheRead: sum('cacheReadTokens'), output: sum('outputTokens') };
}
