import assert from 'node:assert/strict';
import { aiderReader } from '../../../src/agents/aider/aiderReader.ts';
import { analyticsName } from '../../../src/agents/aider/analytics.ts';
import { lines } from '../../contract/fixture.ts';
import { readFiles } from '../../contract/reading.ts';

const path = '.aider.chat.history.md';
const started = '2026-05-26T10:00:00';
const receiptsOf = (...messages: readonly string[]) => receiptsBeside({}, ...messages);

function receiptsBeside(beside: Readonly<Record<string, string>>, ...messages: readonly string[]) {
  const history = lines(`# aider chat started at ${started.replace('T', ' ')}`, ...messages);
  return readFiles(aiderReader, [[path, Buffer.from(history)]], [path], beside).standing();
}

describe('a message in a history of Aider', () => {
  it('is known as it was when its input was taken for more', () => {
    const receipts = receiptsOf(
      '> Model: anthropic/claude-sonnet-4-5 with diff edit format  ',
      '> Tokens: 25k sent, 1.0k cache write, 20k cache hit, 310 received.  ',
      '> Cost: $0.02 message, $0.13 session.  ',
      '> Model: deepseek/deepseek-chat with diff edit format  ',
      '> Tokens: 12k sent, 9.8k cache hit, 1.0k received.  ',
    );
    assert.deepEqual(
      receipts.map(({ id, tokens }) => [id.response.split('/')[2], tokens.uncachedInput]),
      [
        ['24000.20000.1000.310', 3_000],
        ['2200.9800.0.1000', 2_200],
      ],
    );
  });

  describe('in architect mode', () => {
    const mode = [
      '> Main model: deepseek/deepseek-reasoner with architect edit format  ',
      '> Editor model: openai/gpt-5.5 with editor-diff edit format  ',
      '#### go on  ',
    ];
    const message = '> Tokens: 12k sent, 9.8k cache hit, 1.2k received.  ';
    const messagesOf = (...lines: readonly string[]) =>
      receiptsOf(...mode, ...lines).map(({ id, model }) => `${model} ${id.response.split('/')[2]}`);
    const byArchitect = 'deepseek/deepseek-reasoner 2200.9800.0.1200';
    const byEditor = 'openai/gpt-5.5 2200.9800.0.1200';

    it('is known by the main model, whoever answered', () => {
      const said = ['Change a.py.', message, '#### Change a.py.  ', '', 'Changed.', message];
      assert.deepEqual(messagesOf(...said), [byArchitect, byEditor]);
    });

    it("is the editor's also where the answer looked like a prompt, or was long", () => {
      const headed = ['Two steps', '#### One  ', 'Do this.', '', message];
      const repeated = ['#### Two steps  ', '#### #### One  ', '#### Do this.  ', '', message];
      assert.deepEqual(messagesOf(...headed, ...repeated), [byArchitect, byEditor]);
      const long = Array.from({ length: 100 }, (_, index) => `${index} ${'x'.repeat(3_000)}`);
      const answered = [...long, '', message, ...long.map((line) => `#### ${line}  `), '', message];
      assert.deepEqual(messagesOf(...answered), [byArchitect, byEditor]);
    });

    it("is the architect's where the prompt is another", () => {
      const said = ['Change a.py.', 'Yes?', message, '#### Change b.py.  ', '', 'Yes.', message];
      assert.deepEqual(messagesOf(...said), [byArchitect, byArchitect]);
      assert.deepEqual(messagesOf(message, '#### ', '', message), [byArchitect, byArchitect]);
    });
  });

  describe('has counts', () => {
    const whole = '> /home/ann/.local/bin/aider --model openai/gpt-5.5 --no-stream  ';
    const message = '> Tokens: 12k sent, 1.2k received.  ';
    const qualitiesOf = (...messages: readonly string[]) =>
      receiptsOf(...messages).map(({ quality }) => quality);

    it("of Aider's own, which answers that are streamed come without", () => {
      assert.deepEqual(qualitiesOf('> /usr/bin/aider --stream  ', '#### go on  ', message), ['estimated']);
      assert.deepEqual(qualitiesOf('> /usr/bin/aider --no-streams  ', message), ['estimated']);
    });

    it('of the provider where answers came whole', () => {
      assert.deepEqual(qualitiesOf(whole, '#### go on  ', message), ['rounded']);
      const cached = '> Tokens: 12k sent, 9.0k cache hit, 1.2k received.  ';
      assert.deepEqual(qualitiesOf(cached), ['rounded']);
    });

    it('by what stands on the command line, not in what was said', () => {
      assert.deepEqual(qualitiesOf('#### how does it go on?  ', whole, message), ['estimated']);
    });

    it('that are exact where they were measured, too', () => {
      const time = new Date(started).getTime() / 1_000;
      const properties = { main_model: 'openai/gpt-5.5', prompt_tokens: 12_345, completion_tokens: 1_234 };
      const beside = {
        [analyticsName]: lines(
          { event: 'launched', properties: {}, time },
          { event: 'message_send', properties: { ...properties, cost: 0, total_cost: 0 }, time: time + 5 },
        ),
      };
      const model = '> Model: openai/gpt-5.5 with diff edit format  ';
      const both = [receiptsBeside(beside, whole, model, message), receiptsBeside(beside, model, message)];
      assert.deepEqual(
        both.flat().map(({ quality, tokens }) => [quality, tokens.uncachedInput]),
        [
          ['exact', 12_345],
          ['estimated', 12_345],
        ],
      );
    });
  });
});
