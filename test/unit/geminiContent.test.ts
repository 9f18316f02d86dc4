import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { actorPrompt, lines } from '../agents/model/lines.ts';
import { LoopbackModel } from '../agents/model/loopbackModel.ts';
import { ask, fail, say, shell, usage } from '../agents/model/steps.ts';

let model: LoopbackModel | undefined;

async function start(script: Parameters<typeof LoopbackModel.start>[0]['script']): Promise<void> {
  model = await LoopbackModel.start({ script, maxCalls: 20, lifeMs: 10_000 });
}

function post(method: string, text: string, tools: readonly object[]): Promise<Response> {
  const body = {
    contents: [{ role: 'user', parts: [{ text }] }],
    tools: [{ functionDeclarations: tools }],
  };
  const path = `/v1beta/models/gemini-x:${method}`;
  return fetch(`${model?.url}${path}`, { method: 'POST', body: JSON.stringify(body) });
}

async function chunksOf(response: Response) {
  const blocks = (await response.text()).split('\n\n').filter((block) => block !== '');
  return blocks.map((block) => JSON.parse(block.slice('data: '.length)));
}

const shellTool = { name: 'run_shell_command' };
const figures = usage({ uncachedInput: 1, cacheRead: 20, output: 50, reasoning: 6 });

describe('loopback model in the words of Google', () => {
  afterEach(() => model?.stop());

  it('counts what was cached inside the prompt and thoughts beside the output', async () => {
    await start(lines({ main: [say('Hello.', figures)] }));
    const answer = (await (await post('generateContent', 'Hi', [shellTool])).json()) as {
      usageMetadata: object;
    };
    assert.deepEqual(answer.usageMetadata, {
      promptTokenCount: 21,
      candidatesTokenCount: 44,
      thoughtsTokenCount: 6,
      cachedContentTokenCount: 20,
      totalTokenCount: 71,
    });
    assert.deepEqual(
      model?.served.map(({ actor, model: name, usage: { tokens } }) => [actor, name, tokens]),
      [['main', 'gemini-x', figures.tokens]],
    );
  });

  it('streams a thought before the whole, with less usage', async () => {
    await start(lines({ main: [ask(shell('ls'))] }));
    const [first, last] = await chunksOf(await post('streamGenerateContent', 'Hi', [shellTool]));
    assert.ok(first.usageMetadata.totalTokenCount < last.usageMetadata.totalTokenCount);
    assert.equal(last.candidates[0].content.parts[1].functionCall.args.command, 'ls');
  });

  it('lets a sub-agent hand back by the tool that it has for it', async () => {
    await start(lines({ main: [], reader: [say('Read.')] }));
    const handBack = { name: 'complete_task', parametersJsonSchema: { required: ['result'] } };
    const answer = await (await post('generateContent', actorPrompt('reader'), [handBack])).json();
    const { candidates } = answer as { candidates: { content: { parts: object[] } }[] };
    assert.deepEqual(candidates[0]?.content.parts[1], {
      functionCall: { name: 'complete_task', args: { result: 'Read.' } },
    });
  });

  it('fails as the script says, and counts tokens', async () => {
    await start(lines({ main: [fail(503)] }));
    assert.equal((await post('generateContent', 'Hi', [shellTool])).status, 503);
    const counted = (await (await post('countTokens', 'Hi', [])).json()) as { totalTokens: number };
    assert.ok(counted.totalTokens > 0);
  });
});
