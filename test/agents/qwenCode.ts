/** Qwen Code, run by a prompt on its command line. */

import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AgentUnderTest, CountedTokens, TurnRequest } from './agentUnderTest.ts';
import { findPackage } from './installation.ts';
import { qwenScenarios } from './qwenScenarios.ts';
import type { Sandbox } from './sandbox.ts';
import type { Scenario } from './scenario.ts';

export function qwenCode(agentsFolder: string): AgentUnderTest {
  const { folder, version } = findPackage(agentsFolder, '@qwen-code/qwen-code');
  return {
    agent: 'qwen-code',
    version,
    scenarios: qwenScenarios,
    namesNoResponses: true,
    prepare,
    command: (request) => ({
      file: process.execPath,
      args: [join(folder, 'cli-entry.js'), ...argumentsFor(request)],
      environment: {
        OPENAI_API_KEY: 'loopback',
        OPENAI_BASE_URL: `${request.modelUrl}/v1`,
        OPENAI_MODEL: request.turn.model ?? usualModel,
        QWEN_CODE_NO_RELAUNCH: 'true',
        ...nowhere,
      },
    }),
    sessionKeyOf: ({ stdout }) => /"session_id":\s*"([^"]+)"/.exec(stdout)?.[1],
    countedTokens,
  };
}

const usualModel = 'qwen3-coder-plus';

function argumentsFor({ turn, sessionKey }: TurnRequest): string[] {
  const session = sessionKey === undefined ? [] : ['--resume', sessionKey];
  const fork = turn.session === 'forked' ? ['--fork-session'] : [];
  const options = ['--yolo', '--auth-type', 'openai', '--output-format', 'json'];
  return ['-p', turn.prompt, ...options, ...session, ...fork];
}

async function prepare({ home }: Sandbox, { settings: own }: Scenario): Promise<void> {
  const folder = join(home, '.qwen');
  await mkdir(folder);
  const all = Object.assign({}, settings, ...own.map((line) => JSON.parse(line)));
  await writeFile(join(folder, 'settings.json'), JSON.stringify(all));
}

const settings = {
  general: { enableAutoUpdate: false },
  // Else it asks the model after each session what to remember of it.
  memory: { enableManagedAutoMemory: false },
};

/** Its own count is kept only together with statistics for its maker: nothing but the model can be reached. */
const nowhere = {
  HTTPS_PROXY: 'http://127.0.0.1:9',
  HTTP_PROXY: 'http://127.0.0.1:9',
  NO_PROXY: '127.0.0.1',
};

interface UsageRow {
  readonly inputTokens: number;
  readonly cachedTokens: number;
  readonly outputTokens: number;
}

/** One line a request, whoever made it; thoughts are within the output, as the model's protocol counts them. */
async function countedTokens({ home }: Sandbox): Promise<CountedTokens> {
  const folder = join(home, '.qwen', 'usage');
  const files = await Promise.all(
    (await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')),
  );
  const rows = files
    .flatMap((file) => file.split('\n').filter((line) => line !== ''))
    .map((line) => JSON.parse(line) as UsageRow);
  const sum = (name: keyof UsageRow) => rows.reduce((total, row) => total + row[name], 0);
  return {
    receipts: rows.length,
    prompt: sum('inputTokens'),
    cacheRead: sum('cachedTokens'),
    output: sum('outputTokens'),
  };
}
