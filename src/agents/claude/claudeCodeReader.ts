/** Claude Code: transcripts below `projects`, one folder a project, one file a session or sub-agent. */

import { applicationsFolder, expandHome, listFolders, pathsOf } from '../folders.ts';
import type { JsonValue, LogFile, LogFormat, LogRoot, Machine, Reader } from '../reader.ts';
import { agentMeta } from './agentMeta.ts';
import type { Memory } from './memory.ts';
import { placeOf } from './place.ts';
import { requestEvents, requestsFile } from './requestEvents.ts';
import { statusFile, statusFolder, statusLine } from './statusLine.ts';
import { TranscriptParser } from './transcriptParser.ts';

export const claudeCodeReader: Reader = {
  agent: 'claude-code',
  version: 5,
  roots,
  besides: (machine, folder) => [statusRoot(machine, configFolderOf(machine, folder))],
  formatOf(relativePath) {
    if (relativePath === statusFile) return statusLine;
    if (requestsFile.test(relativePath)) return requestEvents;
    if (/(?:^|\/)subagents\/(?:.*\/)?agent-[^/]+\.meta\.json$/.test(relativePath)) return agentMeta;
    // `journal.jsonl` holds the life cycle of workflow runs and no usage, `tool-results` what tools printed.
    const isTranscript =
      /\.jsonl$/.test(relativePath) && !/(?:^|\/)(?:journal\.jsonl$|tool-results\/)/.test(relativePath);
    return isTranscript && mayHoldLogs(relativePath) ? transcript : null;
  },
  mayHoldLogs,
};

const transcript: LogFormat = {
  kind: 'lines',
  open(log: LogFile, saved?: JsonValue) {
    // What the same version of this reader saved needs no check.
    return new TranscriptParser(placeOf(log.relativePath), saved as Memory | undefined);
  },
};

/**
 * The desktop application gives each of its sessions a home of its own, `<account>/<workspace>/local_<id>`. What lies
 * there beside the transcripts is the work itself, and a record of the same responses, `audit.jsonl`.
 */
function mayHoldLogs(relativePath: string): boolean {
  const inHome = /^(?:[^/]+\/){2,}?local_[^/]+\/(.*)$/.exec(relativePath)?.[1];
  return inHome === undefined || inHome === '.claude' || /^\.claude\/projects(?:\/|$)/.test(inHome);
}

/** Claude Code takes one folder in its variable; a comma list, also of `projects` folders, is common among tools. */
function roots(machine: Machine): readonly LogRoot[] {
  const paths = pathsOf(machine);
  const configFolders = listFolders(machine, 'CLAUDE_CONFIG_DIR') ?? defaultFolders(machine);
  const places = configFolders.map((folder) => configFolderOf(machine, folder));
  const kept = [...new Set(places)].flatMap((place) => [
    { path: paths.join(place, 'projects') },
    statusRoot(machine, place),
  ]);
  return [...kept, ...desktopFolders(machine).map((path) => ({ path }))];
}

function configFolderOf(machine: Machine, folder: string): string {
  const paths = pathsOf(machine);
  return paths.basename(folder) === 'projects' ? paths.dirname(folder) : folder;
}

function statusRoot(machine: Machine, configFolder: string): LogRoot {
  return { path: pathsOf(machine).join(configFolder, statusFolder), isFlat: true };
}

/** Versions differ in which of the two they use, and both may hold sessions. */
function defaultFolders(machine: Machine): readonly string[] {
  const configHome = machine.environment.XDG_CONFIG_HOME || '~/.config';
  return [pathsOf(machine).join(expandHome(machine, configHome), 'claude'), expandHome(machine, '~/.claude')];
}

/** As Windows names the package of the desktop application, where it was installed as one. */
const windowsPackage = ['Packages', 'Claude_pzs8sxrjxfjjc', 'LocalCache', 'Roaming'];

function desktopFolders(machine: Machine): readonly string[] {
  const paths = pathsOf(machine);
  const local = expandHome(machine, machine.environment.LOCALAPPDATA || '~/AppData/Local');
  const packages = machine.platform === 'win32' ? [paths.join(local, ...windowsPackage)] : [];
  return [applicationsFolder(machine), ...packages].map((folder) =>
    paths.join(folder, 'Claude', 'local-agent-mode-sessions'),
  );
}
