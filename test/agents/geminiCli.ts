/** Gemini CLI, run by a prompt on its command line. */

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AgentUnderTest, TurnRequest } from './agentUnderTest.ts';
import { geminiScenarios } from './geminiScenarios.ts';
import { findPackage } from './installation.ts';
import type { Sandbox } from './sandbox.ts';

export function geminiCli(agentsFolder: string): AgentUnderTest {
  const { folder, version } = findPackage(agentsFolder, '@google/gemini-cli');
  return {
    agent: 'gemini-cli',
    version,
    scenarios: geminiScenarios,
    namesNoResponses: true,
    prepare,
    command: (request) => ({
      file: process.execPath,
      args: [join(folder, 'bundle', 'gemini.js'), ...argumentsFor(request)],
      environment: {
        GEMINI_API_KEY: 'loopback',
        GOOGLE_GEMINI_BASE_URL: request.modelUrl,
        GEMINI_CLI_NO_RELAUNCH: 'true',
      },
    }),
    sessionKeyOf: ({ stdout, stderr }) => /"session_id":\s*"([^"]+)"/.exec(stdout + stderr)?.[1],
  };
}

/** Without a model its router would ask one which to take. */
const usualModel = 'gemini-2.5-pro';

function argumentsFor({ turn, sessionKey }: TurnRequest): string[] {
  const session = sessionKey === undefined ? [] : ['--resume', sessionKey];
  const model = turn.model ?? usualModel;
  return ['-p', turn.prompt, '-m', model, '--output-format', 'json', '--yolo', '--skip-trust', ...session];
}

async function prepare({ home }: Sandbox): Promise<void> {
  const folder = join(home, '.gemini');
  await mkdir(folder);
  await writeFile(join(folder, 'settings.json'), JSON.stringify(settings));
}

const settings = {
  security: { auth: { selectedType: 'gemini-api-key' }, folderTrust: { enabled: false } },
  general: { enableAutoUpdate: false, enableAutoUpdateNotification: false },
  privacy: { usageStatisticsEnabled: false },
};
