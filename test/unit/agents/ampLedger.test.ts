import assert from 'node:assert/strict';
import { ampReader } from '../../../src/agents/amp/ampReader.ts';
import { Reading, readFile } from '../../contract/reading.ts';

const message = (messageId: number, model: string) => ({
  ...{ role: 'assistant', messageId, content: [] },
  usage: { model, inputTokens: 12, outputTokens: 380, cacheReadInputTokens: 14_200 },
});
const event = (id: string, model: string, input: number, output: number) => ({
  ...{ id, timestamp: '2026-08-19T10:00:05.000Z', model, tokens: { input, output }, toMessageId: 3 },
});
const title = event('e1', 'claude-haiku-4-5', 2_000, 7);
const answer = event('e2', 'claude-opus-4-5', 12, 380);

function readStates(messages: readonly object[], ...states: readonly (readonly object[])[]) {
  const reading = new Reading();
  for (const events of states) {
    const thread = { id: 'T-1', created: 1_787_133_600_000, messages, usageLedger: { events } };
    readFile(ampReader, reading, 'T-1.json', Buffer.from(JSON.stringify(thread)));
  }
  return reading
    .standing()
    .map(({ id, model, tokens }) => `${id.response} ${model} ${tokens.output} ${tokens.cacheRead}`)
    .sort();
}

describe('events in the ledger of a thread of Amp', () => {
  const both = ['T-1/3 claude-opus-4-5 380 14200', 'T-1/e1 claude-haiku-4-5 7 null'];

  it('are told apart by whose the message is, whenever the thread is read', () => {
    const messages = [message(3, 'claude-opus-4-5')];
    assert.deepEqual(readStates(messages, [title, answer]), both);
    assert.deepEqual(readStates(messages, [answer, title]), both);
    assert.deepEqual(readStates(messages, [], [title], [title, answer]), both);
    assert.deepEqual(readStates(messages, [title], [title, answer], [title, answer]), both);
  });

  it('are taken for the message where its model has another name and the numbers are the same', () => {
    assert.deepEqual(readStates([message(3, 'opus')], [title, answer]), both);
  });

  it('count once where they stand there twice', () => {
    assert.deepEqual(readStates([message(3, 'claude-opus-4-5')], [answer, title, answer, title]), both);
  });

  describe('where they name no message', () => {
    const nameless = (id: string, more: object = {}) => ({
      ...event(id, 'claude-opus-4-5', 12, 380),
      ...{ toMessageId: undefined, ...more },
    });
    const messages = [message(3, 'claude-opus-4-5'), message(5, 'claude-opus-4-5')];
    const told = (id: string, cacheRead: number | null = 14_200) =>
      `T-1/${id} claude-opus-4-5 380 ${cacheRead}`;

    it('count once with the message of the same numbers, whenever that comes', () => {
      assert.deepEqual(readStates(messages.slice(1), [nameless('e1')]), [told('e1')]);
      const reading = new Reading();
      for (const state of [[], messages.slice(1)]) {
        const thread = { id: 'T-1', messages: state, usageLedger: { events: [nameless('e1')] } };
        readFile(ampReader, reading, 'T-1.json', Buffer.from(JSON.stringify(thread)));
      }
      assert.deepEqual(
        reading.standing().map(({ id }) => id.response),
        ['T-1/e1'],
      );
    });

    it('are of one message each', () => {
      assert.deepEqual(readStates(messages, [nameless('e1')]), [told('5'), told('e1')]);
      assert.deepEqual(readStates(messages, [nameless('e1'), nameless('e1')]), [told('5'), told('e1')]);
      const both = [nameless('e1'), nameless('e2')];
      assert.deepEqual(readStates(messages, both), [told('e1'), told('e2')]);
      const three = [...both, nameless('e3')];
      assert.deepEqual(readStates(messages, three), [told('e1'), told('e2'), told('e3', null)]);
    });

    it('are of one message that stands there twice, and of one of their own model first', () => {
      const [first] = messages;
      assert.deepEqual(readStates([first ?? {}, first ?? {}], [nameless('e1')]), [told('e1')]);
      const other = message(7, 'claude-haiku-4-5');
      assert.deepEqual(readStates([other, ...messages.slice(1)], [nameless('e1')]), [
        'T-1/7 claude-haiku-4-5 380 14200',
        told('e1'),
      ]);
    });

    it('leave the message alone where they are refused', () => {
      assert.deepEqual(readStates(messages, [nameless('e1', { timestamp: null })]), [told('3'), told('5')]);
      const unlike = nameless('e1', { tokens: { input: 13, output: 380 } });
      assert.deepEqual(readStates(messages, [unlike]), [told('3'), told('5'), told('e1', null)]);
    });
  });
});
