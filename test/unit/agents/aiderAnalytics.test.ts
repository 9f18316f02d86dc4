import assert from 'node:assert/strict';
import { aiderReader } from '../../../src/agents/aider/aiderReader.ts';
import {
  analyticsName,
  measuredOf,
  measurementsBeside,
  type Printed,
} from '../../../src/agents/aider/analytics.ts';
import type { JsonValue } from '../../../src/agents/reader.ts';
import { parseDollars } from '../../../src/domain/money.ts';
import { toLogLine } from '../../contract/byteLine.ts';
import { Reading } from '../../contract/reading.ts';

const startedMs = new Date('2026-05-26T10:00:00').getTime();
const printed: Printed = {
  model: 'openai/gpt-5.5',
  sent: 12_000,
  output: 1_200,
  cost: { message: '0.09', session: '1.29' },
  startedMs,
  afterMs: 0,
};
const properties = {
  main_model: 'openai/gpt-5.5',
  prompt_tokens: 12_345,
  completion_tokens: 1_234,
  cost: 0.0926,
  total_cost: 1.2926,
};
const record = (changed: object = {}, time: unknown = startedMs / 1_000 + 5) =>
  JSON.stringify({ event: 'message_send', properties: { ...properties, ...changed }, time });
const launched = (afterS = 0) =>
  JSON.stringify({ event: 'launched', properties: {}, time: startedMs / 1_000 + afterS });
const logWith = (...lines: readonly string[]) => ({
  relativePath: 'x',
  beside: (path: string) => (path === analyticsName ? lines.join('\n') : null),
});
const sentOf = (...lines: readonly string[]) => sentIn([launched(), ...lines]);
const sentIn = (lines: readonly string[], afterMs = 0) =>
  measuredOf(measurementsBeside(logWith(...lines)), { ...printed, afterMs })?.sent ?? null;

describe('what Aider measured of a message', () => {
  it('is known by all that its history prints', () => {
    const measured = measuredOf(measurementsBeside(logWith('{}', launched(), record(), '')), printed);
    assert.deepEqual(
      [measured?.sent, measured?.output, measured?.cost, measured?.atMs],
      [12_345, 1_234, parseDollars('0.0926'), startedMs + 5_000],
    );
  });

  it('is none where anything differs by more than the rounding', () => {
    for (const changed of [
      { prompt_tokens: 12_501 },
      { prompt_tokens: 11_499 },
      { completion_tokens: 1_251 },
      { cost: 0.096 },
      { total_cost: 1.284 },
      { main_model: 'openai/gpt-5' },
      { main_model: 'anthropic/REDACTED' },
      { prompt_tokens: '12345' },
      { prompt_tokens: 12_345.5 },
    ]) {
      assert.equal(sentOf(record(changed)), null, JSON.stringify(changed));
    }
    assert.equal(sentOf(record({}, startedMs / 1_000 - 1)), null, 'before it was launched');
    assert.equal(sentOf(record({}, 'soon')), null);
    assert.equal(sentOf(record({}, 1e12)), null, 'in no time that will come');
  });

  it('may be of a model whose name was left out', () => {
    assert.equal(sentOf(record({ main_model: 'openai/REDACTED' })), 12_345);
    assert.equal(sentOf(record({ main_model: undefined })), 12_345);
  });

  it('is of the chat that Aider was launched for', () => {
    for (const afterS of [0, 59])
      assert.equal(sentIn([launched(afterS), record({}, startedMs / 1_000 + 59)]), 12_345);
    assert.equal(sentIn([record()]), null, 'never launched');
    for (const afterS of [-1, 60]) {
      assert.equal(sentIn([launched(), launched(afterS), record({}, startedMs / 1_000 + 90)]), null);
    }
  });

  it('is the next one that it may be', () => {
    const lines = [launched(), record(), record({ prompt_tokens: 12_400 }, startedMs / 1_000 + 6)];
    assert.deepEqual([sentIn(lines), sentIn(lines, startedMs + 5_000)], [12_345, 12_400]);
    assert.equal(sentIn(lines, startedMs + 6_000), null);
  });

  it('is none without such a log', () => {
    assert.deepEqual(measurementsBeside({ relativePath: 'x' }), []);
    assert.deepEqual(measurementsBeside({ relativePath: 'x', beside: () => null }), []);
  });

  it('makes a receipt exact, with its own time and cost, under the id that it has without', () => {
    const history = [
      '# aider chat started at 2026-05-26 10:00:00',
      '> aider --no-stream',
      '> Model: openai/gpt-5.5 with diff edit format',
      '> Tokens: 12k sent, 1.2k received. Cost: $0.09 message, $1.29 session.',
    ];
    const receiptWith = (log: object) => {
      const format = aiderReader.formatOf('.aider.chat.history.md');
      assert.ok(format?.kind === 'lines');
      const reading = new Reading();
      const parser = format.open({ relativePath: '.aider.chat.history.md', ...log });
      for (const line of history) parser.read(toLogLine(Buffer.from(line)), reading.sinkOf(0));
      const [receipt] = [...reading.receipts.values()];
      assert.ok(receipt);
      return receipt.best;
    };
    const [plain, exact] = [receiptWith({}), receiptWith(logWith(launched(), record()))];
    assert.deepEqual(plain.id, exact.id);
    assert.deepEqual([plain.quality, plain.atMs, plain.tokens.output], ['rounded', startedMs, 1_200]);
    assert.deepEqual(
      [exact.quality, exact.atMs, exact.tokens.uncachedInput, exact.tokens.output, exact.reportedCost],
      ['exact', startedMs + 5_000, 12_345, 1_234, parseDollars('0.0926')],
    );
  });

  it('is the same whether a history is read at once or as it grows', () => {
    const alike = '> Tokens: 3.0k sent, 40 received.';
    const chat = (day: string) => [
      `# aider chat started at 2026-05-${day} 10:00:00`,
      '> Model: openai/local with x',
    ];
    const history = [...chat('25'), alike, ...chat('26'), alike, alike];
    const measured = [2_970, 3_020].map((prompt_tokens, n) =>
      record(
        { main_model: 'openai/REDACTED', prompt_tokens, completion_tokens: 40 },
        startedMs / 1_000 + n + 1,
      ),
    );
    const read = (steps: readonly { readonly lines: number; readonly measured: number }[]) => {
      const format = aiderReader.formatOf('.aider.chat.history.md');
      assert.ok(format?.kind === 'lines');
      const reading = new Reading();
      let saved: JsonValue | undefined;
      let from = 0;
      for (const step of steps) {
        const log = logWith(launched(), ...measured.slice(0, step.measured));
        const parser = format.open(log, saved);
        for (const line of history.slice(from, step.lines)) {
          parser.read(toLogLine(Buffer.from(line)), reading.sinkOf(0));
        }
        saved = parser.save();
        from = step.lines;
      }
      return [...reading.receipts.values()].map(({ best }) => [best.atMs, best.tokens.uncachedInput]);
    };
    const atOnce = read([{ lines: history.length, measured: 2 }]);
    assert.deepEqual(atOnce, [
      [startedMs - 86_400_000, 3_000],
      [startedMs + 1_000, 2_970],
      [startedMs + 2_000, 3_020],
    ]);
    assert.deepEqual(
      read([
        { lines: 3, measured: 0 },
        { lines: 6, measured: 1 },
        { lines: 7, measured: 2 },
      ]),
      atOnce,
    );
  });
});
