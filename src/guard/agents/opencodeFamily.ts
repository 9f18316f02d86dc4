/**
 * OpenCode and what was built on it: a plugin that asks before each request and around tools, and aborts the session when
 * it is told to.
 */

import { expandHome, pathsOf } from '../../agents/folders.ts';
import type { Machine } from '../../agents/reader.ts';
import type { AgentId } from '../../domain/agent.ts';
import type { AgentGuard } from './agentGuard.ts';
import { binary } from './agentPrograms.ts';
import { pluginMark } from './askingPlugin.ts';
import { filesBelow } from './filesBelow.ts';
import { opencodePlugin } from './opencodePlugin.ts';
import { ownFile } from './ownFile.ts';
import { askedByPlugin, toPluginAnswer } from './pluginAnswers.ts';

export interface FamilyMember {
  readonly id: AgentId;
  readonly minVersion: string;
  /** What its executable is called, and its folder among the settings of programs. */
  readonly program: string;
  /** The arguments by which it serves several sessions or an editor. */
  readonly sharedArguments: readonly string[];
  /** The variable that names another folder for its settings. */
  readonly configVariable: string;
  /** Where it looks for plugins besides; `~` stands for the home folder. */
  readonly otherFolders: readonly string[];
}

export function familyGuard(member: FamilyMember): AgentGuard {
  const { id, minVersion, program, sharedArguments } = member;
  return {
    id,
    minVersion,
    events: ['chat.params', 'tool.execute.before', 'tool.execute.after'],
    process: { programs: [binary(program)], muteArguments: ['run'], sharedArguments },
    hookFiles: (machine) =>
      filesBelow(machine, configFolders(member, machine), [], 'plugins', 'token-burn.js'),
    ...ownFile((launcher) => opencodePlugin(launcher, id), pluginMark),
    toAnswer: toPluginAnswer,
    sessionOf: (input) => askedByPlugin(id, input, 'task'),
  };
}

/** Its settings lie apart from its data, the same way on all systems. */
function configFolders(
  { program, configVariable, otherFolders }: FamilyMember,
  machine: Machine,
): readonly string[] {
  const { [configVariable]: named, XDG_CONFIG_HOME: config } = machine.environment;
  const usual = pathsOf(machine).join(expandHome(machine, config || '~/.config'), program);
  return [...(named ? [named] : []), usual, ...otherFolders];
}
