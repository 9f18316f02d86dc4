/** The plugin that OpenCode loads. It holds no budget and reads no log: it asks the launcher, and does as it is told. */

import type { Launcher } from './commandLine.ts';

export const pluginMark = '// Written by Token Burn';

/** The whole file; `null` where Windows cannot be given the launcher's path. */
export function opencodePlugin({ path, platform }: Launcher): string | null {
  if (/\p{Cc}/u.test(path) || (platform === 'win32' && /["%!^&]/.test(path))) return null;
  return source(platform === 'win32' ? viaCmd(path) : direct(path));
}

function direct(path: string): string {
  return `spawn(${JSON.stringify(path)}, ['opencode', event], options)`;
}

/** Windows starts a script through its shell alone. */
function viaCmd(path: string): string {
  const line = JSON.stringify(`""${path}.cmd" opencode `);
  return `spawn('cmd.exe', ['/d', '/s', '/c', ${line} + event + '"'], { ...options, windowsVerbatimArguments: true })`;
}

/**
 * Whatever goes wrong in it allows. An error alone, without the abort, would have OpenCode try again for minutes. With the
 * abort OpenCode shows no error: without a terminal of its own what is written to the error output is seen, else a toast.
 */
function source(start: string): string {
  return `${pluginMark}, on your command: holds OpenCode to your budgets.
// "Token Burn: Remove Guard" takes it away again.
import { spawn } from 'node:child_process';

const options = { stdio: ['pipe', 'pipe', 'ignore'], timeout: 10_000, windowsHide: true };

function ask(event, question) {
  return new Promise((resolve) => {
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

export const TokenBurn = async ({ client }) => {
  const abort = (id) => client.session.abort({ path: { id } }).catch(() => {});
  const tell = async (message) => {
    try {
      if (process.argv.includes('run')) console.error(message);
      else await client.tui.showToast({ body: { message, variant: 'error' } });
    } catch {
      // It is said at the next prompt.
    }
  };
  return {
    'chat.params': async ({ sessionID }) => {
      const { kind, sentence } = await ask('chat.params', { sessionID });
      if (kind !== 'stop') return;
      await tell(sentence);
      await abort(sessionID);
      throw new Error(sentence);
    },
    'tool.execute.before': async ({ tool, sessionID }) => {
      if (tool !== 'task') return;
      const { kind, sentence } = await ask('tool.execute.before', { sessionID, tool });
      if (kind === 'refuse' || kind === 'stop') throw new Error(sentence);
    },
    'tool.execute.after': async ({ tool, sessionID }, result) => {
      const { kind, sentence } = await ask('tool.execute.after', { sessionID, tool });
      if (kind === undefined) return;
      if (kind !== 'refuse' && typeof result?.output === 'string') result.output += '\\n\\n' + sentence;
      if (kind === 'stop') await abort(sessionID);
    },
  };
};
`;
}
