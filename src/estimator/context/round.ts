/** One assembly of a prompt: what all its steps share. */

import type { PromptAgentId } from '../../domain/promptAgent.ts';
import type { CountedText } from '../countedText.ts';
import type { Encoding } from '../encoding.ts';
import { type AgentPlaces, type PromptAgent, promptAgents } from './agents.ts';
import type { Files } from './files.ts';
import type { KnownFiles } from './knownFiles.ts';
import { type Reach, reachOf } from './reach.ts';
import type { LineSpan } from './references.ts';
import { RoundFiles } from './roundFiles.ts';

/** A prompt and where it is written. Paths are absolute, with slashes. */
export interface Prompt {
  readonly text: string;
  readonly agent: PromptAgentId;
  /** `null` for a text that is not saved. */
  readonly document: string | null;
  /** The folder that the agent works in. */
  readonly folder: string;
  /** All folders of the workspace. */
  readonly folders: readonly string[];
}

export interface RoundParts {
  readonly files: Files;
  readonly known: KnownFiles;
  readonly places: AgentPlaces;
  readonly encoding: Encoding;
  /** The text of a document with changes that are not saved; `undefined` where the file is as it is on disk. */
  live(path: string): CountedText | undefined;
  /** Whether it is time to answer with what there is. */
  isLate(): boolean;
}

export interface Round extends Omit<RoundParts, 'files'> {
  readonly files: RoundFiles;
  readonly prompt: Prompt;
  readonly agent: PromptAgent;
  readonly reach: Reach;
  /** Whether a file, or lines of it, is not in the prompt yet and has room there; it is in it from now on. */
  take(realPath: string, lines: LineSpan | null): boolean;
  /** Whether there was no room for a part. */
  isFull(): boolean;
}

/** Parts in all: more than a prompt may name, since instructions import each other without bounds. */
const mostParts = 600;

export async function beginRound(prompt: Prompt, parts: RoundParts): Promise<Round> {
  const files = new RoundFiles(parts.files, parts.isLate);
  const folders = await withRealPaths(prompt.folders, files);
  const taken = new Set<string>();
  let isFull = false;
  if (prompt.document !== null) taken.add(await realPathOf(prompt.document, files));
  return {
    ...parts,
    files,
    isLate: () => files.isLate(),
    prompt,
    agent: promptAgents[prompt.agent],
    reach: reachOf(prompt.agent, folders, parts.places),
    take(realPath, lines) {
      const key = lines === null ? realPath : `${realPath}#${lines.first}-${lines.last}`;
      if (taken.has(realPath) || taken.has(key)) return false;
      isFull ||= taken.size >= mostParts;
      if (!isFull) taken.add(key);
      return !isFull;
    },
    isFull: () => isFull,
  };
}

async function withRealPaths(folders: readonly string[], files: RoundFiles): Promise<readonly string[]> {
  const real = await Promise.all(folders.map((folder) => realPathOf(folder, files)));
  return [...new Set([...folders, ...real])];
}

async function realPathOf(path: string, files: RoundFiles): Promise<string> {
  const state = await files.look(path);
  return 'realPath' in state ? state.realPath : path;
}
