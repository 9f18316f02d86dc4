/** Pi, run by a prompt on its command line, under the name that it was made under and under the one that it has now. */

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AgentUnderTest, TurnRequest } from './agentUnderTest.ts';
import { findPackage } from './installation.ts';
import { piScenarios } from './piScenarios.ts';
import type { Sandbox } from './sandbox.ts';
import type { Scenario } from './scenario.ts';

/** The last version under its old name, the first that the guard is known to stop. */
export function oldPi(agentsFolder: string): AgentUnderTest {
  const agent = packaged(agentsFolder, '@mariozechner/pi-coding-agent');
  // It does not log what it takes to compact a conversation.
  const scenarios = agent.scenarios.filter(({ name }) => name !== 'compacted');
  return { ...agent, scenarios, tellsNoReasoning: true };
}

export function pi(agentsFolder: string): AgentUnderTest {
  return packaged(agentsFolder, '@earendil-works/pi-coding-agent');
}

function packaged(agentsFolder: string, packageName: string): AgentUnderTest {
  const { folder, version, bin } = findPackage(agentsFolder, packageName);
  return {
    agent: 'pi',
    version,
    scenarios: piScenarios,
    provider: 'loopback',
    namesNoResponses: true,
    prepare,
    command: (request) => ({
      file: process.execPath,
      args: [join(folder, bin.pi ?? ''), '--mode', 'json', ...argumentsFor(request)],
      environment: { PI_OFFLINE: '1', PI_TELEMETRY: '0' },
    }),
    sessionKeyOf: ({ stdout }) => /"type":"session",.*?"id":"([^"]+)"/.exec(stdout)?.[1],
  };
}

const usualModel = 'gpt-5.4';

function argumentsFor({ turn, sessionKey }: TurnRequest): string[] {
  const way = turn.session === 'forked' ? '--fork' : '--session';
  const session = sessionKey === undefined ? [] : [way, sessionKey];
  return ['-p', '--provider', 'loopback', '--model', turn.model ?? usualModel, ...session, turn.prompt];
}

async function prepare({ home }: Sandbox, { turns, settings }: Scenario, modelUrl: string): Promise<void> {
  const folder = join(home, '.pi', 'agent');
  const names = new Set([usualModel, ...turns.flatMap(({ model }) => model ?? [])]);
  const models = [...names].map((id) => ({
    id,
    reasoning: true,
    contextWindow: 400_000,
    maxTokens: 100_000,
  }));
  const loopback = {
    baseUrl: `${modelUrl}/v1`,
    api: 'openai-completions',
    apiKey: 'sk-loopback',
    models,
  };
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'models.json'), JSON.stringify({ providers: { loopback } }));
  await writeFile(join(folder, 'settings.json'), settings.join('') || '{}');
}
