/** The encodings that families count with: each is loaded when it is first asked for, and kept. */

import type { Encoding, EncodingName, LoadedEncoding } from './encoding.ts';
import { doubtsOf } from './margin.ts';
import type { Family } from './models.ts';
import type { Weights } from './weights.ts';

export interface FamilyEncodings {
  /** Counts or estimates the tokens of a text. */
  tokens(family: Family): Encoding;
  /** Estimates by how many tokens the kinds of text in it may be off; `null` for a family that counts exactly. */
  doubts(family: Family): Encoding | null;
}

export function keepEncodings(load: (name: EncodingName) => LoadedEncoding): FamilyEncodings {
  const loaded = keep(load);
  const weighted = keep(({ perFeature }: Weights) => loaded('o200k_base').weighted(perFeature));
  const doubts = keep(({ perFeature, margin }: Weights) =>
    loaded('o200k_base').weighted(doubtsOf(perFeature, margin)),
  );
  return {
    tokens: ({ encoding, weights }) => (weights === null ? loaded(encoding) : weighted(weights)),
    doubts: ({ weights }) => (weights === null ? null : doubts(weights)),
  };
}

function keep<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}
