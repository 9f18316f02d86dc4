/**
 * A terminal of Codex, as far as its engine needs one: turns are run in the engine, which terminals share.
 *
 *   node codexClient.ts PROGRAM MODEL SESSION PROMPT
 *
 * An empty session begins a new one. Everything that the engine tells is printed, a message a line.
 */

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { WebSocket } from 'ws';

interface Hook {
  readonly key: string;
  readonly currentHash: string;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly result?: {
    readonly thread?: { readonly id: string };
    readonly data?: readonly { readonly hooks: readonly Hook[] }[];
  };
}

const [program = '', model = '', session = '', prompt = ''] = process.argv.slice(2);
const args = [program, 'app-server', '--listen', 'unix://'];
const engine = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] });
const path = join(homedir(), '.codex', 'app-server-control', 'app-server-control.sock');
const waiting = new Map<number, (message: Message) => void>();
let end = () => {};
const ended = new Promise<void>((resolve) => {
  end = resolve;
});

while (!existsSync(path)) await wait(100);
const socket = new WebSocket(`ws+unix:${path}:/`);
await new Promise((resolve) => socket.once('open', resolve));
socket.on('message', (data) => {
  console.log(String(data));
  const message = JSON.parse(String(data)) as Message;
  if (message.id !== undefined) waiting.get(message.id)?.(message);
  if (message.method === 'turn/completed') end();
});

const clientInfo = { name: 'test', title: null, version: '1' };
await ask(1, 'initialize', { clientInfo, capabilities: null });
socket.send(JSON.stringify({ method: 'initialized' }));
await trustHooks();
const settings = { model, cwd: process.cwd(), approvalPolicy: 'never', sandbox: 'danger-full-access' };
const opened = await (session === ''
  ? ask(4, 'thread/start', settings)
  : ask(4, 'thread/resume', { ...settings, threadId: session }));
const input = [{ type: 'text', text: prompt, text_elements: [] }];
await ask(5, 'turn/start', { threadId: opened.result?.thread?.id, input });
await ended;
socket.terminate();
engine.kill();

/** As a user does who has reviewed them. */
async function trustHooks(): Promise<void> {
  const { result } = await ask(2, 'hooks/list', { cwds: [process.cwd()] });
  const hooks = result?.data?.flatMap((entry) => entry.hooks) ?? [];
  const state = hooks.map(({ key, currentHash }) => [key, { trusted_hash: currentHash }]);
  const edit = { keyPath: 'hooks.state', value: Object.fromEntries(state), mergeStrategy: 'upsert' };
  await ask(3, 'config/batchWrite', { edits: [edit], reloadUserConfig: true });
}

function ask(id: number, method: string, params: object): Promise<Message> {
  socket.send(JSON.stringify({ id, method, params }));
  return new Promise((resolve) => waiting.set(id, resolve));
}
