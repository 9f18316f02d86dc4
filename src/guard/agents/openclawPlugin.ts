/** The plugin that OpenClaw loads, into the process that runs its agents. */

import { askingPlugin } from './askingPlugin.ts';
import type { Launcher } from './commandLine.ts';

/** Whoever is not answered in fifteen seconds is refused by OpenClaw, which a slow guard must not be. */
export function openclawPlugin(launcher: Launcher): string | null {
  return askingPlugin(launcher, { agent: 'openclaw', name: 'OpenClaw', limitMs: 6_000, body });
}

/**
 * Whatever goes wrong in it allows. A refused tool ends no turn, so the run is aborted, of which OpenClaw says no more
 * than that: its log says why, and so does the answer to the next prompt.
 */
const body = `const engine = () => import('openclaw/plugin-sdk/agent-harness-runtime');
const attempt = (act) => engine().then(act).catch(() => {});

export default {
  id: 'token-burn',
  name: 'Token Burn',
  description: 'Holds sessions to your budgets.',
  register(api) {
    api.on('before_agent_run', async (_event, { sessionId }) => {
      const { kind, sentence } = await ask('before_agent_run', { sessionID: sessionId });
      return kind === 'stop' ? { outcome: 'block', reason: sentence, message: sentence } : undefined;
    });
    api.on('before_tool_call', async ({ toolName }, { sessionId }) => {
      const { kind, sentence } = await ask('before_tool_call', { sessionID: sessionId, tool: toolName });
      if (kind === 'wrapUp') await attempt(({ queueAgentHarnessMessage: tell }) => tell(sessionId, sentence));
      if (kind !== 'stop' && kind !== 'refuse') return undefined;
      if (kind === 'stop') {
        api.logger.warn(sentence);
        await attempt(({ abortAgentHarnessRun: abort }) => abort(sessionId));
      }
      return { block: true, blockReason: sentence };
    });
  },
};
`;
