/** How the harness calls mocha. */

import { join } from 'node:path';
import { root } from './layout.ts';

/**
 * Files run side by side, two at a time: each has a world of its own.
 *
 * @param retries how often a test that fails is tried again, which the end of the run tells
 */
export function mochaArguments(
  files: readonly string[],
  { limitMs = 20_000, retries = 0 }: { readonly limitMs?: number; readonly retries?: number } = {},
): readonly string[] {
  return [
    join(root, 'node_modules', 'mocha', 'bin', 'mocha.js'),
    ...['--reporter', join(import.meta.dirname, 'countingReporter.ts')],
    ...['--parallel', '--jobs', '2'],
    ...['--timeout', String(limitMs), '--retries', String(retries), ...files],
  ];
}
