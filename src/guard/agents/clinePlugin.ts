/** The plugin that Cline's command line loads, in a process of its own. */

import { askingPlugin } from './askingPlugin.ts';
import type { Launcher } from './commandLine.ts';

export function clinePlugin(launcher: Launcher): string | null {
  return askingPlugin(launcher, { agent: 'cline', name: 'Cline', limitMs: 2_000, body });
}

/**
 * Whatever goes wrong in it allows, and soon: Cline ends the run of whoever is not answered in three seconds. To end it an
 * error is thrown: Cline shows its message, which it does not of the reason that it is given for a stop. What a hook is
 * handed does not name the session. Logs of sub-agents are written when they have ended, so what they will say is told.
 */
const body = `let sessionID;
const spawning = ['spawn_agent', 'team_spawn_teammate', 'team_run_task'];

const isSubAgent = ({ agentId, parentAgentId }) => Boolean(parentAgentId) && /^agent_\\d+_/.test(agentId);
const toLogged = ({ id, role, createdAt, modelInfo, metrics }) => ({ id, role, ts: createdAt, modelInfo, metrics });
const logged = (messages) => messages.filter(({ metrics }) => metrics).map(toLogged);
const toAsker = (agent) => ({
  sessionID,
  ...(isSubAgent(agent) && { agentID: agent.agentId, messages: logged(agent.messages) }),
});
const toMessage = (text) => ({
  id: 'token-burn',
  role: 'user',
  content: [{ type: 'text', text }],
  createdAt: Date.now(),
});

export default {
  name: 'token-burn',
  manifest: { capabilities: ['hooks'] },
  setup(_api, context) {
    sessionID = context?.session?.sessionId;
  },
  hooks: {
    beforeModel: async ({ snapshot, request }) => {
      const { kind, sentence } = await ask('beforeModel', toAsker(snapshot));
      if (kind === 'stop') throw new Error(sentence);
      return kind === 'wrapUp' ? { messages: [...request.messages, toMessage(sentence)] } : undefined;
    },
    beforeTool: async ({ snapshot, tool }) => {
      if (!spawning.includes(tool.name)) return undefined;
      const { kind, sentence } = await ask('beforeTool', { ...toAsker(snapshot), tool: tool.name });
      return kind === 'refuse' || kind === 'stop' ? { skip: true, reason: sentence } : undefined;
    },
  },
};
`;
