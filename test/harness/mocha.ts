/** How the harness calls mocha. */

import { join } from 'node:path';
import { root } from './layout.ts';

export function mochaArguments(files: readonly string[], limitMs = 20_000): readonly string[] {
  return [
    join(root, 'node_modules', 'mocha', 'bin', 'mocha.js'),
    ...['--reporter', join(import.meta.dirname, 'countingReporter.ts')],
    ...['--timeout', String(limitMs), ...files],
  ];
}
