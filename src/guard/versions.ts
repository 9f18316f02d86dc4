/** Which version of an agent is installed, as its program says. */

import { execFile } from 'node:child_process';
import type { AgentId } from '../domain/agent.ts';

/** What the agents' programs are called. */
const programs: Readonly<Partial<Record<AgentId, string>>> = {
  'claude-code': 'claude',
  codex: 'codex',
  'copilot-cli': 'copilot',
  'gemini-cli': 'gemini',
  'qwen-code': 'qwen',
  opencode: 'opencode',
  kilo: 'kilo',
  cline: 'cline',
  openclaw: 'openclaw',
  pi: 'pi',
};

const answerMs = 10_000;

/** `null` where it is not on the path, or does not say. */
export function versionOf(agent: AgentId): Promise<string | null> {
  const program = programs[agent];
  if (program === undefined) return Promise.resolve(null);
  const options = { timeout: answerMs, windowsHide: true, shell: process.platform === 'win32' };
  return new Promise((resolve) => {
    const child = execFile(program, ['--version'], options, (error, output) =>
      resolve(error === null ? (/\d+\.\d+\.\d+/.exec(output)?.[0] ?? null) : null),
    );
    child.stdin?.end();
  });
}
