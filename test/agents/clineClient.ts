/**
 * An editor, as far as Cline needs one to go on with a session: on its command line it does so in a terminal alone.
 *
 *   node clineClient.ts PROGRAM MODEL SESSION PROMPT
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly result?: unknown;
  readonly error?: unknown;
}

const [program = '', model = '', sessionId = '', prompt = ''] = process.argv.slice(2);
const agent = spawn(program, ['--acp', '--auto-approve', 'true', '--model', model], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
const waiting = new Map<number, (answer: Message) => void>();

createInterface({ input: agent.stdout }).on('line', (line) => {
  const message = JSON.parse(line) as Message;
  if (message.method === undefined && message.id !== undefined) waiting.get(message.id)?.(message);
  else console.log(line);
});

await ask(1, 'initialize', { protocolVersion: 1, clientCapabilities: {} });
await ask(2, 'session/load', { sessionId, cwd: process.cwd(), mcpServers: [] });
console.log('\nloaded\n');
const { error } = await ask(3, 'session/prompt', { sessionId, prompt: [{ type: 'text', text: prompt }] });
if (error !== undefined) console.error(JSON.stringify(error));
agent.stdin.end();
agent.kill();
await once(agent, 'close');
process.exitCode = error === undefined ? 0 : 1;

function ask(id: number, method: string, params: object): Promise<Message> {
  agent.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
  return new Promise((resolve) => waiting.set(id, resolve));
}
