/** OpenClaw: a plugin that asks before each run of an agent and before tools, and aborts the run when it is told to. */

import { expandHome } from '../../agents/folders.ts';
import { asOpenclaw } from '../../agents/openclaw/openclawHome.ts';
import type { Machine } from '../../agents/reader.ts';
import type { AgentGuard } from './agentGuard.ts';
import { titledScript } from './agentPrograms.ts';
import { filesBelow } from './filesBelow.ts';
import { openclawSettings } from './openclawSettings.ts';
import { askedByPlugin, toPluginAnswer } from './pluginAnswers.ts';

const id = 'openclaw';

export const openclawGuard: AgentGuard = {
  id,
  minVersion: '2026.9.6',
  events: ['before_agent_run', 'before_tool_call'],
  process: {
    // It is named after its command.
    programs: [titledScript(/^openclaw-(?:agent|chat|tui|gateway)$/)],
    muteArguments: ['openclaw-agent'],
    sharedArguments: ['openclaw-gateway'],
  },
  hookFiles,
  ...openclawSettings,
  toAnswer: toPluginAnswer,
  sessionOf: (input) => askedByPlugin(id, input, 'sessions_spawn'),
};

/** The user's folders for its logs may name the `agents` below the folder that is meant. */
function hookFiles(machine: Machine, logFolders: readonly string[]): readonly [string, ...string[]] {
  const {
    OPENCLAW_CONFIG_PATH: file,
    OPENCLAW_STATE_DIR: named,
    OPENCLAW_PROFILE: profile,
  } = machine.environment;
  const own = profile && profile !== 'default' ? [`~/.openclaw-${profile}`] : [];
  const inHome = (folder: string) => expandHome(machine, folder);
  const folders = [
    ...logFolders.map(inHome),
    ...(named ? [named] : own),
    '~/.openclaw',
    inHome('~/.openclaw'),
  ];
  const files = filesBelow(asOpenclaw(machine), folders, ['agents'], 'openclaw.json');
  if (!file) return files;
  const first = expandHome(asOpenclaw(machine), file);
  return [first, ...files.filter((path) => path !== first)];
}
