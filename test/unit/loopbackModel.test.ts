import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { actorPrompt, lines } from '../agents/model/lines.ts';
import { LoopbackModel, type ModelOptions } from '../agents/model/loopbackModel.ts';
import { ask, fail, say, shell, spawn, usage, wait } from '../agents/model/steps.ts';

let model: LoopbackModel | undefined;

async function start(options: Partial<ModelOptions> & Pick<ModelOptions, 'script'>): Promise<LoopbackModel> {
  model = await LoopbackModel.start({ maxCalls: 20, lifeMs: 10_000, ...options });
  return model;
}

function post(path: string, body: object): Promise<Response> {
  return fetch(`${model?.url}${path}`, { method: 'POST', body: JSON.stringify(body) });
}

const bash = { name: 'Bash' };

function askAnthropic(prompt: string, rest: object = {}): Promise<Response> {
  return post('/v1/messages', {
    model: 'claude-x',
    messages: [{ role: 'user', content: prompt }],
    tools: [bash],
    ...rest,
  });
}

function askOpenAi(input: readonly object[], tools: readonly object[] = []): Promise<Response> {
  return post('/v1/responses', { model: 'gpt-x', input, tools, stream: true });
}

function askChat(rest: object = {}, tools: readonly object[] = [bashFunction]): Promise<Response> {
  const messages = [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }];
  return post('/v1/chat/completions', { model: 'qwen-x', messages, tools, ...rest });
}

const bashFunction = functionTool('bash', ['command']);

function functionTool(name: string, parameters: readonly string[], more: object = {}) {
  const properties = Object.fromEntries(parameters.map((parameter) => [parameter, { type: 'string' }]));
  return { type: 'function', function: { name, parameters: { properties: { ...properties, ...more } } } };
}

/** The chunks of a stream that says that it has ended. */
async function chunksOf(response: Response) {
  const blocks = (await response.text()).split('\n\n').filter((block) => block !== '');
  assert.equal(blocks.pop(), 'data: [DONE]');
  return blocks.map((block) => JSON.parse(block.slice('data: '.length)));
}

const prompt = (text: string) => ({ type: 'message', role: 'user', content: [{ type: 'input_text', text }] });

async function messageOf(response: Response) {
  return JSON.parse(await response.text());
}

/** The data of each server-sent event. */
async function eventsOf(response: Response) {
  const blocks = (await response.text()).split('\n\n').filter((block) => block !== '');
  return blocks.map((block) => JSON.parse(block.slice(block.indexOf('data: ') + 6)));
}

const figures = usage(
  { uncachedInput: 1, cacheRead: 20, cacheWrite5m: 300, cacheWrite1h: 4_000, output: 50, reasoning: 6 },
  { webSearches: 2, terms: { speed: 'fast' } },
);

describe('loopback model', () => {
  afterEach(() => model?.stop());

  it('listens on 127.0.0.1 alone', async () => {
    const { url } = await start({ script: lines({ main: [say('Hello.')] }) });
    assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('bills in Anthropic words what the script chose, and keeps a record of it', async () => {
    const { served } = await start({ script: lines({ main: [say('Hello.', figures)] }) });
    const response = await askAnthropic('Hi');
    const message = await messageOf(response);
    assert.deepEqual(message.usage, {
      input_tokens: 1,
      cache_read_input_tokens: 20,
      cache_creation_input_tokens: 4_300,
      cache_creation: { ephemeral_5m_input_tokens: 300, ephemeral_1h_input_tokens: 4_000 },
      output_tokens: 50,
      output_tokens_details: { thinking_tokens: 6 },
      server_tool_use: { web_search_requests: 2, web_fetch_requests: 0 },
      service_tier: 'standard',
      speed: 'fast',
    });
    const ids = { response: message.id, request: response.headers.get('request-id') ?? '' };
    const told = { stopReason: 'end_turn', calls: [] };
    const reply = {
      callNumber: 1,
      actor: 'main',
      model: 'claude-x',
      ids,
      usage: figures,
      toolCalls: [],
      told,
    };
    assert.deepEqual(served, [reply]);
  });

  it('streams a message that begins with one output token and ends with all of them', async () => {
    await start({ script: lines({ main: [ask(shell('ls'))] }) });
    const events = await eventsOf(await askAnthropic('Hi', { stream: true }));
    assert.equal(events[0].message.usage.output_tokens, 1);
    const end = events.find(({ type }) => type === 'message_delta');
    assert.deepEqual([end.usage.output_tokens, end.delta.stop_reason], [301, 'tool_use']);
    const input = events.find(({ delta }) => delta?.type === 'input_json_delta');
    assert.equal(JSON.parse(input.delta.partial_json).command, 'ls');
  });

  it('counts what was read from and written to the cache inside the input of OpenAI', async () => {
    const chosen = usage({
      uncachedInput: 1,
      cacheRead: 20,
      cacheWriteUnknown: 300,
      output: 50,
      reasoning: 6,
    });
    await start({ script: lines({ main: [say('Hello.', chosen)] }) });
    const events = await eventsOf(await askOpenAi([prompt('Hi')]));
    assert.deepEqual(events.at(-1).response.usage, {
      input_tokens: 321,
      input_tokens_details: { cached_tokens: 20, cache_write_tokens: 300 },
      output_tokens: 50,
      output_tokens_details: { reasoning_tokens: 6 },
      total_tokens: 371,
    });
  });

  it('bills chat completions with cached and reasoning tokens inside, plain and at the end of a stream', async () => {
    const chosen = usage({
      uncachedInput: 1,
      cacheRead: 20,
      cacheWriteUnknown: 300,
      output: 50,
      reasoning: 6,
    });
    const { served } = await start({ script: lines({ main: [say('Hello.', chosen)] }) });
    const billed = {
      prompt_tokens: 321,
      prompt_tokens_details: { cached_tokens: 20, cache_write_tokens: 300 },
      completion_tokens: 50,
      completion_tokens_details: { reasoning_tokens: 6 },
      total_tokens: 371,
    };
    const whole = await messageOf(await askChat());
    assert.deepEqual(whole.usage, billed);
    assert.equal(whole.choices[0].message.content, 'Hello.');
    const chunks = await chunksOf(await askChat({ stream: true, stream_options: { include_usage: true } }));
    assert.deepEqual([chunks.at(-1).usage, chunks.at(-1).choices], [billed, []]);
    assert.equal(chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join(''), 'Hello.');
    assert.deepEqual(
      served.map(({ ids }) => ids.response),
      [whole.id, chunks[0].id],
    );
  });

  it('streams no usage of chat completions to those who did not ask for it', async () => {
    await start({ script: lines({ main: [say('Hello.')] }) });
    const chunks = await chunksOf(await askChat({ stream: true }));
    assert.ok(chunks.every(({ usage: told }) => told === undefined));
    assert.equal(chunks.at(-1).choices[0].finish_reason, 'stop');
  });

  it('calls tools in chat completions by the names and arguments that are on offer', async () => {
    await start({ script: lines({ main: [ask(shell('ls'), spawn('reader'))] }) });
    const kinds = { agent_type: { type: 'string', enum: ['explore', 'general-purpose'] } };
    const task = functionTool('task', ['prompt', 'name'], kinds);
    const { choices } = await messageOf(await askChat({}, [bashFunction, task]));
    assert.equal(choices[0].finish_reason, 'tool_calls');
    assert.deepEqual(
      choices[0].message.tool_calls.map(
        ({ function: called }: { function: { name: string; arguments: string } }) => [
          called.name,
          JSON.parse(called.arguments),
        ],
      ),
      [
        ['bash', { command: 'ls' }],
        ['task', { name: 'reader', prompt: actorPrompt('reader'), agent_type: 'general-purpose' }],
      ],
    );
  });

  it('answers asides of chat completions by themselves, which offer no tools', async () => {
    const { served } = await start({ script: lines({ main: [say('Hello.')] }) });
    await (await askChat({}, [])).text();
    assert.deepEqual(
      served.map(({ actor }) => actor),
      ['aside'],
    );
  });

  it('gives every response its own ids and its own figures', async () => {
    const { served } = await start({ script: lines({ main: [say('Again.')] }) });
    await Promise.all([askAnthropic('Hi'), askAnthropic('Hi'), askAnthropic('Hi')]);
    assert.equal(new Set(served.map(({ ids }) => ids.response)).size, 3);
    assert.equal(new Set(served.map(({ usage: { tokens } }) => tokens.output)).size, 3);
  });

  it('lets each sub-agent say its own lines, known by its prompt', async () => {
    const { served } = await start({
      script: lines({ main: [ask(spawn('reader'))], reader: [say('Read.')] }),
    });
    await (await askAnthropic('Hi')).text();
    const reply = await messageOf(await askAnthropic(actorPrompt('reader')));
    assert.equal(reply.content[0].text, 'Read.');
    assert.deepEqual(
      served.map(({ actor }) => actor),
      ['main', 'reader'],
    );
  });

  it('fails as the script says, without billing', async () => {
    const { served } = await start({ script: lines({ main: [fail(529), say('At last.')] }) });
    assert.equal((await askAnthropic('Hi')).status, 529);
    assert.deepEqual(served, []);
    assert.equal((await askAnthropic('Hi')).status, 200);
  });

  it('refuses for good after its last call', async () => {
    const { served } = await start({ script: lines({ main: [ask(shell('ls'))] }), maxCalls: 2 });
    const statuses: number[] = [];
    for (let call = 0; call < 4; call++) statuses.push((await askAnthropic('Hi')).status);
    assert.deepEqual(statuses, [200, 200, 402, 402]);
    assert.equal(served.length, 2);
  });

  it('is gone when its time is over', async () => {
    const { url } = await start({ script: lines({ main: [say('Hello.')] }), lifeMs: 1 });
    while (await isReachable(url)) await new Promise((resolve) => setTimeout(resolve, 5));
  });

  it('waits for helpers until the conversation tells that they are done', async () => {
    await start({ script: lines({ main: [ask(spawn('reader')), ask(wait), say('Done.')] }) });
    const tools = [
      { type: 'namespace', name: 'helpers', tools: [{ name: 'spawn_agent' }, { name: 'wait_agent' }] },
    ];
    const started = { type: 'function_call_output', output: '{"agent_id":"h1"}' };
    const late = { type: 'function_call_output', output: '{"status":{},"timed_out":true}' };
    const done = { type: 'function_call_output', output: '{"status":{"h1":{"completed":"Read."}}}' };
    const conversation = [[], [started], [started, late], [started, late, done]];
    const said: string[] = [];
    for (const items of conversation) {
      const events = await eventsOf(await askOpenAi([prompt('Hi'), ...items], tools));
      const item = events.at(-1).response.output.at(-1);
      said.push(item.name ?? item.content[0].text);
    }
    assert.deepEqual(said, ['spawn_agent', 'wait_agent', 'wait_agent', 'Done.']);
  });

  it('keeps calls and paths that nobody foresaw', async () => {
    const { unforeseen, strangePaths } = await start({ script: lines({ main: [say('Hello.')] }) });
    await (await askAnthropic(actorPrompt('stranger'))).text();
    assert.equal((await post('/v2/other', {})).status, 404);
    assert.deepEqual(
      unforeseen.map(({ actor }) => actor),
      ['stranger'],
    );
    assert.deepEqual(strangePaths, ['POST /v2/other']);
  });
});

async function isReachable(url: string): Promise<boolean> {
  try {
    await (await fetch(url)).text();
    return true;
  } catch {
    return false;
  }
}
