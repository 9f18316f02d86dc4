/** Cline's command line, run by a prompt on it. */

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AgentUnderTest, TurnRequest } from './agentUnderTest.ts';
import { clineScenarios } from './clineScenarios.ts';
import { findPackage } from './installation.ts';
import type { Sandbox } from './sandbox.ts';
import type { Scenario } from './scenario.ts';

/** The program for Linux; `null` on systems that it is not for. */
export function cline(agentsFolder: string): AgentUnderTest | null {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  const { folder, version } = findPackage(agentsFolder, '@cline/cli-linux-x64');
  return {
    agent: 'cline',
    version,
    scenarios: clineScenarios,
    provider,
    namesNoResponses: true,
    tellsNoReasoning: true,
    prepare,
    command: (request) => ({
      file: 'sh',
      args: ['-c', tellingSession, 'sh', ...wordsFor(join(folder, 'bin', 'cline'), request)],
      environment,
    }),
    sessionKeyOf: ({ stdout }) => /^session (\S+)$/m.exec(stdout)?.[1],
  };
}

const provider = 'openai-compatible';
const usualModel = 'gpt-5.4';

/** It does not say which session it ran. */
const tellingSession =
  '"$@"; code=$?; ls -t "$HOME/.cline/data/sessions" | head -n 1 | sed "s/^/session /"; exit "$code"';

/** Else it leaves a process at work that later runs would share, and gives up on plugins while the machine is busy. */
const environment = {
  CLINE_PROVIDER: provider,
  CLINE_API_KEY: 'sk-loopback',
  CLINE_SESSION_BACKEND_MODE: 'local',
  CLINE_NO_AUTO_UPDATE: '1',
  CLINE_PLUGIN_IMPORT_TIMEOUT_MS: '30000',
  HTTPS_PROXY: 'http://127.0.0.1:9',
  HTTP_PROXY: 'http://127.0.0.1:9',
  NO_PROXY: '127.0.0.1',
};

function wordsFor(program: string, { turn, sessionKey }: TurnRequest): string[] {
  const model = turn.model ?? usualModel;
  if (sessionKey !== undefined) return [process.execPath, client, program, model, sessionKey, turn.prompt];
  // A single word it would take for a command.
  return [program, '--provider', provider, '--model', model, `${turn.prompt} `];
}

const client = fileURLToPath(new URL('./clineClient.ts', import.meta.url));

async function prepare({ home }: Sandbox, _scenario: Scenario, modelUrl: string): Promise<void> {
  const folder = join(home, '.cline', 'data', 'settings');
  const settings = { provider, apiKey: 'sk-loopback', model: usualModel, baseUrl: `${modelUrl}/v1` };
  const updatedAt = '2026-01-01T00:00:00.000Z';
  const providers = { [provider]: { settings, updatedAt, tokenSource: 'manual' } };
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, 'providers.json'),
    JSON.stringify({ version: 1, lastUsedProvider: provider, modes: {}, providers }),
  );
}
