import assert from 'node:assert/strict';
import { pico } from '../../../src/domain/money.ts';
import type { Encoding } from '../../../src/estimator/encoding.ts';
import { agentPlaces } from '../../../src/workers/agentPlaces.ts';
import { createContextHandler } from '../../../src/workers/contextHandler.ts';
import type { ContextQuery, Overhead } from '../../../src/workers/contextProtocol.ts';
import { FollowedDocuments } from '../../../src/workers/followedDocuments.ts';
import { MemoryFiles } from '../estimator/context/memoryFiles.ts';

const uri = 'file:///home/ann/app/prompt.md';
const folder = '/home/ann/app';
const words: Encoding = { count: (text) => ({ tokens: text.match(/\S+/g)?.length ?? 0, isExact: true }) };
const model = {
  id: 'nobodys-model',
  name: 'Nobody’s',
  vendor: '',
  contextWindowTokens: null,
  isExact: false,
};

function start(
  contents: ConstructorParameters<typeof MemoryFiles>[0],
  text: string,
  overheads: readonly Overhead[] = [],
) {
  const documents = new FollowedDocuments();
  documents.open(uri, text, 0);
  let nowMs = 0;
  const handle = createContextHandler({
    documents,
    files: new MemoryFiles(contents),
    places: agentPlaces({ homeFolder: '/home/ann', platform: 'linux', environment: {} }),
    targetOf: () => ({
      encoding: words,
      doubting: null,
      estimate: ({ tokens }) => ({ model, tokens: 2 * tokens, errorShare: 0.1 }),
      imageTokens: null,
      overheads,
      price: (tokens) => ({ cold: pico(BigInt(tokens)), warm: null }),
    }),
    toSlashes: (path) => path,
    now: () => nowMs,
    pause: async () => {},
  });
  const ask = async (query: Partial<ContextQuery> = {}) => {
    const reply = await handle({
      uri,
      model: 'nobodys-model',
      spans: [],
      length: text.length,
      atMs: 0,
      projectPath: null,
      agent: 'claude-code',
      document: `${folder}/prompt.md`,
      folder,
      folders: [folder],
      unsaved: [],
      choices: {},
      ...query,
    });
    assert.ok(reply.kind === 'context', reply.kind);
    return reply.context;
  };
  return { documents, handle, ask, wait: (ms: number) => (nowMs += ms) };
}

describe('all that a prompt would send', () => {
  const contents = { [`${folder}/CLAUDE.md`]: 'one two three', [`${folder}/a.ts`]: 'four five' };

  it('adds up, part by part, in the tokens of the model', async () => {
    const { ask } = start(contents, 'look at @a.ts');
    const { text, parts, addedTokens, whole, cost, isLeast } = await ask();
    assert.deepEqual(
      parts.map(({ tokens }) => tokens),
      [6, 4],
    );
    assert.deepEqual([text.tokens, addedTokens, whole.tokens], [6, 10, 16]);
    assert.equal(whole.errorShare.toFixed(6), '0.100000');
    assert.equal(cost?.cold, 16n);
    assert.equal(isLeast, false);
  });

  it('holds what the agent says beside all texts, where that is known', async () => {
    const baseline = { kind: 'baseline', tokens: 100, errorShare: 0.4 } as const;
    const { ask } = start(contents, 'look at @a.ts', [baseline]);
    const { overheads, addedTokens, whole } = await ask();
    assert.deepEqual(overheads, [baseline]);
    assert.deepEqual([addedTokens, whole.tokens], [110, 116]);
    // 0.359, by the tokens of each.
    assert.equal(whole.errorShare, 0.36);
  });

  it('holds the frame of the message where anything is sent with the text, and not where it goes alone', async () => {
    const frame = { kind: 'frame', tokens: 7, errorShare: 0 } as const;
    assert.equal((await start(contents, 'look at @a.ts', [frame]).ask()).addedTokens, 17);
    const alone = await start({}, 'look', [frame]).ask();
    assert.deepEqual([alone.overheads, alone.addedTokens], [[], 0]);
  });

  it('is of the selection where there is one', async () => {
    const { ask } = start(contents, 'look at @a.ts');
    const { text, addedTokens } = await ask({ spans: [{ start: 0, end: 7 }] });
    assert.deepEqual([text.tokens, addedTokens], [4, 6]);
  });

  it('leaves out what the user left out, and takes in what the user took in', async () => {
    const { ask } = start(contents, '[a](a.ts)');
    assert.equal((await ask()).addedTokens, 6);
    const choices = { [`instructions:${folder}/CLAUDE.md`]: false, [`named:${folder}/a.ts`]: true };
    assert.equal((await ask({ choices })).addedTokens, 4);
  });

  it('is the least where a part has no count: unknown is not zero, but what is missing is', async () => {
    const broken = { ...contents, [`${folder}/x.png`]: 'no image' };
    assert.equal((await start(broken, '@x.png').ask()).isLeast, true);
    assert.equal((await start(contents, '@gone.ts').ask()).isLeast, false);
    const choices = { [`named:${folder}/x.png`]: false };
    assert.equal((await start(broken, '@x.png').ask({ choices })).isLeast, false);
  });

  it('counts documents as the editor has them where the worker follows them, and as the disk does elsewhere', async () => {
    const { documents, ask } = start(contents, '@a.ts');
    const unsaved = [{ path: `${folder}/a.ts`, uri: 'file:///home/ann/app/a.ts', length: 5 }];
    assert.equal((await ask({ unsaved })).addedTokens, 10);
    documents.open('file:///home/ann/app/a.ts', 'x y z', 0);
    assert.equal((await ask({ unsaved })).addedTokens, 12);
    assert.equal(
      (
        await ask({
          unsaved: [{ ...unsaved[0], path: `${folder}/a.ts`, uri: unsaved[0]?.uri ?? '', length: 9 }],
        })
      ).addedTokens,
      10,
    );
  });

  it('answers in time with what it has, and with the rest when it is asked again', async () => {
    const { ask, wait } = start(contents, '@a.ts');
    const first = ask();
    wait(5_000);
    const late = await first;
    assert.equal(late.isUnfinished, true);
    const { isUnfinished, addedTokens } = await ask();
    assert.deepEqual([isUnfinished, addedTokens], [false, 10]);
  });

  it('is of a selection wherever it is, and says where its text is not at hand', async () => {
    const text = `${'x '.repeat(150_000)}look at @a.ts`;
    const end = text.length;
    const { ask, documents } = start(contents, text);
    const { parts, isCut } = await ask({ spans: [{ start: end - 13, end }] });
    assert.deepEqual(
      [parts.map(({ path }) => path), isCut],
      [[`${folder}/CLAUDE.md`, `${folder}/a.ts`], false],
    );
    assert.equal((await ask()).isCut, true);
    assert.equal(documents.get(uri)?.between(end - 5, end), '@a.ts');
    documents.open(uri, '@a.ts', 2_000_000);
    assert.equal(documents.get(uri)?.between(0, 6), undefined);
  });

  it('is the least while there was no time to look for what the agent loads', async () => {
    const { ask, wait } = start(contents, 'look');
    const first = ask();
    wait(5_000);
    const { isUnfinished, isLeast, parts } = await first;
    assert.deepEqual([isUnfinished, isLeast, parts], [true, true, []]);
  });

  it('says when its text is not the editor’s', async () => {
    const { documents, handle } = start(contents, 'text');
    documents.close(uri);
    const query = { uri, length: 4, spans: [] } as unknown as ContextQuery;
    assert.deepEqual(await handle(query), { kind: 'outOfStep' });
  });
});
