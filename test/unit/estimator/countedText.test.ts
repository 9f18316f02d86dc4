import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { CharacterClasses } from '../../../src/estimator/characters.ts';
import type { Span } from '../../../src/estimator/chunkList.ts';
import { CountedText } from '../../../src/estimator/countedText.ts';
import { type Count, type Encoding, encodingNames } from '../../../src/estimator/encoding.ts';
import { createCountEngine } from '../../../src/estimator/engine/countEngine.ts';
import { SafeCuts } from '../../../src/estimator/safeCuts.ts';
import { fullCounter, isThorough, randomEdit, randomFrom, randomText, ranks } from './texts.ts';

const cuts = new SafeCuts(new CharacterClasses());
const edits = isThorough ? 1_000_000 : 20_000;

/** Every so many edits the whole text is counted with `js-tiktoken` too: it takes a thousand times as long. */
const editsPerOracle = isThorough ? 1_000 : 100;

const counted = (text: string) => new CountedText(cuts, { text });

/** One that keeps next to nothing of its text, as a long one does. */
const forgetful = (text: string) => new CountedText(cuts, { text, mostKept: 300, mostRecent: 2 });

function finish(counting: Generator<undefined, Count | undefined>): Count {
  for (;;) {
    const step = counting.next();
    if (step.done === true) return step.value ?? assert.fail('text is wanted');
  }
}

/** Supplies what is wanted, some of it at a time, until there is a count. */
function finishWith(
  text: string,
  document: CountedText,
  encoding: Encoding,
  spans: readonly Span[] = [],
): Count {
  for (let tries = 0; tries < 10 + text.length; tries++) {
    const [span] = spans;
    const counting = span ? document.countSpan(encoding, span.start, span.end) : document.count(encoding);
    let step = counting.next();
    while (step.done !== true) step = counting.next();
    if (step.value !== undefined) return step.value;
    for (const { start, end } of document.wanted(encoding, spans, 700)) {
      assert.ok(document.supply(start, text.slice(start, end)));
    }
  }
  assert.fail('text is wanted for ever');
}

/** Counts with another encoding, and notes the length of everything that was to be counted. */
function watched(encoding: Encoding) {
  const lengths: number[] = [];
  const watching: Encoding = {
    count(text) {
      lengths.push(text.length);
      return encoding.count(text);
    },
  };
  return { watching, lengths };
}

const perCharacter: Encoding = { count: (text) => ({ tokens: text.length, isExact: true }) };

for (const name of encodingNames) {
  describe(`a text counted with ${name}`, () => {
    const engine = createCountEngine(ranks[name]);
    const fullCount = fullCounter(name);

    it(`equals a full count after every one of ${edits} random edits`, () => {
      const random = randomFrom(29);
      let text = randomText(random, 600);
      const document = counted(text);
      const long = forgetful(text);
      for (let round = 0; round < edits; round++) {
        const { offset, length, inserted } = randomEdit(random, text);
        text = text.slice(0, offset) + inserted + text.slice(offset + length);
        document.replace(offset, length, inserted);
        long.replace(offset, length, inserted);
        const { tokens, isExact } = finish(document.count(engine));
        const expected = round % editsPerOracle === 0 ? fullCount(text) : engine.count(text).tokens;
        if (tokens !== expected) assert.equal(tokens, expected, `edit ${round} of ${JSON.stringify(text)}`);
        assert.ok(isExact);
        if (random(3) === 0) assert.deepEqual(finishWith(text, long, engine), { tokens, isExact });
      }
    }).timeout(isThorough ? 7_200_000 : 120_000);

    it('equals a full count for any span of it', () => {
      const random = randomFrom(5);
      const text = randomText(random, 1_500);
      const document = counted(text);
      const long = forgetful(text);
      for (let round = 0; round < 60; round++) {
        const start = random(text.length);
        const end = start + random(text.length - start + 1);
        const { tokens } = finish(document.countSpan(engine, start, end));
        assert.equal(tokens, fullCount(text.slice(start, end)));
        assert.equal(finishWith(text, long, engine, [{ start, end }]).tokens, tokens);
        if (round !== 30) continue;
        finish(document.count(engine));
        finishWith(text, long, engine);
      }
    });
  });
}

describe('a counted text', () => {
  const code = 'if (ready) return next(value);\n'.repeat(30_000);

  it('counts again only what an edit touched', () => {
    const { watching, lengths } = watched(perCharacter);
    const document = counted(code);
    finish(document.count(watching));
    for (const offset of [0, 400_000, document.length]) {
      lengths.length = 0;
      document.replace(offset, 0, 'x');
      assert.equal(finish(document.count(watching)).tokens, document.length);
      const characters = lengths.reduce((sum, length) => sum + length, 0);
      assert.ok(characters > 0 && characters < 1_500, `${characters} characters at ${offset}`);
    }
  });

  it('counts in several encodings at once', () => {
    const perWord: Encoding = {
      count: (text) => ({ tokens: text.split('return').length - 1, isExact: true }),
    };
    const document = counted(code);
    assert.equal(finish(document.count(perCharacter)).tokens, code.length);
    assert.equal(finish(document.count(perWord)).tokens, 30_000);
    document.replace(0, 31, '');
    assert.equal(finish(document.count(perWord)).tokens, 29_999);
    assert.equal(finish(document.count(perCharacter)).tokens, code.length - 31);
  });

  it('knows spans of what it has counted', () => {
    const { watching, lengths } = watched(perCharacter);
    const document = counted(code);
    finish(document.count(watching));
    lengths.length = 0;
    assert.equal(finish(document.countSpan(watching, 1_000, 800_000)).tokens, 799_000);
    const characters = lengths.reduce((sum, length) => sum + length, 0);
    assert.ok(characters < 1_500, `${characters} characters`);
  });

  it('lets go between stretches of work, and takes in edits meanwhile', () => {
    const document = counted(code);
    const counting = document.count(perCharacter);
    let steps = 0;
    for (let step = counting.next(); ; step = counting.next()) {
      if (step.done === true) {
        assert.equal(step.value?.tokens, document.length);
        break;
      }
      steps += 1;
      if (steps % 10 === 0) document.replace((steps * 7_919) % document.length, 0, 'more\n');
    }
    assert.ok(steps >= 50, `${steps} steps`);
  });

  it('guesses at a giant run until it has time for it', () => {
    const engine = createCountEngine(ranks.cl100k_base);
    const run = 'brownquickindexvaluepromise'.repeat(2_000);
    const expected = engine.count(`${run} more words`).tokens;
    const document = counted(run);
    document.replace(document.length, 0, ' more words');
    const guess = finish(document.count(engine));
    assert.equal(guess.isExact, false);
    assert.ok(Math.abs(guess.tokens - expected) < 0.1 * expected, `${guess.tokens} for ${expected}`);
    assert.equal(document.settle(), true);
    assert.deepEqual(finish(document.count(engine)), { tokens: expected, isExact: true });
    assert.equal(document.settle(), false);
  });

  it('counts a selection of a giant run, and is exact once the run is broken', () => {
    const document = counted('x'.repeat(100_000));
    assert.equal(finish(document.count(perCharacter)).isExact, false);
    assert.deepEqual(finish(document.countSpan(perCharacter, 1, 90_001)), { tokens: 90_000, isExact: true });
    document.replace(0, 100_000, 'xxxx '.repeat(20_000));
    assert.deepEqual(finish(document.count(perCharacter)), { tokens: 100_000, isExact: true });
    assert.equal(document.settle(), false);
  });

  it('lets go of a long text but for what was counted last, and wants what an edit or an encoding needs of it', () => {
    const other: Encoding = { count: (text) => ({ tokens: 2 * text.length, isExact: true }) };
    const document = new CountedText(cuts, { text: code, mostKept: 100_000 });
    const length = (spans: readonly Span[]) => spans.reduce((sum, { start, end }) => sum + end - start, 0);
    finish(document.count(perCharacter));
    document.replace(document.length, 0, 'typed');
    assert.equal(finish(document.count(perCharacter)).tokens, document.length);
    document.replace(1_000, 5, 'typed');
    assert.equal(document.count(perCharacter).next().value, undefined);
    const touched = length(document.wanted(perCharacter, [], 100_000));
    assert.ok(touched > 0 && touched < 1_500, `${touched} characters`);
    const text = `${code.slice(0, 1_000)}typed${code.slice(1_005)}typed`;
    assert.equal(finishWith(text, document, perCharacter).tokens, text.length);
    assert.equal(document.count(other).next().value, undefined);
    const all = length(document.wanted(other, [], 2_000_000));
    assert.ok(all > 0.9 * text.length, `${all} characters`);
    assert.equal(finishWith(text, document, other).tokens, 2 * text.length);
    assert.equal(finish(document.count(perCharacter)).tokens, text.length);
  });

  it('holds on to what many spans of a long text cut, while others are asked about in turns', () => {
    const document = new CountedText(cuts, { text: code, mostKept: 100_000, mostRecent: 3 });
    finish(document.count(perCharacter));
    const lines = (first: number) => Array.from({ length: 300 }, (_, nth) => first + nth * 3_000);
    const askings = [10, 1_510].map((first) => lines(first).map((start) => ({ start, end: start + 4 })));
    let answers = 0;
    for (let slices = 0; slices < 60 && answers < 2; slices++) {
      answers = 0;
      for (const spans of askings) {
        document.hold(spans);
        const countings = spans.map(({ start, end }) => document.countSpan(perCharacter, start, end));
        if (countings.every((counting) => counting.next().value?.tokens === 4)) answers += 1;
        for (const { start, end } of document.wanted(perCharacter, spans, 20_000)) {
          assert.ok(document.supply(start, code.slice(start, end)));
        }
      }
    }
    assert.equal(answers, 2);
  });

  it('lets go of what spans cut once others are asked about', () => {
    const document = new CountedText(cuts, { text: code, mostKept: 100_000, mostRecent: 3 });
    finish(document.count(perCharacter));
    const spans = Array.from({ length: 300 }, (_, nth) => ({ start: nth * 3_000, end: nth * 3_000 + 4 }));
    const wanted = () => document.wanted(perCharacter, spans, 2_000_000);
    document.hold(spans);
    for (const { start, end } of wanted()) document.supply(start, code.slice(start, end));
    document.hold([{ start: 700_000, end: 700_004 }]);
    assert.equal(wanted().length, 0);
    document.hold([]);
    assert.ok(wanted().length > 290);
  });

  it('keeps what it has of its text once it is short', () => {
    const other: Encoding = { count: (text) => ({ tokens: 2 * text.length, isExact: true }) };
    const document = new CountedText(cuts, { text: code, mostKept: 100_000 });
    finish(document.count(perCharacter));
    document.replace(90_000, code.length - 90_000, '');
    assert.equal(finishWith(code.slice(0, 90_000), document, other).tokens, 180_000);
    for (let offset = 0; offset < 90_000; offset += 700) {
      document.replace(offset, 1, 'x');
      assert.equal(finish(document.count(other)).tokens, 180_000);
    }
  });
});
