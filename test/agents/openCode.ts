/** OpenCode, run by `opencode run`. */

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { AgentUnderTest, ReportedTokens, TurnRequest } from './agentUnderTest.ts';
import { findPackage } from './installation.ts';
import { openCodeScenarios } from './openCodeScenarios.ts';
import type { Sandbox } from './sandbox.ts';
import type { Scenario } from './scenario.ts';

/** The program for Linux, which runs on every processor of its kind; `null` on systems that it is not for. */
export function openCode(agentsFolder: string): AgentUnderTest | null {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  const { folder, version } = findPackage(agentsFolder, 'opencode-linux-x64-baseline');
  return {
    agent: 'opencode',
    version,
    scenarios: openCodeScenarios,
    namesNoResponses: true,
    prepare,
    command: (request) => ({
      file: join(folder, 'bin', 'opencode'),
      args: ['run', '--format', 'json', ...argumentsFor(request)],
      environment: { OPENCODE_DISABLE_MODELS_FETCH: '1', OPENCODE_DISABLE_AUTOUPDATE: '1' },
    }),
    sessionKeyOf: ({ stdout }) => /"sessionID":"([^"]+)"/.exec(stdout)?.[1],
    reportedTokens,
  };
}

const usualModel = 'gpt-5.4';

function argumentsFor({ turn, sessionKey }: TurnRequest): string[] {
  const session = sessionKey === undefined ? [] : ['--session', sessionKey];
  const copy = turn.session === 'forked' ? ['--fork'] : [];
  return ['--model', `loopback/${turn.model ?? usualModel}`, ...session, ...copy, turn.prompt];
}

async function prepare({ home }: Sandbox, { turns }: Scenario, modelUrl: string): Promise<void> {
  const folder = join(home, '.config', 'opencode');
  const names = new Set([usualModel, ...turns.flatMap(({ model }) => model ?? [])]);
  const limit = { context: 400_000, output: 100_000 };
  const models = [...names].map((name) => [name, { reasoning: true, limit }]);
  const settings = {
    autoupdate: false,
    share: 'disabled',
    permission: 'allow',
    // Titles come from calls that are not logged.
    agent: { title: { disable: true } },
    provider: {
      loopback: {
        npm: '@ai-sdk/openai-compatible',
        options: { baseURL: `${modelUrl}/v1`, apiKey: 'sk-loopback' },
        models: Object.fromEntries(models),
      },
    },
  };
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'opencode.json'), JSON.stringify(settings));
}

const sums = `
  WITH RECURSIVE tree (id) AS (
    SELECT ? UNION SELECT session.id FROM session JOIN tree ON session.parent_id = tree.id
  )
  SELECT sum(tokens_input + tokens_cache_read + tokens_cache_write) AS prompt, sum(tokens_cache_read) AS cacheRead,
    sum(tokens_output + tokens_reasoning) AS output
  FROM session WHERE id IN tree`;

/** The sums that OpenCode keeps of each session, sub-agents included. */
async function reportedTokens({ home }: Sandbox, sessionKey: string): Promise<ReportedTokens> {
  const path = join(home, '.local', 'share', 'opencode', 'opencode.db');
  const database = new DatabaseSync(path, { readOnly: true });
  const row = database.prepare(sums).get(sessionKey);
  database.close();
  return { prompt: Number(row?.prompt), cacheRead: Number(row?.cacheRead), output: Number(row?.output) };
}
