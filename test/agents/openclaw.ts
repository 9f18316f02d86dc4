/** OpenClaw, one run of its agent at a time, in a process of its own. */

import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AgentUnderTest, TurnRequest } from './agentUnderTest.ts';
import { findPackage } from './installation.ts';
import { gatewayScenarios, openclawScenarios } from './openclawScenarios.ts';
import type { Sandbox } from './sandbox.ts';
import type { Scenario } from './scenario.ts';

export function openclaw(agentsFolder: string): AgentUnderTest {
  const { folder, version } = findPackage(agentsFolder, 'openclaw');
  return {
    agent: 'openclaw',
    version,
    scenarios: openclawScenarios,
    provider,
    // Names of responses are no ids before it is known when they came.
    namesNoResponses: true,
    prepare,
    command: (request) => commandOf(join(folder, 'openclaw.mjs'), request),
    sessionKeyOf: ({ stdout }) => /^session (\S+)$/m.exec(stdout)?.[1],
  };
}

/** Run in the gateway that all its conversations share: sub-agents work in no other way. */
export function inGateway(agent: AgentUnderTest): AgentUnderTest {
  return {
    ...agent,
    scenarios: gatewayScenarios,
    command: (request) => {
      const { args, ...command } = agent.command(request);
      const shared = args.flatMap((arg) => {
        if (arg === '--local') return [];
        return arg.endsWith('openclaw.mjs') ? [client, arg] : [arg];
      });
      return { ...command, args: shared };
    },
  };
}

const client = fileURLToPath(new URL('./openclawClient.ts', import.meta.url));
const provider = 'loopback';
const usualModel = 'gpt-5.4';

/** It takes any id for a new session, and does not say which session it ran. */
function commandOf(program: string, { turn, sessionKey = randomUUID() }: TurnRequest) {
  const model = `${provider}/${turn.model ?? usualModel}`;
  const words = ['agent', '--local', '--session-id', sessionKey, '--model', model, '--message', turn.prompt];
  const tellingSession = 'echo "session $1"; shift; exec "$@"';
  return {
    file: 'sh',
    args: ['-c', tellingSession, 'sh', sessionKey, process.execPath, program, ...words, '--agent', 'main'],
    environment: { OPENCLAW_NO_AUTO_UPDATE: '1' },
  };
}

async function prepare(
  { home, own, project }: Sandbox,
  { turns }: Scenario,
  modelUrl: string,
): Promise<void> {
  const names = [...new Set([usualModel, ...turns.flatMap(({ model }) => model ?? [])])];
  const rest = { reasoning: true, input: ['text'], contextWindow: 400_000, maxTokens: 32_000 };
  const models = names.map((name) => ({ id: name, name, ...rest }));
  const settings = {
    agents: {
      defaults: {
        workspace: project,
        skipBootstrap: true,
        heartbeat: { every: '0m' },
        model: { primary: `${provider}/${usualModel}` },
        models: Object.fromEntries(names.map((name) => [`${provider}/${name}`, {}])),
      },
    },
    gateway: { mode: 'local' },
    logging: { file: join(own, 'openclaw.log') },
    // Else most tools stand behind one that looks for them.
    tools: { toolSearch: false },
    models: {
      mode: 'merge',
      providers: {
        [provider]: { baseUrl: `${modelUrl}/v1`, apiKey: 'sk-loopback', api: 'openai-completions', models },
      },
    },
  };
  await mkdir(join(home, '.openclaw'), { recursive: true });
  await writeFile(join(home, '.openclaw', 'openclaw.json'), JSON.stringify(settings, null, 2));
}
