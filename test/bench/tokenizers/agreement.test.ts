/**
 * Our counts beside those of other tokenizers: the same but for differences that are known and listed here. Installs
 * the tokenizers, so it is run by hand: `npm run test:peers`.
 */

import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import type { EncodingName } from '../../../src/estimator/encoding.ts';
import { installedPackages } from '../../harness/installOnce.ts';
import { kindsOfText } from '../../unit/estimator/kindsOfText.ts';
import { randomFrom, randomText } from '../../unit/estimator/texts.ts';
import { type Counter, type CounterName, loadCounter } from './counters.ts';

const encodings: readonly EncodingName[] = ['o200k_base', 'cl100k_base'];

interface Known {
  readonly text: string;
  readonly ours: number;
  readonly theirs: number;
}

interface Peer {
  readonly name: CounterName;
  /** Texts in which the peer may differ, because of what `known` shows. */
  readonly mayDiffer: RegExp;
  readonly known: Readonly<Record<EncodingName, readonly Known[]>>;
}

const peers: readonly Peer[] = [
  { name: 'js-tiktoken', mayDiffer: /$^/, known: { o200k_base: [], cl100k_base: [] } },
  {
    // U+FEFF is white space to JavaScript alone, and U+0085 to Rust alone.
    name: 'tiktoken',
    mayDiffer: /[\ufeff\u0085]/,
    known: {
      o200k_base: [{ text: '\ufeff#', ours: 2, theirs: 1 }],
      cl100k_base: [{ text: '\ufeff#', ours: 2, theirs: 1 }],
    },
  },
  {
    // Its vocabulary lost the token of U+FEFF to a decoder that takes it for a byte order mark.
    name: 'gpt-tokenizer',
    mayDiffer: /\ufeff/,
    known: {
      o200k_base: [{ text: '\ufeff', ours: 1, theirs: 2 }],
      cl100k_base: [{ text: '\ufeff', ours: 1, theirs: 2 }],
    },
  },
  {
    // It looks tokens up in an object with a prototype, short texts before they are split, and loses U+FEFF before words.
    name: 'ai-tokenizer',
    mayDiffer:
      /\ufeff|hasOwnProperty|toString|toLocaleString|isPrototypeOf|propertyIsEnumerable|__proto__|^.{0,9}$/su,
    known: {
      o200k_base: [
        { text: '\r\n//', ours: 2, theirs: 1 },
        { text: 'toString', ours: 2, theirs: 1 },
      ],
      cl100k_base: [
        { text: 'if (hasOwnProperty.call(a, b)) {', ours: 10, theirs: 9 },
        { text: '\ufeffПривет', ours: 4, theirs: 3 },
      ],
    },
  },
];

for (const encoding of encodings) {
  for (const { name, mayDiffer, known } of peers) {
    describe(`${name} and ours, counting with ${encoding}`, () => {
      let ours: Counter;
      let theirs: Counter;

      before(async () => {
        const folder = await installedPackages('tokenizers', import.meta.dirname);
        ours = await loadCounter('ours', encoding, folder);
        theirs = await loadCounter(name, encoding, folder);
      });

      const assertSame = (text: string) => assert.equal(theirs(text), ours(text), JSON.stringify(text));

      it('agree on texts of every kind', () => {
        for (const text of Object.values(kindsOfText())) {
          for (const line of text.match(/.{1,400}/gsu) ?? []) if (!mayDiffer.test(line)) assertSame(line);
        }
      });

      it('agree on random mixtures', () => {
        const random = randomFrom(37);
        for (let round = 0; round < 20_000; round++) {
          const text = randomText(random, 1 + random(30));
          if (!mayDiffer.test(text)) assertSame(text);
        }
      });

      for (const { text, ours: expected, theirs: other } of known[encoding]) {
        it(`differ on ${JSON.stringify(text)}`, () => {
          assert.deepEqual({ ours: ours(text), theirs: theirs(text) }, { ours: expected, theirs: other });
        });
      }
    });
  }
}
