/** How the harness calls mocha. */

import { join } from 'node:path';
import { root } from './layout.ts';

/** Files run side by side, two at a time: each has a world of its own, and much of its time goes by in waiting. */
export function mochaArguments(files: readonly string[], limitMs = 20_000): readonly string[] {
  return [
    join(root, 'node_modules', 'mocha', 'bin', 'mocha.js'),
    ...['--reporter', join(import.meta.dirname, 'countingReporter.ts')],
    ...['--parallel', '--jobs', '2'],
    ...['--timeout', String(limitMs), ...files],
  ];
}
