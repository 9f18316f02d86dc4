/**
 * The one interface behind which it stays how an agent asks the guard and what it takes for an answer.
 *
 * Nothing here opens a file: settings are texts that come and go, and what an agent says is judged as it is. To add an
 * agent, write its guard, add it to `agentGuards.ts` and give it to the contract suite.
 */

import type { LogRecord } from '../../agents/fields.ts';
import type { Machine } from '../../agents/reader.ts';
import type { AgentId } from '../../domain/agent.ts';
import type { SessionKey } from '../../domain/budget.ts';
import type { Launcher } from './commandLine.ts';

/** How an agent's process is known among all others. */
export interface AgentProcess {
  /** The ways in which it is run. */
  readonly programs: readonly AgentProgram[];
  /** The arguments by which it runs without a terminal, and shows little of what hooks say. */
  readonly muteArguments: readonly string[];
  /** The arguments by which it serves several sessions or an editor: it is never interrupted then. */
  readonly sharedArguments: readonly string[];
  /** What ends it in order, where what Ctrl+C sends would leave its terminal as no shell wants it. */
  readonly signal?: 'SIGTERM';
  /** Programs of its own that stand between it and its hooks, beside shells; absent where there are none. */
  readonly helpers?: readonly AgentProgram[];
}

export interface AgentProgram {
  /** What the path of its executable is like, or the name where the system tells no more. */
  readonly executable: RegExp;
  /** Where that is a runtime of many programs, what the path of this one is like; `null` elsewhere. */
  readonly script: RegExp | null;
  /** What it calls itself in place of its whole command line, which then cannot be seen. */
  readonly title?: RegExp;
}

export interface AgentGuard {
  readonly id: AgentId;
  /** The first version of which a stop is known to hold. Older ones may let it pass. */
  readonly minVersion: string;
  /** At which of the agent's events the guard is asked, in the agent's own names. */
  readonly events: readonly string[];
  /**
   * The program to interrupt when an answer says so, or when it went on after it was answered to stop; `null` where that
   * would be the editor.
   */
  readonly process: AgentProcess | null;
  /** What interrupts a turn where that program is shared by several sessions; absent where none is. */
  readonly engine?: AgentEngine;
  /** The hook file is the guard's own, in a folder of such, and none of the agent's settings. */
  readonly isOwnFile: boolean;
  /** The agent comes with the editor, whose settings say whether it runs hooks; no folder of its own does. */
  readonly isOfEditor?: true;
  /**
   * Absolute paths of the files that may hold the hooks: the one to install into first, then others of the same user.
   *
   * @param logFolders the user's setting for the folders of its logs, which goes before its variables
   */
  hookFiles(machine: Machine, logFolders: readonly string[]): readonly [string, ...string[]];
  /**
   * The text with the hooks in it; the same text where they are there already. All else stays as it is, to the byte.
   *
   * @param text `null` where there is no file
   */
  install(text: string | null, launcher: Launcher): string | Refusal;
  /** The text without the hooks, `null` where nothing is left of the file; the same text where it holds none. */
  uninstall(text: string, launcher: Launcher): string | null | Refusal;
  /** Whether the hooks of all events are there. */
  isInstalled(text: string, launcher: Launcher): boolean;
  /** Whether the file switches off all hooks, the guard's among them. */
  isSwitchedOff(text: string): boolean;
  /** Where the agent asks its user before it runs a hook: what the user said. */
  readonly trust?: HookTrust;
  toAnswer(event: string, decision: Decision, isSubAgent?: boolean): HookAnswer;
  /**
   * Who asks, by what the agent wrote to the hook and the hook's environment; `null` where it names no session. All of
   * it is untrusted.
   */
  sessionOf(input: LogRecord, environment: Environment): AskingSession | null;
}

export interface AgentEngine {
  /** Absolute path of the socket at which it listens to programs of its user. */
  socket(machine: Machine): string;
  /** What has it interrupt the turn that asks; `null` where the agent does not name it. */
  interruption(asking: AskingSession): readonly EngineMessage[] | null;
}

/** One of JSON-RPC. */
export interface EngineMessage {
  /** Of a request, which is answered. */
  readonly id?: number;
  readonly method: string;
  readonly params?: object;
}

export interface HookTrust {
  /** Absolute path of the file that it is kept in. */
  file(hookFile: string): string;
  /** @param text of that file, `null` where there is none */
  read(text: string | null, hookFile: string, hooks: string, launcher: Launcher): Trust;
}

/** `off`: the user switched hooks off, all of them or ours. `unreadable`: the file tells nothing. */
export type Trust = 'trusted' | 'untrusted' | 'off' | 'unreadable';

export type Environment = Machine['environment'];

/** Why a file is left as it is. */
export interface Refusal {
  /**
   * - `unreadable`: it is no JSON with comments
   * - `unexpected`: where hooks belong stands something else, or the file is not the guard's own
   * - `unquotable`: the launcher's path cannot be given to this agent's shell
   */
  readonly refused: 'unreadable' | 'unexpected' | 'unquotable';
}

export function isRefusal(result: string | null | Refusal): result is Refusal {
  return typeof result === 'object' && result !== null;
}

/** What an agent is told, with the sentence that it or its user reads. */
export type Decision =
  | { readonly kind: 'allow' }
  /** Conclude. */
  | { readonly kind: 'wrapUp'; readonly sentence: string }
  /** Do not run this one tool; the turn goes on. */
  | { readonly kind: 'refuse'; readonly sentence: string }
  /** End the turn, or do not begin it. */
  | { readonly kind: 'stop'; readonly sentence: string };

/** What the hook prints, and how it ends. */
export interface HookAnswer {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
  /** The agent's process is to be interrupted as well: no answer ends its turn. */
  readonly interrupts: boolean;
  /** What its user would not read of it where it runs without a terminal. */
  readonly unshown: string;
}

/** Who asks. */
export interface AskingSession {
  /** The session as the ledger knows it. For a sub-agent, the outermost one where the agent tells it. */
  readonly session: SessionKey;
  /** The ledger's key of the sub-agent that asks. */
  readonly subAgent: string | null;
  /** The log as the agent names it: to be followed only below the folders of its logs. */
  readonly transcriptPath: string | null;
  /** Where it is at work, as the agent says; `null` where it does not. */
  readonly folder: string | null;
  /** The tool that it wants to run or has run. */
  readonly tool: string | null;
  /** That tool starts a sub-agent. */
  readonly startsSubAgent: boolean;
  /** The turn that asks, by the agent's own id. */
  readonly turn?: string;
  /** Another program drives the agent, and would lose it with its process: it is never interrupted then. */
  readonly isDriven?: true;
  /** What its log does not say before it has ended. */
  readonly unwritten?: UnwrittenLog;
}

/** A document that the agent is going to write. */
export interface UnwrittenLog {
  /** Where, as in `LogFile`. */
  readonly relativePath: string;
  readonly text: string;
}

/** Beside the sentence, where an agent shows its user two texts of one stop. */
export const turnEnded = 'Token Burn ended this turn.';

/** Go on. */
export const silent: HookAnswer = { stdout: '', stderr: '', exitCode: 0, interrupts: false, unshown: '' };

export function say(answer: Readonly<Record<string, unknown>>): HookAnswer {
  return { ...silent, stdout: `${JSON.stringify(answer)}\n` };
}
