/** OpenCode, run by `opencode run`, and Kilo Code, which was built on it. */

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { AgentId } from '../../src/domain/agent.ts';
import type { AgentUnderTest, ReportedTokens, TurnRequest } from './agentUnderTest.ts';
import { findPackage } from './installation.ts';
import { openCodeScenarios } from './openCodeScenarios.ts';
import type { Sandbox } from './sandbox.ts';
import type { Scenario } from './scenario.ts';

interface Member {
  readonly agent: AgentId;
  /** Of the program for Linux, which runs on every processor of its kind. */
  readonly packageName: string;
  /** Of its executable, its folders and its settings. */
  readonly name: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** `null` on systems that its program is not for. */
export function openCode(agentsFolder: string): AgentUnderTest | null {
  return memberUnderTest(agentsFolder, {
    agent: 'opencode',
    packageName: 'opencode-linux-x64-baseline',
    name: 'opencode',
    environment: { OPENCODE_DISABLE_MODELS_FETCH: '1', OPENCODE_DISABLE_AUTOUPDATE: '1' },
  });
}

/** `null` likewise. */
export function kilo(agentsFolder: string): AgentUnderTest | null {
  return memberUnderTest(agentsFolder, {
    agent: 'kilo',
    packageName: '@kilocode/cli-linux-x64-baseline',
    name: 'kilo',
    environment: {
      KILO_DISABLE_MODELS_FETCH: '1',
      KILO_DISABLE_AUTOUPDATE: '1',
      KILO_DISABLE_SESSION_INGEST: '1',
      KILO_TELEMETRY_LEVEL: 'off',
    },
  });
}

function memberUnderTest(agentsFolder: string, member: Member): AgentUnderTest | null {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  const { agent, name, environment } = member;
  const { folder, version } = findPackage(agentsFolder, member.packageName);
  return {
    agent,
    version,
    scenarios: openCodeScenarios,
    namesNoResponses: true,
    prepare: (sandbox, scenario, modelUrl) => prepare(name, sandbox, scenario, modelUrl),
    command: (request) => ({
      file: join(folder, 'bin', name),
      args: ['run', '--format', 'json', ...argumentsFor(request)],
      environment,
    }),
    sessionKeyOf: ({ stdout }) => /"sessionID":"([^"]+)"/.exec(stdout)?.[1],
    reportedTokens: (sandbox, sessionKey) => reportedTokens(name, sandbox, sessionKey),
  };
}

const usualModel = 'gpt-5.4';

function argumentsFor({ turn, sessionKey }: TurnRequest): string[] {
  const session = sessionKey === undefined ? [] : ['--session', sessionKey];
  const copy = turn.session === 'forked' ? ['--fork'] : [];
  return ['--model', `loopback/${turn.model ?? usualModel}`, ...session, ...copy, turn.prompt];
}

async function prepare(
  name: string,
  { home }: Sandbox,
  { turns, settings: own }: Scenario,
  modelUrl: string,
): Promise<void> {
  const folder = join(home, '.config', name);
  const names = new Set([usualModel, ...turns.flatMap(({ model }) => model ?? [])]);
  const [limit] = [...own.map((line) => JSON.parse(line)), { context: 400_000, output: 100_000 }];
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
  await writeFile(join(folder, `${name}.json`), JSON.stringify(settings));
}

const sums = `
  WITH RECURSIVE tree (id) AS (
    SELECT ? UNION SELECT session.id FROM session JOIN tree ON session.parent_id = tree.id
  )
  SELECT sum(tokens_input + tokens_cache_read + tokens_cache_write) AS prompt, sum(tokens_cache_read) AS cacheRead,
    sum(tokens_output + tokens_reasoning) AS output
  FROM session WHERE id IN tree`;

/** The sums that the agent keeps of each session, sub-agents included. */
async function reportedTokens(name: string, { home }: Sandbox, sessionKey: string): Promise<ReportedTokens> {
  const path = join(home, '.local', 'share', name, `${name}.db`);
  const database = new DatabaseSync(path, { readOnly: true });
  const row = database.prepare(sums).get(sessionKey);
  database.close();
  return { prompt: Number(row?.prompt), cacheRead: Number(row?.cacheRead), output: Number(row?.output) };
}
