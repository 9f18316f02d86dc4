/** Runs of one character, or of letters at random, which are one piece: where a tokenizer shows how its time grows. */

import { join } from 'node:path';
import { installedPackages } from '../harness/installOnce.ts';
import { compare, type Figure, type Part } from './figure.ts';
import { counterNames, oracleName } from './tokenizers/counters.ts';
import type { RunTimes } from './tokenizers/longRunProcess.ts';
import { runTokenizer } from './tokenizers/runTokenizer.ts';

/** `js-tiktoken` would take ten minutes for one run. */
const counters = counterNames.filter((name) => name !== oracleName);

export const longRun: Part = {
  name: 'long-run',
  async run() {
    const peersFolder = await installedPackages('tokenizers', join(import.meta.dirname, 'tokenizers'));
    const peers: Record<string, Record<string, readonly number[]>> = {};
    let ours: RunTimes = [];
    for (const counter of counters) {
      const times: RunTimes = await runTokenizer('longRunProcess.ts', [counter, peersFolder]);
      if (counter === 'ours') ours = times;
      for (const { run, characters, ms } of counter === 'ours' ? [] : times) {
        const length = characters.toLocaleString('en');
        peers[run] = { ...peers[run], [`${counter}, ${length} characters`]: ms };
      }
    }
    return ours.flatMap(({ run, ms }): Figure[] => compare(`long-run ${run}`, 'ms', ms, peers[run] ?? {}));
  },
};
