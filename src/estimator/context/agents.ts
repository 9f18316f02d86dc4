/** What each coding agent puts into a prompt by itself, and what it makes of the files that the prompt names. */

import type { PromptAgentId } from '../../domain/promptAgent.ts';
import type { InstructionRule } from './instructionRules.ts';
import type { ReferenceSyntax } from './references.ts';

export interface PromptAgent {
  /** The ways of naming a file whose content is sent. Files named in other ways the agent may read, or not. */
  readonly sends: readonly ReferenceSyntax[];
  /** What a named folder sends: the names of what is in it, or the content of all files below it. */
  readonly folderSends: 'names' | 'files';
  readonly expandsGlobs: boolean;
  /** Where a relative path is looked for first: the folder of the file that names it, or the agent's own. */
  readonly readsFrom: 'document' | 'folder';
  /** Whether `/src/a.ts` means the agent's folder, and not the root of the disk. */
  readonly isRootedInFolder?: true;
  /** How many `@path` imports in instruction files are followed one from another; 0 where there are none. */
  readonly importHops: number;
  /** What all instruction files of the project may take together; `null` without a limit. */
  readonly projectLimitBytes: number | null;
  readonly rules: readonly InstructionRule[];
}

/**
 * Mentions: `@path`, `@"path"` and `@path#L1-L2`; a folder sends its listing
 * (https://code.claude.com/docs/en/common-workflows, "Reference files and directories"). Instructions: the managed
 * file, the user's, `CLAUDE.md`, `.claude/CLAUDE.md` and `CLAUDE.local.md` of the folder and all above it, those of
 * folders below as files there are read, `.claude/rules` with `paths`; imports four hops deep, not in code
 * (https://code.claude.com/docs/en/memory).
 */
const claudeCode: PromptAgent = {
  sends: ['mention'],
  folderSends: 'names',
  expandsGlobs: false,
  readsFrom: 'folder',
  importHops: 4,
  projectLimitBytes: null,
  rules: [
    { place: 'managed', names: ['CLAUDE.md'], takes: 'all' },
    { place: 'user', names: ['CLAUDE.md'], takes: 'all' },
    { place: 'user', names: ['rules'], takes: 'all', endings: ['.md'], scope: 'paths' },
    { place: 'fromRoot', names: ['CLAUDE.md', '.claude/CLAUDE.md', 'CLAUDE.local.md'], takes: 'all' },
    { place: 'fromRoot', names: ['.claude/rules'], takes: 'all', endings: ['.md'], scope: 'paths' },
    { place: 'below', names: ['CLAUDE.md', '.claude/CLAUDE.md', 'CLAUDE.local.md'], takes: 'all' },
    { place: 'below', names: ['.claude/rules'], takes: 'all', endings: ['.md'], scope: 'paths' },
  ],
};

/**
 * A mention puts the path alone into the prompt. Instructions: the first of `AGENTS.override.md` and `AGENTS.md` in
 * the user's folder, and in each folder from the project's root down, 32 KiB of the latter
 * (https://developers.openai.com/codex/guides/agents-md; `project_doc_max_bytes` in codex-rs/core/src/project_doc.rs).
 */
const codex: PromptAgent = {
  sends: [],
  folderSends: 'names',
  expandsGlobs: false,
  readsFrom: 'folder',
  importHops: 0,
  projectLimitBytes: 32 * 1024,
  rules: [
    { place: 'user', names: ['AGENTS.override.md', 'AGENTS.md'], takes: 'first' },
    { place: 'fromProject', names: ['AGENTS.override.md', 'AGENTS.md'], takes: 'first' },
  ],
};

/**
 * `#file:path` and Markdown links (https://code.visualstudio.com/docs/agent-customization/prompt-files). Instructions:
 * `copilot-instructions.md`, `AGENTS.md`, the files for Claude Code, and `*.instructions.md` whose `applyTo` fits; of
 * `AGENTS.md` in folders below only the paths are told
 * (https://code.visualstudio.com/docs/agent-customization/custom-instructions).
 */
const copilot: PromptAgent = {
  sends: ['hash', 'link', 'image'],
  folderSends: 'names',
  expandsGlobs: false,
  readsFrom: 'document',
  importHops: 0,
  projectLimitBytes: null,
  rules: [
    { place: 'folder', names: ['.github/copilot-instructions.md', 'AGENTS.md'], takes: 'all' },
    { place: 'home', names: ['.claude/CLAUDE.md'], takes: 'all' },
    { place: 'folder', names: ['CLAUDE.md', '.claude/CLAUDE.md', 'CLAUDE.local.md'], takes: 'all' },
    { place: 'user', names: ['instructions'], takes: 'all', endings: ['.instructions.md'], scope: 'applyTo' },
    {
      place: 'folder',
      names: ['.github/instructions'],
      takes: 'all',
      endings: ['.instructions.md'],
      scope: 'applyTo',
    },
    { place: 'home', names: ['.claude/rules'], takes: 'all', endings: ['.md'], scope: 'paths' },
    { place: 'folder', names: ['.claude/rules'], takes: 'all', endings: ['.md'], scope: 'paths' },
  ],
};

/**
 * `@path` for files and folders. Instructions: `.cursor/rules/**.mdc` that always apply or whose `globs` fit, the old
 * `.cursorrules`, and `AGENTS.md` of the folder and of those below (https://cursor.com/docs/rules).
 */
const cursor: PromptAgent = {
  sends: ['mention'],
  folderSends: 'names',
  expandsGlobs: false,
  readsFrom: 'folder',
  importHops: 0,
  projectLimitBytes: null,
  rules: [
    { place: 'folder', names: ['.cursor/rules'], takes: 'all', endings: ['.mdc'], scope: 'globs' },
    { place: 'folder', names: ['.cursorrules', 'AGENTS.md'], takes: 'all' },
    { place: 'below', names: ['AGENTS.md'], takes: 'all' },
  ],
};

/**
 * `@path` for files, patterns and whole folders (https://geminicli.com/docs/reference/commands, "At commands").
 * Instructions: `GEMINI.md` of the user, of the folder and those above it in the project, and of folders whose files
 * are read (https://geminicli.com/docs/cli/gemini-md); imports (https://geminicli.com/docs/reference/memport).
 */
const geminiCli: PromptAgent = {
  sends: ['mention'],
  folderSends: 'files',
  expandsGlobs: true,
  readsFrom: 'folder',
  importHops: 5,
  projectLimitBytes: null,
  rules: [
    { place: 'user', names: ['GEMINI.md'], takes: 'all' },
    { place: 'fromProject', names: ['GEMINI.md'], takes: 'all' },
    { place: 'below', names: ['GEMINI.md'], takes: 'all' },
  ],
};

/** As Gemini CLI, with names of its own (docs/users/features/memory.md of https://github.com/QwenLM/qwen-code). */
const qwenCode: PromptAgent = {
  ...geminiCli,
  rules: [
    { place: 'user', names: ['QWEN.md', 'AGENTS.md'], takes: 'all' },
    { place: 'fromProject', names: ['QWEN.md', 'AGENTS.md'], takes: 'all' },
    { place: 'folder', names: ['.qwen/QWEN.local.md'], takes: 'all' },
  ],
};

/**
 * `@path` for files and folders. Instructions: the files of the first name that is found from the folder up to the
 * project's root, and one of the user (https://opencode.ai/docs/rules; that both count, and the third name:
 * https://github.com/anomalyco/opencode/issues/9282).
 */
const openCode: PromptAgent = {
  sends: ['mention'],
  folderSends: 'names',
  expandsGlobs: false,
  readsFrom: 'folder',
  importHops: 0,
  projectLimitBytes: null,
  rules: [
    {
      place: 'fromProject',
      names: ['AGENTS.md', 'CLAUDE.md', 'CONTEXT.md'],
      takes: 'first',
      isOneNameOverall: true,
    },
    { place: 'home', names: ['.config/opencode/AGENTS.md', '.claude/CLAUDE.md'], takes: 'first' },
  ],
};

/**
 * `@/path` from the folder; a folder sends its listing. Instructions: `.clinerules`, a file or a folder whose files may
 * have `paths`, the user's rules, and those of other agents (https://docs.cline.bot/customization/cline-rules).
 */
const cline: PromptAgent = {
  sends: ['mention'],
  folderSends: 'names',
  expandsGlobs: false,
  readsFrom: 'folder',
  isRootedInFolder: true,
  importHops: 0,
  projectLimitBytes: null,
  rules: [
    {
      place: 'home',
      names: ['Documents/Cline/Rules', 'Cline/Rules'],
      takes: 'first',
      endings: ['.md', '.txt'],
      scope: 'paths',
    },
    { place: 'folder', names: ['.clinerules'], takes: 'all', endings: ['.md', '.txt'], scope: 'paths' },
    { place: 'folder', names: ['.clinerules', '.cursorrules', '.windsurfrules', 'AGENTS.md'], takes: 'all' },
  ],
};

export const promptAgents: Readonly<Record<PromptAgentId, PromptAgent>> = {
  'claude-code': claudeCode,
  codex,
  copilot,
  cursor,
  'gemini-cli': geminiCli,
  'qwen-code': qwenCode,
  opencode: openCode,
  cline,
};

/** Folders of agents on a machine, absolute and with slashes. */
export interface AgentPlaces {
  readonly homeFolder: string;
  /** `null` for agents without such a folder. */
  managedFolder(agent: PromptAgentId): string | null;
  userFolder(agent: PromptAgentId): string | null;
}
