/** Runs a program of this folder in a process of its own, so that no tokenizer profits or suffers from another. */

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const mostOutput = 64 * 2 ** 20;

/** Answers what the program printed. */
export async function runTokenizer(
  program: string,
  args: readonly string[],
  nodeOptions: readonly string[] = [],
): Promise<never> {
  const path = join(import.meta.dirname, program);
  const { stdout } = await promisify(execFile)(process.execPath, [...nodeOptions, path, ...args], {
    maxBuffer: mostOutput,
  });
  return JSON.parse(stdout) as never;
}
