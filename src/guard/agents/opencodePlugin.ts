/** The plugin that OpenCode loads, and agents that were built on it. */

import { type AgentId, agentNames } from '../../domain/agent.ts';
import { askingPlugin } from './askingPlugin.ts';
import type { Launcher } from './commandLine.ts';

export function opencodePlugin(launcher: Launcher, agent: AgentId): string | null {
  return askingPlugin(launcher, { agent, name: agentNames[agent], limitMs: 10_000, body });
}

/**
 * Whatever goes wrong in it allows. An error alone, without the abort, would have OpenCode try again for minutes. With the
 * abort OpenCode shows no error: without a terminal of its own what is written to the error output is seen, else a toast.
 */
const body = `export const TokenBurn = async ({ client }) => {
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
