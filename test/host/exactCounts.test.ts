import assert from 'node:assert/strict';
import { commands, env, type LanguageModelChat, lm, Position, Selection, window } from 'vscode';
import type { ExactCount } from '../../src/editor/exact/exactCount.ts';
import { engineServers } from '../unit/engines/engineServers.ts';
import { LoopbackServer } from '../unit/engines/loopbackServer.ts';
import { type Answers, type Asked, runAnswering } from './answers.ts';
import { changeSetting, estimateText, showText, windowState } from './tokenBurn.ts';

const text = 'the tides turn twice a day';

interface Sent {
  readonly url: string;
  readonly body: unknown;
  readonly headers: Headers;
}

/** Takes the place of the network: what is sent goes nowhere. */
class Network {
  readonly sent: Sent[] = [];
  answer: () => Response = () => Response.json({ input_tokens: 16 });
  readonly #own = globalThis.fetch;

  constructor() {
    globalThis.fetch = async (input, init) => {
      this.sent.push({
        url: String(input),
        body: JSON.parse(String(init?.body)),
        headers: new Headers(init?.headers),
      });
      return this.answer();
    };
  }

  get last(): Sent {
    return this.sent.at(-1) ?? assert.fail('nothing was sent');
  }

  isUntouched(): void {
    assert.equal(this.sent.length, 0);
  }

  restore(): void {
    globalThis.fetch = this.#own;
  }
}

function fakeModel(countTokens: LanguageModelChat['countTokens']): LanguageModelChat {
  return {
    id: 'tide-1',
    name: 'Tide One',
    vendor: 'tides',
    family: 'gpt-5.5',
    version: '1',
    maxInputTokens: 8192,
    countTokens,
    sendRequest: () => Promise.reject(new Error('nothing may be generated')),
  };
}

describe("counting by the model's own tokenizer", () => {
  const ownSelect = lm.selectChatModels;
  const ownKey = process.env.ANTHROPIC_API_KEY;
  let network: Network;
  let counts: ExactCount[];
  let stopListening: () => void;

  before(() => changeSetting('tokenBurn.estimate.model', 'claude-sonnet-5-5'));
  after(() => changeSetting('tokenBurn.estimate.model', undefined));

  beforeEach(async () => {
    network = new Network();
    counts = [];
    const listening = (await windowState()).onDidCountExactly?.((count) => counts.push(count));
    stopListening = () => listening?.dispose();
    lm.selectChatModels = async () => [];
    process.env.ANTHROPIC_API_KEY = 'key-of-the-environment';
    await showText(text);
    await estimateText(/Claude Sonnet 5\.5/);
  });

  afterEach(async () => {
    network.restore();
    stopListening();
    lm.selectChatModels = ownSelect;
    if (ownKey === undefined) delete process.env.ANTHROPIC_API_KEY;
    else process.env.ANTHROPIC_API_KEY = ownKey;
    for (const name of ['kind', 'url', 'model', 'allowRemote'] as const) {
      await changeSetting(`tokenBurn.engine.${name}`, undefined);
    }
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  const count = (answers: Answers): Promise<Asked> => runAnswering('tokenBurn.countExactly', answers);

  async function nameEngine(kind: string, url: string, allowRemote = false): Promise<void> {
    await changeSetting('tokenBurn.engine.kind', kind);
    await changeSetting('tokenBurn.engine.url', url);
    await changeSetting('tokenBurn.engine.allowRemote', allowRemote);
  }

  it('sends nothing while text is opened, typed and selected', async () => {
    const editor = window.activeTextEditor;
    assert.ok(editor);
    await editor.edit((edit) => edit.insert(new Position(0, 0), 'always '));
    editor.selections = [new Selection(0, 0, 0, 6)];
    await estimateText(/selected/);
    network.isUntouched();
  });

  it('says of each who can count where the text goes, and sends nothing when none is chosen', async () => {
    await nameEngine('vllm', 'http://127.0.0.1:8123');
    lm.selectChatModels = async () => [fakeModel(async () => 7)];
    const { entries, messages } = await count({});
    assert.deepEqual(entries, [
      'vLLM | Stays on this machine: 127.0.0.1:8123',
      'Claude Sonnet 5.5 | Leaves this machine: api.anthropic.com',
      'Tide One | Goes to its extension, which may ask a service',
    ]);
    assert.deepEqual([messages, counts], [[], []]);
    network.isUntouched();
  });

  it("offers a maker's endpoint for its own models alone", async () => {
    await changeSetting('tokenBurn.estimate.model', 'gpt-5.5');
    assert.deepEqual((await count({})).entries, ['Name a Local Engine…']);
    await changeSetting('tokenBurn.estimate.model', 'gemini-3.8-flash');
    assert.match((await count({})).entries.join('\n'), /generativelanguage\.googleapis\.com/);
    await changeSetting('tokenBurn.estimate.model', 'claude-sonnet-5-5');
  });

  it('has an engine on this machine count without more questions', async () => {
    network.restore();
    const server = new LoopbackServer(engineServers.vllm);
    await server.start();
    try {
      await nameEngine('vllm', `${server.url}/v1`);
      await changeSetting('tokenBurn.engine.model', 'gpt-5.5');
      const { messages } = await count({ pick: 'gpt-5.5', press: 'Copy Count' });
      assert.equal(await env.clipboard.readText(), '6');
      assert.deepEqual(messages, ['gpt-5.5 in vLLM counts 6 tokens. Token Burn has the same. | Copy Count']);
      assert.deepEqual(
        server.sent.map(({ path, body }) => [path, JSON.parse(body).prompt]),
        [['/tokenize', text]],
      );
      const [{ predicted, ...counted } = assert.fail()] = counts;
      assert.deepEqual(counted, { source: 'engine', model: 'gpt-5.5', actualTokens: 6, isFramed: false });
      assert.equal(predicted?.estimate.tokens, 6);
    } finally {
      await server.stop();
    }
  });

  it('refuses an engine on another machine, whatever its name looks like', async () => {
    for (const url of ['http://localhost.evil.com', 'http://127.0.0.1@evil.com', 'http://0x08080808']) {
      await nameEngine('vllm', url);
      const { messages } = await count({ pick: 'vLLM' });
      assert.match(messages.join(), /^The address of vLLM in the settings is (none|not of this machine): /);
    }
    network.isUntouched();
  });

  it('asks each time before it sends to an engine on another machine that is allowed', async () => {
    await nameEngine('vllm', 'http://engine.example:8000', true);
    network.answer = () => Response.json({ count: 6, tokens: [1, 2, 3, 4, 5, 6] });
    const { messages } = await count({ pick: 'vLLM' });
    assert.match(
      messages.join(),
      /^Send the 26 characters of Text-[0-9a-f-]{36} to engine\.example:8000\? \| They go there once, NOT ENCRYPTED, .* \| Send$/,
    );
    network.isUntouched();
    for (const times of [1, 2]) {
      assert.equal((await count({ pick: 'vLLM', press: 'Send' })).messages.length, 2);
      assert.equal(network.sent.length, times);
    }
  });

  it('tells of the second request that an engine is sent which adds to a text', async () => {
    await nameEngine('tgi', 'https://engine.example', true);
    await changeSetting('tokenBurn.engine.model', 'tides-7b');
    network.answer = () => Response.json([{ id: 1 }, { id: 2 }]);
    const { messages } = await count({ pick: 'tides-7b', press: 'Send' });
    assert.match(
      messages[0] ?? '',
      /over HTTPS.* Nothing is sent with them\. A second request has the letter "a"/,
    );
    assert.deepEqual(
      network.sent.map(({ body }) => body),
      [{ inputs: text }, { inputs: 'a' }],
    );
  });

  it("sends to a maker's endpoint what it says, after it was told to, and nothing else", async () => {
    const { messages } = await count({ pick: 'Claude' });
    assert.deepEqual(messages.length, 1);
    assert.match(
      messages.join(),
      /^Send the 26 characters of Text-[0-9a-f-]{36} to api\.anthropic\.com\? \| They go there once, over HTTPS, to be counted\. Sent with them: the name of the model \(claude-sonnet-5-5\) and your key \(ANTHROPIC_API_KEY of the environment\)\. Nothing else\. \| Send$/,
    );
    network.isUntouched();
    const told = await count({ pick: 'Claude', press: 'Send' });
    assert.match(
      told.messages[1] ?? '',
      /^Claude Sonnet 5\.5 at api\.anthropic\.com counts 10 tokens\. (Token Burn has the same|Token Burn's ~\d+ is [\d.]+% too (low|high))\. \| Copy Count$/,
    );
    assert.equal(network.sent.length, 1);
    assert.equal(network.last.url, 'https://api.anthropic.com/v1/messages/count_tokens');
    assert.equal(network.last.headers.get('x-api-key'), 'key-of-the-environment');
    assert.deepEqual(network.last.body, {
      model: 'claude-sonnet-5-5',
      messages: [{ role: 'user', content: text }],
    });
  });

  it('counts the selection where there is one', async () => {
    const editor = window.activeTextEditor;
    assert.ok(editor);
    editor.selections = [new Selection(0, 4, 0, 9)];
    await estimateText(/selected/);
    const { messages } = await count({ pick: 'Claude', press: 'Send' });
    assert.match(messages[0] ?? '', /^Send the 5 selected characters of /);
    assert.deepEqual(network.last.body, {
      model: 'claude-sonnet-5-5',
      messages: [{ role: 'user', content: 'tides' }],
    });
  });

  it('keeps a typed key only when told to, and only once it was accepted', async () => {
    delete process.env.ANTHROPIC_API_KEY;
    const keep = { pick: 'Claude', type: 'typed-key', press: 'Send and Keep Key' };
    assert.deepEqual((await count({ pick: 'Claude' })).inputs, ['API Key of Anthropic']);
    network.isUntouched();
    network.answer = () => Response.json({}, { status: 401 });
    assert.match((await count(keep)).messages[1] ?? '', /does not accept the key/);
    network.answer = () => Response.json({ input_tokens: 16 });
    assert.deepEqual((await count({ ...keep, press: 'Send' })).inputs.length, 1);
    assert.deepEqual((await count(keep)).inputs.length, 1);
    const kept = await count({ pick: 'Claude', press: 'Send' });
    assert.deepEqual(kept.inputs, []);
    assert.match(kept.messages[0] ?? '', /your key \(kept by VS Code\)/);
    assert.equal(network.last.headers.get('x-api-key'), 'typed-key');
    await runAnswering('tokenBurn.forgetApiKeys', {});
    assert.equal((await count({ pick: 'Claude' })).inputs.length, 1);
  });

  it('has an extension that VS Code has models from count, and does not believe that a text has no tokens', async () => {
    lm.selectChatModels = async () => [fakeModel(async (given) => String(given).split(' ').length)];
    const { messages } = await count({ pick: 'Tide One' });
    assert.deepEqual(messages, [
      'Tide One in VS Code has 6 tokens, as its extension reckons. Token Burn has the same. | Copy Count',
    ]);
    assert.equal(counts[0]?.source, 'editor');
    lm.selectChatModels = async () => [fakeModel(async () => 0)];
    assert.match((await count({ pick: 'Tide One' })).messages.join(), /is not a count/);
    lm.selectChatModels = async () => [fakeModel(() => Promise.reject(new Error('signed out')))];
    assert.match((await count({ pick: 'Tide One' })).messages.join(), /could not count/);
    assert.equal(counts.length, 1);
    network.isUntouched();
  });

  it('works where VS Code cannot tell its models', async () => {
    lm.selectChatModels = () => Promise.reject(new Error('no models today'));
    assert.match((await count({})).entries.join('\n'), /Claude Sonnet 5\.5/);
  });
});
