/** How each agent is run so that it runs its hooks and says why it was stopped. */

import type { AgentUnderTest } from '../agentUnderTest.ts';
import { claudeCode } from '../claudeCode.ts';
import { cline } from '../cline.ts';
import { codex } from '../codex.ts';
import { copilotCli } from '../copilotCli.ts';
import { geminiCli } from '../geminiCli.ts';
import { kilo, openCode } from '../openCode.ts';
import { inGateway, openclaw } from '../openclaw.ts';
import { oldPi, pi } from '../pi.ts';
import { qwenCode } from '../qwenCode.ts';
import type { Command } from '../sandbox.ts';

export interface RunawayAgent {
  readonly agent: AgentUnderTest;
  /** How it is run where it starts sub-agents; absent where that is all the same. */
  readonly withHelpers?: AgentUnderTest;
  /** One that the price lists have. */
  readonly model: string;
  readonly says: Saying;
  /** Calls of sub-agents, answered at once, that are made before its log tells of them. */
  readonly lateCalls?: number;
  readonly hasNoSubAgents?: true;
}

/** What must stand in the agent's own output, run without a terminal. */
export interface Saying {
  readonly stopped: RegExp;
  /** To a prompt while the session is stopped. */
  readonly refused: RegExp;
  /** Where the model is told to conclude; `null` where no answer reaches it in the middle of a turn. */
  readonly wrapUp: WrapUp | null;
}

export interface WrapUp {
  readonly sentence: RegExp;
  /** In place of the usual one, for agents whose logs tell of a call only with the next one. */
  readonly percent?: number;
}

const reached = /Token Burn: budget reached\. (?:At least )?\$[\d.]+ of \$[\d.]+ spent/;
const wrapUp: WrapUp = { sentence: /say what is left to do/ };
export const usual: Saying = { stopped: reached, refused: reached, wrapUp };
/** @param agentsFolder see `installation.ts` */
export function runawayAgents(agentsFolder: string): RunawayAgent[] {
  const members = [openCode(agentsFolder), kilo(agentsFolder)].filter((one) => one !== null);
  const clineOnLinux = cline(agentsFolder);
  return [
    {
      agent: withArguments(claudeCode(agentsFolder), tellingAll),
      model: 'claude-opus-5-5',
      says: usual,
    },
    { agent: inShell(withArguments(codex(agentsFolder), asReviewed)), model: 'gpt-5.4', says: usual },
    { agent: copilotCli(agentsFolder), model: 'gpt-5.4', says: { ...usual, wrapUp: null } },
    ...members.map((member) => ({
      agent: withArguments(member, asUsual),
      model: 'gpt-5.4',
      says: { ...usual, wrapUp: { ...wrapUp, percent: 70 } },
    })),
    { agent: geminiCli(agentsFolder), model: 'gemini-2.5-pro', says: usual },
    {
      agent: inShell(withArguments(qwenCode(agentsFolder), asText)),
      model: 'gpt-5.4',
      says: usual,
      lateCalls: 12,
    },
    ...(clineOnLinux === null ? [] : [{ agent: clineOnLinux, model: 'gpt-5.4', says: usual }]),
    {
      agent: openclaw(agentsFolder),
      withHelpers: inGateway(openclaw(agentsFolder)),
      model: 'gpt-5.4',
      says: usual,
    },
    ...[oldPi(agentsFolder), pi(agentsFolder)].map((agent) => ({
      agent: withArguments(agent, asText),
      model: 'gpt-5.4',
      says: usual,
      hasNoSubAgents: true as const,
    })),
  ];
}

type Rewrite = (args: readonly string[]) => string[];

function withArguments(agent: AgentUnderTest, rewrite: Rewrite): AgentUnderTest {
  const rewritten = (command: Command) => ({ ...command, args: rewrite(command.args) });
  return { ...agent, command: (request) => rewritten(agent.command(request)) };
}

/** Without a terminal it tells what hooks said in the middle of a turn in this form alone. */
function tellingAll(args: readonly string[]): string[] {
  return [...args.map((one) => (one === 'json' ? 'stream-json' : one)), '--verbose'];
}

/**
 * As text, which tells of hooks. A user is asked in its terminal, where hooks are reviewed; `codex exec` leaves hooks out
 * that were not.
 */
function asReviewed(args: readonly string[]): string[] {
  const [program = '', verb = '', ...rest] = args.filter((one) => one !== '--json');
  return [program, verb, '--dangerously-bypass-hook-trust', ...rest];
}

/** With an error output that can be written to, as in a terminal: what Node makes for its children is a socket. */
function inShell(agent: AgentUnderTest): AgentUnderTest {
  const script = '"$@" 2>>"$HOME/said"; code=$?; cat "$HOME/said" >&2; exit "$code"';
  const wrapped = ({ file, args, ...rest }: Command) => {
    return { ...rest, file: 'sh', args: ['-c', script, 'sh', file, ...args] };
  };
  return { ...agent, command: (request) => wrapped(agent.command(request)) };
}

function asText(args: readonly string[]): string[] {
  return args.map((one) => (one === 'json' ? 'text' : one));
}

/** The form for people is named in another way than that for programs. */
function asUsual(args: readonly string[]): string[] {
  return args.map((one) => (one === 'json' ? 'default' : one));
}
