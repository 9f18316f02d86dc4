import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, it } from 'mocha';
import { pico } from '../../../src/domain/money.ts';
import type { Variance } from '../../../src/domain/variance.ts';
import { yardstick } from '../../../src/estimator/calibration.ts';
import type { EncodingName, LoadedEncoding } from '../../../src/estimator/encoding.ts';
import { errorShareOf } from '../../../src/estimator/margin.ts';
import { weights } from '../../../src/estimator/weights.ts';
import { agentPlaces } from '../../../src/workers/agentPlaces.ts';
import { createEstimatorHandlers } from '../../../src/workers/estimatorHandlers.ts';
import type { EstimateQuery, EstimatorEvent } from '../../../src/workers/estimatorProtocol.ts';
import { conversationRecords, toLines } from '../../fixtures/claude-code/conversation.ts';
import { MemoryFiles } from '../estimator/context/memoryFiles.ts';
import { catalogue } from '../pricing/bundled.ts';

const uri = 'file:///notes.md';
const atMs = Date.parse('2026-11-22T12:00:00Z');

/** Counts one token a character, which is all that these tests need of a tokenizer. */
const perCharacter: LoadedEncoding = {
  count: (text) => ({ tokens: text.length, isExact: true }),
  /** Half a token more for other models, and a fifth of a token that may be off. */
  weighted: (perFeature) => {
    const isOfTokens = Object.values(weights).some((known) => known.perFeature === perFeature);
    const tokens = isOfTokens ? 1.5 : 0.3;
    return { count: (text) => ({ tokens: tokens * text.length, isExact: true }) };
  },
};

function start() {
  const loaded: EncodingName[] = [];
  let pauses = 0;
  let endRest = () => {};
  const events: EstimatorEvent[] = [];
  /** Lets the time pass for which nobody should have typed. */
  const rest = async () => {
    endRest();
    await setImmediate();
  };
  const handlers = createEstimatorHandlers({
    catalogue,
    files: new MemoryFiles(),
    places: agentPlaces({ homeFolder: '/home/ann', platform: 'linux', environment: {} }),
    toSlashes: (path) => path,
    now: () => atMs,
    loadEncoding(name) {
      loaded.push(name);
      return perCharacter;
    },
    async pause() {
      pauses += 1;
    },
    rest: () =>
      new Promise((resolve) => {
        endRest = resolve;
      }),
    send(event) {
      events.push(event);
    },
  });
  const estimate = (query: Partial<EstimateQuery>) =>
    handlers.estimate({ uri, model: 'gpt-6-sol', spans: [], length: 0, atMs, projectPath: null, ...query });
  const tokensOf = async (query: Partial<EstimateQuery>) => {
    const reply = await estimate(query);
    return reply.kind === 'estimate' ? reply.estimate.tokens : reply.kind;
  };
  return { handlers, estimate, tokensOf, loaded, rest, events, pauses: () => pauses };
}

/** What a session tells in which every result was billed at `ratio` of its estimate. */
async function variancesOf(
  { findVariances }: ReturnType<typeof start>['handlers'],
  ratio: number,
): Promise<readonly Variance[]> {
  const folder = mkdtempSync(join(tmpdir(), 'token-burn-handlers-'));
  const path = join(folder, 'log.jsonl');
  const write = (billedTokens: number) => {
    const additions = Array.from({ length: 12 }, () => ({ text: 'y'.repeat(1_000), billedTokens }));
    const session = { sessionId: 's', prompt: 'Hi', model: 'claude-opus-5-5', firstPromptTokens: 16_000 };
    writeFileSync(path, toLines(conversationRecords({ ...session, additions })));
    return findVariances({ log: { agent: 'claude-code', path } });
  };
  try {
    const [, first] = await write(1_000);
    return await write(Math.round((first?.estimatedTokens ?? 0) * ratio));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the estimator worker', () => {
  it('counts a document that came in slices, with what it would cost', async () => {
    const { handlers, estimate } = start();
    handlers.openDocument({ uri, text: 'Hello, '.repeat(40), restLength: 320 });
    const spans = [{ start: 280, end: 600 }];
    assert.deepEqual(await estimate({ length: 600 }), { kind: 'textWanted', version: 0, spans });
    handlers.supplyText({ uri, version: 0, pieces: [{ offset: 280, text: 'world...'.repeat(40) }] });
    const reply = await estimate({ length: 600 });
    assert.ok(reply.kind === 'estimate');
    assert.equal(reply.estimate.tokens, 600);
    assert.equal(reply.estimate.errorShare, 0);
    assert.equal(reply.estimate.model.name, 'GPT-6 Sol');
    assert.deepEqual(reply.cost, { cold: pico(600 * 2_000_000), warm: pico(600 * 200_000) });
  });

  it('projects the cost of the tokens that the model would count', async () => {
    const { handlers, estimate } = start();
    handlers.openDocument({ uri, text: 'Hello, world' });
    const reply = await estimate({ length: 12, model: 'claude-opus-5-5' });
    assert.ok(reply.kind === 'estimate');
    assert.equal(reply.estimate.tokens, 18);
    assert.equal(reply.cost?.cold, pico(18 * 4_000_000));
  });

  it('applies edits in their order', async () => {
    const { handlers, tokensOf } = start();
    handlers.openDocument({ uri, text: 'abcdef' });
    handlers.editDocument({
      uri,
      edits: [
        { offset: 6, length: 0, text: 'ghi' },
        { offset: 0, length: 8, text: '' },
      ],
    });
    assert.equal(await tokensOf({ length: 1 }), 1);
  });

  it('counts the spans in place of the document, the empty ones as nothing', async () => {
    const { handlers, tokensOf } = start();
    handlers.openDocument({ uri, text: 'one two three' });
    const spans = [
      { start: 0, end: 3 },
      { start: 4, end: 4 },
      { start: 8, end: 13 },
    ];
    assert.equal(await tokensOf({ length: 13, spans }), 8);
  });

  it('says that it is out of step when the document is unknown, closed, of another length or too short', async () => {
    const { handlers, tokensOf } = start();
    assert.equal(await tokensOf({ length: 0 }), 'outOfStep');
    handlers.openDocument({ uri, text: 'abc' });
    assert.equal(await tokensOf({ length: 4 }), 'outOfStep');
    assert.equal(await tokensOf({ length: 3, spans: [{ start: 1, end: 4 }] }), 'outOfStep');
    assert.equal(await tokensOf({ length: 3 }), 3);
    handlers.closeDocument({ uri });
    assert.equal(await tokensOf({ length: 3 }), 'outOfStep');
  });

  it('forgets a document that an edit does not fit, until it is opened again', async () => {
    const { handlers, tokensOf } = start();
    handlers.openDocument({ uri, text: 'abc' });
    handlers.editDocument({ uri, edits: [{ offset: 3, length: 1, text: '' }] });
    assert.equal(await tokensOf({ length: 3 }), 'outOfStep');
    handlers.openDocument({ uri, text: 'abcd' });
    assert.equal(await tokensOf({ length: 4 }), 4);
  });

  it('loads an encoding when a model first needs it, and once', async () => {
    const { handlers, tokensOf, loaded } = start();
    handlers.openDocument({ uri, text: 'abc' });
    assert.deepEqual(loaded, []);
    for (const model of ['gpt-6-sol', 'claude-opus-5-5', 'gpt-4', 'gpt-6-sol'])
      await tokensOf({ length: 3, model });
    assert.deepEqual(loaded, ['o200k_base', 'cl100k_base']);
  });

  it('answers for the text as it has become when edits arrive while it counts', async () => {
    const { handlers, tokensOf, pauses } = start();
    handlers.openDocument({ uri, text: 'word '.repeat(10_000) });
    const answer = tokensOf({ length: 50_000 });
    handlers.editDocument({ uri, edits: [{ offset: 10, length: 40_000, text: 'other ' }] });
    assert.equal(await answer, 10_006);
    assert.ok(pauses() > 0);
  });

  it('answers for spans as they were asked about, though edits arrive while it counts', async () => {
    const { handlers, tokensOf, pauses } = start();
    handlers.openDocument({ uri, text: 'word '.repeat(10_000) });
    const spans = [
      { start: 3, end: 45_003 },
      { start: 46_000, end: 46_100 },
    ];
    const answer = tokensOf({ length: 50_000, spans });
    handlers.editDocument({ uri, edits: [{ offset: 0, length: 50_000, text: '' }] });
    assert.equal(await answer, 45_100);
    assert.ok(pauses() > 0);
  });

  it('forgets a document when text is supplied for another version of it, or that it cannot hold', async () => {
    const { handlers, estimate } = start();
    for (const supply of [
      { version: 1, pieces: [] },
      { version: 0, pieces: [{ offset: 1, text: 'abc' }] },
    ]) {
      handlers.openDocument({ uri, text: '', restLength: 3 });
      assert.equal((await estimate({ length: 3 })).kind, 'textWanted');
      handlers.supplyText({ uri, ...supply });
      assert.equal((await estimate({ length: 3 })).kind, 'outOfStep');
    }
  });

  it('guesses at a giant run, and tells when it has counted it after a rest', async () => {
    const { handlers, estimate, rest, events } = start();
    const length = 100_000;
    const errorShare = async () => {
      const reply = await estimate({ length });
      return reply.kind === 'estimate' ? reply.estimate.errorShare : null;
    };
    handlers.openDocument({ uri, text: 'x'.repeat(length) });
    assert.equal(await errorShare(), 0.1);
    handlers.editDocument({ uri, edits: [{ offset: 9, length: 1, text: 'y' }] });
    await rest();
    assert.deepEqual(events, []);
    assert.equal(await errorShare(), 0.1);
    await rest();
    assert.deepEqual(events, [{ kind: 'settled', uri }]);
    assert.equal(await errorShare(), 0);
  });

  it('knows a model by any spelling and answers with its own id', async () => {
    const { handlers, estimate } = start();
    handlers.openDocument({ uri, text: 'abc' });
    const reply = await estimate({ length: 3, model: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0' });
    assert.ok(reply.kind === 'estimate');
    assert.equal(reply.estimate.model.id, 'claude-sonnet-4-5');
    assert.equal(reply.estimate.model.isExact, false);
  });

  it('guesses nothing of an unknown model: widest margin, no cost', async () => {
    const { handlers, estimate } = start();
    handlers.openDocument({ uri, text: 'abc' });
    assert.deepEqual(await estimate({ length: 3, model: 'claude-sonnet-9' }), {
      kind: 'estimate',
      estimate: {
        model: {
          id: 'claude-sonnet-9',
          name: 'claude-sonnet-9',
          vendor: '',
          contextWindowTokens: null,
          isExact: false,
        },
        tokens: 5,
        errorShare: errorShareOf(weights.any.margin, 4.5, 3 * 0.3),
      },
      cost: null,
      calibration: null,
      // By one and a half tokens a character.
      uncalibrated: { tokens: 5, scale: Math.round(1.5 * yardstick.length) },
      baselines: [],
    });
  });

  it('calibrates a family by variances on its own scale, and says on how many receipts', async () => {
    const { handlers, estimate } = start();
    handlers.openDocument({ uri, text: 'x'.repeat(1_000) });
    const estimateFor = async (model: string) => {
      const reply = await estimate({ length: 1_000, model, projectPath: '/p' });
      assert.ok(reply.kind === 'estimate');
      return reply;
    };
    const cold = (await estimateFor('claude-opus-5-5')).estimate.tokens;
    const other = (await estimateFor('claude-sonnet-4-6')).estimate.tokens;
    const variances = await variancesOf(handlers, 1.2);
    assert.equal(variances.length, 13);
    handlers.calibrate({ variances });
    const { estimate: calibrated, calibration, baselines } = await estimateFor('claude-opus-5-5');
    assert.ok(Math.abs(calibrated.tokens / (1.2 * cold) - 1) < 0.04, `${calibrated.tokens} from ${cold}`);
    assert.equal(calibration?.receipts, 12);
    assert.deepEqual([baselines[0]?.agent, baselines[0]?.sessions], ['claude-code', 1]);
    assert.equal((await estimateFor('claude-sonnet-4-6')).estimate.tokens, other);
    assert.equal((await estimateFor('gpt-6-sol')).estimate.tokens, 1_000);
    handlers.calibrate({ variances: variances.map((variance) => ({ ...variance, scale: 1 })) });
    assert.equal((await estimateFor('claude-opus-5-5')).estimate.tokens, cold);
  });

  it('offers models with names, vendors and windows', async () => {
    const models = await start().handlers.models(null);
    assert.ok(models.length > 10);
    assert.deepEqual(models[0], {
      id: 'claude-opus-5-5',
      name: 'Claude Opus 5.5',
      vendor: 'Anthropic',
      contextWindowTokens: 1_000_000,
      isExact: false,
    });
    for (const { id, name, vendor } of models) assert.ok(name !== id && vendor !== '', id);
  });
});
