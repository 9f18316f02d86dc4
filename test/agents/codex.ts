/** Codex, run by `codex exec`. */

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AgentUnderTest, TurnRequest } from './agentUnderTest.ts';
import { codexScenarios } from './codexScenarios.ts';
import { findPackage } from './installation.ts';
import type { Sandbox } from './sandbox.ts';
import type { Scenario } from './scenario.ts';

export function codex(agentsFolder: string): AgentUnderTest {
  const { folder, version } = findPackage(agentsFolder, '@openai/codex');
  return {
    agent: 'codex',
    version,
    scenarios: codexScenarios,
    provider: 'loopback',
    prepare,
    command: (request) => ({
      file: process.execPath,
      args: [join(folder, 'bin', 'codex.js'), 'exec', ...argumentsFor(request)],
      environment: { LOOPBACK_KEY: 'sk-loopback' },
    }),
    sessionKeyOf: ({ stdout }) => /"thread_id":"([^"]+)"/.exec(stdout)?.[1],
  };
}

/** Run in the engine that its terminals share, as a terminal has it run. */
export function inEngine(agent: AgentUnderTest): AgentUnderTest {
  return {
    ...agent,
    command: ({ turn, sessionKey = '', ...rest }) => {
      const { args, ...command } = agent.command({ turn, sessionKey, ...rest });
      const program = args.find((arg) => arg.endsWith('codex.js')) ?? '';
      return {
        ...command,
        file: process.execPath,
        args: [client, program, turn.model ?? '', sessionKey, turn.prompt],
      };
    },
  };
}

const client = fileURLToPath(new URL('./codexClient.ts', import.meta.url));

function argumentsFor({ turn, sessionKey }: TurnRequest): string[] {
  const verb = { new: [], resumed: ['resume'], forked: ['fork'] }[turn.session];
  const model = turn.model === undefined ? [] : ['--model', turn.model];
  const session = sessionKey === undefined ? [] : [sessionKey];
  return [...verb, '--skip-git-repo-check', '--json', ...model, ...session, turn.prompt];
}

async function prepare({ home }: Sandbox, scenario: Scenario, modelUrl: string): Promise<void> {
  const folder = join(home, '.codex');
  await mkdir(folder);
  await writeFile(join(folder, 'config.toml'), [...settingsFor(modelUrl, scenario), ''].join('\n'));
}

function settingsFor(modelUrl: string, { settings }: Scenario): string[] {
  return [
    'model = "gpt-5.4"',
    'model_provider = "loopback"',
    'approval_policy = "never"',
    'sandbox_mode = "danger-full-access"',
    'check_for_update_on_startup = false',
    'analytics.enabled = false',
    ...settings,
    '[model_providers.loopback]',
    'name = "loopback"',
    `base_url = "${modelUrl}/v1"`,
    'wire_api = "responses"',
    'env_key = "LOOPBACK_KEY"',
  ];
}
