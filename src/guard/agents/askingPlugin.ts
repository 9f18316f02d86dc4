/** What plugins of agents have in common: they hold no budget and read no log, but ask the launcher and do as they are told. */

import type { AgentId } from '../../domain/agent.ts';
import type { Launcher } from './commandLine.ts';

export const pluginMark = '// Written by Token Burn';

export interface AskingPlugin {
  readonly agent: AgentId;
  /** Its name for people. */
  readonly name: string;
  /** After this the agent goes on unasked, in milliseconds. */
  readonly limitMs: number;
  /** JavaScript of a module, in which `ask(event, question)` resolves to what was decided and never rejects. */
  readonly body: string;
}

/** The whole file; `null` where Windows cannot be given the launcher's path. */
export function askingPlugin({ path, platform }: Launcher, plugin: AskingPlugin): string | null {
  if (/\p{Cc}/u.test(path) || (platform === 'win32' && /["%!^&]/.test(path))) return null;
  const start = platform === 'win32' ? viaCmd(path, plugin.agent) : direct(path, plugin.agent);
  return `${head(plugin, start)}\n${plugin.body}`;
}

function direct(path: string, agent: AgentId): string {
  return `spawn(${JSON.stringify(path)}, ['${agent}', event], options)`;
}

/** Windows starts a script through its shell alone. */
function viaCmd(path: string, agent: AgentId): string {
  const line = JSON.stringify(`""${path}.cmd" ${agent} `);
  return `spawn('cmd.exe', ['/d', '/s', '/c', ${line} + event + '"'], { ...options, windowsVerbatimArguments: true })`;
}

/** What the launcher started may keep its output open after the launcher has ended: nobody waits for that. */
function head({ name, limitMs }: AskingPlugin, start: string): string {
  return `${pluginMark}, on your command: holds ${name} to your budgets.
// "Token Burn: Remove Guard" takes it away again.
import { spawn } from 'node:child_process';

const limitMs = ${limitMs};
const options = { stdio: ['pipe', 'pipe', 'ignore'], timeout: limitMs, windowsHide: true };

function ask(event, question) {
  return new Promise((resolve) => {
    setTimeout(() => resolve({}), limitMs).unref();
    try {
      const guard = ${start};
      let answer = '';
      guard.on('error', () => resolve({}));
      guard.stdin.on('error', () => {});
      guard.stdout.on('data', (part) => {
        answer += part;
      });
      guard.on('close', () => {
        try {
          resolve(JSON.parse(answer) ?? {});
        } catch {
          resolve({});
        }
      });
      guard.stdin.end(JSON.stringify(question));
    } catch {
      resolve({});
    }
  });
}
`;
}
