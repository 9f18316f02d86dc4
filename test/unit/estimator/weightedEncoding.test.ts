import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { CharacterClasses } from '../../../src/estimator/characters.ts';
import { CountedText } from '../../../src/estimator/countedText.ts';
import { type Count, unitsPerToken } from '../../../src/estimator/encoding.ts';
import { createCountEngine } from '../../../src/estimator/engine/countEngine.ts';
import { type FeatureName, featureNames } from '../../../src/estimator/engine/featureNames.ts';
import { doubtsOf } from '../../../src/estimator/margin.ts';
import { SafeCuts } from '../../../src/estimator/safeCuts.ts';
import { weights } from '../../../src/estimator/weights.ts';
import { kindsOfText } from './kindsOfText.ts';
import { isThorough, randomEdit, randomFrom, randomText, ranks } from './texts.ts';

const engine = createCountEngine(ranks.o200k_base);
const cuts = new SafeCuts(new CharacterClasses());
const edits = isThorough ? 100_000 : 2_000;

function finish(counting: Generator<undefined, Count | undefined>): Count {
  for (;;) {
    const step = counting.next();
    if (step.done === true) return step.value ?? assert.fail('text is wanted');
  }
}

/** All features of a text that are not 0, each counted by weights that ask for nothing else. */
function featuresOf(text: string): Partial<Record<FeatureName, number>> {
  const found: Partial<Record<FeatureName, number>> = {};
  for (const name of featureNames) {
    const { tokens } = engine
      .weighted(featureNames.map((other) => (other === name ? unitsPerToken : 0)))
      .count(text);
    if (tokens !== 0) found[name] = tokens;
  }
  return found;
}

describe('the features of a text', () => {
  it('tell common words from rare ones, and those from what is split', () => {
    assert.deepEqual(featuresOf(' the'), { plain0: 1, plainLetters0: 3, spacedWord: 1 });
    const rare = featuresOf('unwavering');
    assert.equal(rare.plain0, undefined);
    assert.equal(rare.split ?? rare.plain4 ?? rare.plain3, 1);
    assert.deepEqual(featuresOf('qzxvk'), {
      split: 1,
      splitTokens: engine.count('qzxvk').tokens,
      splitLetters: 5,
    });
  });

  it('count capitals by halves, unless all are', () => {
    assert.equal(featuresOf('The').capitalHalves, 2);
    assert.equal(featuresOf('fooBar').capitalHalves, 2);
    assert.equal(featuresOf('HTMLParser').capitalHalves, 1);
    assert.deepEqual(
      [featuresOf('NASA').allCaps, featuresOf('NASA').allCapsLetters, featuresOf('NASA').capitalHalves],
      [1, 4, undefined],
    );
  });

  it('tell letters of western Europe, of named scripts, and of any other apart', () => {
    assert.deepEqual(featuresOf(' déjà'), { spacedWord: 1, accentedLetters: 4 });
    assert.deepEqual(
      [featuresOf('中文かな').han, featuresOf('中文かな').kana, featuresOf('中文かな').distant],
      [2, 2, 1],
    );
    assert.equal(featuresOf('Привет').cyrillic, 6);
    assert.equal(featuresOf('한국').hangul, 2);
    assert.equal(featuresOf('שלום').rightToLeft, 4);
    assert.equal(featuresOf('नमस्ते').indic, 6);
    assert.ok((featuresOf('Tiếng').vietnameseTokens ?? 0) > 0);
    assert.ok((featuresOf('Ελλάδα').strangeTokens ?? 0) > 0);
  });

  it('tell digits, signs and white space', () => {
    assert.deepEqual(featuresOf('12345'), { digits3: 1, digits2: 1 });
    const sign = featuresOf(' {\n');
    assert.deepEqual([sign.signs, sign.signAscii, sign.signSpaces, sign.lineBreaks], [1, 1, 1, 1]);
    assert.deepEqual([featuresOf('😀').wideSigns, featuresOf('😀').signs], [1, undefined]);
    const blanks = featuresOf('\n\n\t\t ');
    assert.deepEqual([blanks.lineBreaks, blanks.tabs, blanks.blankLength], [2, 2, 5]);
    assert.deepEqual(featuresOf('_x').signedWord, 1);
  });

  it('leave no piece without any', () => {
    const any = engine.weighted(featureNames.map(() => unitsPerToken));
    const random = randomFrom(3);
    for (let round = 0; round < 500; round++) {
      const text = randomText(random, 1);
      assert.ok(text === '' || any.count(text).tokens > 0, JSON.stringify(text));
    }
  });
});

for (const [name, { perFeature, margin }] of Object.entries(weights)) {
  describe(`a text estimated as of ${name}`, () => {
    const encoding = engine.weighted(perFeature);

    it('counts nothing in an empty text, and never less than nothing', () => {
      assert.deepEqual(encoding.count(''), { tokens: 0, isExact: true });
      const random = randomFrom(11);
      for (let round = 0; round < 500; round++) {
        assert.ok(encoding.count(randomText(random, 2)).tokens >= 0);
      }
    });

    it('is the sum of its chunks to the last bit, whatever the text', () => {
      for (const [kind, text] of Object.entries(kindsOfText())) {
        const document = new CountedText(cuts);
        document.replace(0, 0, text);
        assert.deepEqual(finish(document.count(encoding)), encoding.count(text), kind);
        // Known from before by now.
        assert.deepEqual(finish(document.countSpan(encoding, 0, text.length)), encoding.count(text), kind);
      }
    }).timeout(60_000);

    it(`equals a full count after every one of ${edits} random edits`, () => {
      const random = randomFrom(37);
      const document = new CountedText(cuts);
      let text = randomText(random, 600);
      document.replace(0, 0, text);
      for (let round = 0; round < edits; round++) {
        const { offset, length, inserted } = randomEdit(random, text);
        text = text.slice(0, offset) + inserted + text.slice(offset + length);
        document.replace(offset, length, inserted);
        const { tokens } = finish(document.count(encoding));
        const expected = encoding.count(text).tokens;
        if (tokens !== expected) assert.equal(tokens, expected, `edit ${round} of ${JSON.stringify(text)}`);
      }
    }).timeout(isThorough ? 7_200_000 : 120_000);

    it('has the doubts of its kind: more in languages than in code, most in strange letters', () => {
      const doubts = engine.weighted(doubtsOf(perFeature, margin));
      const share = (text: string) => doubts.count(text).tokens / encoding.count(text).tokens;
      const code = share('export function add(a: number, b: number) {\n  return a + b;\n}\n'.repeat(20));
      const russian = share('Все люди рождаются свободными и равными. '.repeat(20));
      const greek = share('Όλοι οι άνθρωποι γεννιούνται ελεύθεροι. '.repeat(20));
      assert.ok(Math.abs(code - margin.familiarShare) < 0.01, `${code} for ${margin.familiarShare}`);
      assert.ok(code <= russian && russian <= greek, `${code} ${russian} ${greek}`);
    });
  });
}
