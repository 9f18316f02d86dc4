import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { describe, it } from 'mocha';
import {
  type CallEstimator,
  FollowedDocuments,
  type LiveText,
  sliceLength,
} from '../../../src/editor/estimate/followedDocuments.ts';
import { createCountEngine } from '../../../src/estimator/engine/countEngine.ts';
import { agentPlaces } from '../../../src/workers/agentPlaces.ts';
import { createEstimatorHandlers } from '../../../src/workers/estimatorHandlers.ts';
import type { EstimatorRequests, TextEdit, TextSpan } from '../../../src/workers/estimatorProtocol.ts';
import { MemoryFiles } from '../estimator/context/memoryFiles.ts';
import { fullCounter, isThorough, randomEdit, randomFrom, randomText, ranks } from '../estimator/texts.ts';
import { catalogue } from '../pricing/bundled.ts';

type Random = (below: number) => number;

const engine = createCountEngine(ranks.o200k_base);
const fullCount = fullCounter('o200k_base');
const rounds = isThorough ? 3_000 : 40;

/** Both ends of the estimator, and a channel between them that keeps the order and takes its time. */
function connect(random: Random) {
  let spoken: Promise<unknown> = Promise.resolve();
  let suppliedLength = 0;
  const handlers = createEstimatorHandlers({
    catalogue,
    files: new MemoryFiles(),
    places: agentPlaces({ homeFolder: '/home/ann', platform: 'linux', environment: {} }),
    toSlashes: (path) => path,
    now: () => 0,
    loadEncoding: (name) => (name === 'o200k_base' ? engine : createCountEngine(ranks[name])),
    pause: () => turns(random),
    rest: () => setImmediate(),
    send: () => {},
  });
  const call = (async (name: keyof EstimatorRequests, params: never) => {
    const copied = structuredClone(params);
    if (name === 'supplyText') suppliedLength += lengthOf(params);
    const arrived = spoken.then(() => turns(random));
    spoken = arrived;
    await arrived;
    const reply = await handlers[name](copied);
    await turns(random);
    return reply;
  }) as CallEstimator;
  return {
    followed: new FollowedDocuments(call),
    forget: () => handlers.closeDocument({ uri }),
    suppliedLength: () => suppliedLength,
  };
}

function lengthOf({ pieces }: EstimatorRequests['supplyText']['params']): number {
  return pieces.reduce((sum, { text }) => sum + text.length, 0);
}

async function turns(random: Random): Promise<void> {
  for (let left = random(3); left > 0; left--) await setImmediate();
}

const uri = 'file:///large.md';

class EditedText implements LiveText {
  readonly uri = uri;
  text: string;

  constructor(text: string) {
    this.text = text;
  }

  length(): number {
    return this.text.length;
  }

  cutBefore(offset: number): number {
    return this.text.startsWith('\r\n', offset - 1) ? offset - 1 : offset;
  }

  between(start: number, end: number): string {
    return this.text.slice(start, end);
  }

  /** Edits as one event of VS Code has them: the last one of the document first, none of them over another. */
  editAtRandom(random: Random): readonly TextEdit[] {
    const edits: TextEdit[] = [];
    let end = this.text.length;
    for (let left = random(12) === 0 ? 60 : 1 + random(3); left > 0; left--) {
      const isLong = random(100) === 0;
      const { offset, length, inserted } = randomEdit(random, this.text.slice(0, Math.min(end, 3_000)));
      const at = end - Math.min(end, 3_000) + offset;
      const text = isLong ? inserted + randomText(random, 55_000) : inserted;
      edits.push({ offset: at, length: Math.min(length, end - at), text });
      end = at - random(2_000);
      if (end <= 0) break;
    }
    for (const { offset, length, text } of edits) {
      this.text = this.text.slice(0, offset) + text + this.text.slice(offset + length);
    }
    return edits;
  }
}

describe('a document over a megabyte that is edited while it is estimated', () => {
  it(`has the full count after each of ${rounds} rounds of edits, lost events and lost workers`, async () => {
    const random = randomFrom(17);
    const { followed, forget } = connect(random);
    const text = new EditedText(randomText(random, 500_000));
    assert.ok(text.length() > 1_100_000);

    async function estimate(spans: readonly TextSpan[], model = 'gpt-6-sol'): Promise<number | string> {
      const answer = await followed.estimate(text, { model, spans, atMs: 0, projectPath: null });
      return answer.kind === 'estimate' ? answer.estimate.tokens : answer.kind;
    }

    async function edit(): Promise<void> {
      for (let left = random(4); left > 0; left--) {
        const edits = text.editAtRandom(random);
        if (random(20) > 0) followed.edit(uri, edits);
        await turns(random);
      }
    }

    for (let round = 0; round < rounds; round++) {
      const early = random(2) === 0 ? estimate([], random(9) === 0 ? 'gpt-4' : 'gpt-6-sol') : undefined;
      await edit();
      await early;
      if (random(25) === 0) {
        forget();
        followed.forgetAll();
      }
      assert.equal(await estimate([]), engine.count(text.text).tokens, `round ${round}`);
      const start = random(text.length());
      const end = Math.min(text.length(), start + random(random(5) === 0 ? 300_000 : 2_000) + 1);
      assert.equal(await estimate([{ start, end }]), engine.count(text.text.slice(start, end)).tokens);
    }
    assert.equal(await estimate([]), fullCount(text.text));
  }).timeout(isThorough ? 3_600_000 : 120_000);

  const line = '2026-11-22 12:00:00 INFO request handled in 12 ms by worker 7 for user ann\n';

  it('is read once for the tokens and the doubts of a model', async () => {
    const { followed, suppliedLength } = connect(randomFrom(3));
    const text = new EditedText(line.repeat(16_000));
    const question = { model: 'claude-opus-5-5', spans: [], atMs: 0, projectPath: null };
    assert.equal((await followed.estimate(text, question)).kind, 'estimate');
    const again = suppliedLength() - (text.length() - sliceLength);
    // The end of the first slice is no safe cut.
    assert.ok(again >= 0 && again < 1_000, `${again} characters again`);
  });

  it('is counted for two models at once, and the counts of both are kept', async () => {
    const { followed, suppliedLength } = connect(randomFrom(3));
    const text = new EditedText(line.repeat(16_000));
    const estimate = async (model: string) =>
      (await followed.estimate(text, { model, spans: [], atMs: 0, projectPath: null })).kind;
    const models = ['claude-opus-5-5', 'gemini-3.8-flash'];
    assert.deepEqual(await Promise.all(models.map(estimate)), ['estimate', 'estimate']);
    const length = suppliedLength();
    assert.ok(length < 3 * text.length(), `${length} of ${text.length()}`);
    for (const model of models) assert.equal(await estimate(model), 'estimate');
    assert.equal(suppliedLength(), length);
  });

  for (const model of ['gpt-6-sol', 'claude-opus-5-5']) {
    it(`has a count for ${model} of hundreds of selections all over it`, async () => {
      const { followed } = connect(randomFrom(3));
      const text = new EditedText(line.repeat(16_000));
      const question = { model, spans: [], atMs: 0, projectPath: null };
      await followed.estimate(text, question);
      const spans = Array.from({ length: 900 }, (_, nth) => ({ start: nth * 1_200, end: nth * 1_200 + 4 }));
      assert.equal((await followed.estimate(text, { ...question, spans })).kind, 'estimate');
    });
  }
});
