/**
 * OpenClaw's gateway, which runs sub-agents as well, and a prompt to it. It is ended when nothing of all that was started
 * is written any more.
 *
 *   node openclawClient.ts PROGRAM PROMPT-ARGUMENT...
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';

const [program = '', ...promptArguments] = process.argv.slice(2);
const port = String(await freePort());
const env = { ...process.env, OPENCLAW_GATEWAY_PORT: port, OPENCLAW_GATEWAY_TOKEN: 'loopback-token' };

const gateway = spawn(process.execPath, [program, 'gateway', 'run', '--bind', 'loopback', '--port', port], {
  env,
  stdio: ['ignore', 'pipe', 'inherit'],
});
await new Promise<void>((resolve) => {
  gateway.stdout.on('data', (text) => {
    process.stdout.write(text);
    if (String(text).includes('[gateway] ready')) resolve();
  });
});
const client = spawn(process.execPath, [program, ...promptArguments], {
  env,
  stdio: ['ignore', 'inherit', 'inherit'],
});
const [code] = await once(client, 'close');
await untilRest();
gateway.kill();
await once(gateway, 'close');
process.exitCode = code ?? 1;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Sub-agents go on after the prompt was answered, and what they found out is told to the agent that started them. */
async function untilRest(): Promise<void> {
  for (let before = -1, now = countEvents(); before !== now; ) {
    await wait(4_000);
    [before, now] = [now, countEvents()];
  }
}

function countEvents(): number {
  const path = join(homedir(), '.openclaw', 'agents', 'main', 'agent', 'openclaw-agent.sqlite');
  const database = new DatabaseSync(path, { readOnly: true });
  const row = database.prepare('SELECT count(*) AS events FROM transcript_events').get();
  database.close();
  return Number(row?.events);
}
