/** How each agent is run so that it runs its hooks and says why it was stopped. */

import type { AgentUnderTest } from '../agentUnderTest.ts';
import { claudeCode } from '../claudeCode.ts';
import { codex } from '../codex.ts';
import { copilotCli } from '../copilotCli.ts';
import { geminiCli } from '../geminiCli.ts';
import { openCode } from '../openCode.ts';
import { qwenCode } from '../qwenCode.ts';
import type { Command } from '../sandbox.ts';

export interface RunawayAgent {
  readonly agent: AgentUnderTest;
  /** One that the price lists have. */
  readonly model: string;
}

/** @param agentsFolder see `installation.ts` */
export function runawayAgents(agentsFolder: string): RunawayAgent[] {
  const onLinux = openCode(agentsFolder);
  return [
    { agent: withArguments(claudeCode(agentsFolder), tellingAll), model: 'claude-opus-5-5' },
    { agent: withArguments(codex(agentsFolder), asReviewed), model: 'gpt-5.4' },
    { agent: copilotCli(agentsFolder), model: 'gpt-5.4' },
    ...(onLinux === null ? [] : [{ agent: withArguments(onLinux, asUsual), model: 'gpt-5.4' }]),
    { agent: geminiCli(agentsFolder), model: 'gemini-2.5-pro' },
    { agent: withArguments(qwenCode(agentsFolder), asText), model: 'gpt-5.4' },
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

function asText(args: readonly string[]): string[] {
  return args.map((one) => (one === 'json' ? 'text' : one));
}

/** The form for people is named in another way than that for programs. */
function asUsual(args: readonly string[]): string[] {
  return args.map((one) => (one === 'json' ? 'default' : one));
}
