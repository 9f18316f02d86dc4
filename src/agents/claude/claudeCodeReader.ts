/** Claude Code: transcripts below `projects`, one folder a project, one file a session or sub-agent. */

import { expandHome, listFolders, pathsOf } from '../folders.ts';
import type { JsonValue, LogFile, LogFormat, LogRoot, Machine, Reader } from '../reader.ts';
import type { Memory } from './memory.ts';
import { placeOf } from './place.ts';
import { TranscriptParser } from './transcriptParser.ts';

export const claudeCodeReader: Reader = {
  agent: 'claude-code',
  version: 2,
  roots,
  formatOf(relativePath) {
    // `journal.jsonl` holds the life cycle of workflow runs and no usage.
    const isTranscript = relativePath.endsWith('.jsonl') && !/(?:^|\/)journal\.jsonl$/.test(relativePath);
    return isTranscript ? transcript : null;
  },
};

const transcript: LogFormat = {
  kind: 'lines',
  open(log: LogFile, saved?: JsonValue) {
    // What the same version of this reader saved needs no check.
    return new TranscriptParser(placeOf(log.relativePath), saved as Memory | undefined);
  },
};

/** Claude Code takes one folder in its variable; a comma list, also of `projects` folders, is common among tools. */
function roots(machine: Machine): readonly LogRoot[] {
  const paths = pathsOf(machine);
  const configFolders = listFolders(machine, 'CLAUDE_CONFIG_DIR') ?? defaultFolders(machine);
  const projects = configFolders.map((folder) =>
    paths.basename(folder) === 'projects' ? folder : paths.join(folder, 'projects'),
  );
  return [...new Set(projects)].map((path) => ({ path }));
}

/** Versions differ in which of the two they use, and both may hold sessions. */
function defaultFolders(machine: Machine): readonly string[] {
  const configHome = machine.environment.XDG_CONFIG_HOME || '~/.config';
  return [pathsOf(machine).join(expandHome(machine, configHome), 'claude'), expandHome(machine, '~/.claude')];
}
