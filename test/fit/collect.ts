/**
 * `npm run fit:table -- RECORDED`: makes the table of counts anew. RECORDED is a file of JSON lines, each with `set`,
 * `id`, `text` and the answers of Anthropic's counting endpoint for a message of it: `v3` (up to Claude 4.6), `v4.7`
 * and `v5`. The texts are counted with public vocabularies as well, and left out of the table.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { argv } from 'node:process';
import o200k from 'js-tiktoken/ranks/o200k_base';
import { unitsPerToken } from '../../src/estimator/encoding.ts';
import { createCountEngine } from '../../src/estimator/engine/countEngine.ts';
import { featureNames } from '../../src/estimator/engine/featureNames.ts';
import { kindByLooks } from './looks.ts';
import { type OwnText, ownTexts } from './ownTexts.ts';
import { type CounterName, counterNames, type Row, type SetName, toTable } from './row.ts';
import { tablePath } from './table.ts';
import { loadPublicTokenizers, type PublicName } from './tokenizers/publicTokenizers.ts';

interface Recorded {
  readonly set: SetName;
  readonly id: string;
  readonly text: string;
  readonly v3: number;
  readonly 'v4.7': number;
  readonly v5: number;
}

type Counted = OwnText & { readonly claude: Partial<Record<CounterName, number>> };

/** Tokens that a message costs beside its text. */
const frames = { v3: 7, 'v4.7': 11, v5: 6 } as const;

const [, , recordedPath] = argv;
if (recordedPath === undefined) throw new Error('npm run fit:table -- RECORDED');

const engine = createCountEngine(o200k);
/** One encoding a feature that costs a token each: what it counts is the feature. */
const finders = featureNames.map((_, index) =>
  engine.weighted(featureNames.map((_, at) => (at === index ? unitsPerToken : 0))),
);
const tokenizers = await loadPublicTokenizers();
const own = ownTexts().map((text): Counted => ({ ...text, claude: {} }));
writeFileSync(tablePath, toTable([...readRecorded(recordedPath), ...own].map(toRow)));

function readRecorded(path: string): readonly Counted[] {
  return readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line): Recorded => JSON.parse(line))
    .map(({ set, id, text, ...counts }) => ({
      ...{ set, id, text },
      kind: set === 'rosetta' ? kindByLooks(text) : id,
      claude: {
        'claude-3': counts.v3 - frames.v3,
        'claude-4.7': counts['v4.7'] - frames['v4.7'],
        'claude-5': counts.v5 - frames.v5,
      },
    }));
}

function toRow({ set, kind, id, text, claude }: Counted): Row {
  const count = (name: CounterName) => claude[name] ?? tokenizers.get(name as PublicName)?.(text) ?? null;
  return {
    ...{ set, kind, id },
    tokens: engine.count(text).tokens,
    counts: Object.fromEntries(counterNames.map((name) => [name, count(name)])) as Row['counts'],
    features: finders.map((finder) => finder.count(text).tokens),
  };
}
