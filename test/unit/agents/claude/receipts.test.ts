import assert from 'node:assert/strict';
import { receiptsOf } from '../../../../src/agents/claude/receipts.ts';
import { parseDollars } from '../../../../src/domain/money.ts';
import { type Fields, usage } from '../../../fixtures/claude-code/records.ts';

describe('receipts of Claude Code', () => {
  it('bear what is billed on top of the list price, and leave out the default', () => {
    assert.deepEqual(receiptOf(usage(1, 0, 0, 1)).terms, {});
    const dearer = usage(1, 0, 0, 1, { service_tier: 'priority', speed: 'fast', inference_geo: 'us' });
    assert.deepEqual(receiptOf(dearer).terms, { serviceTier: 'priority', speed: 'fast', region: 'us' });
    assert.deepEqual(receiptOf(usage(1, 0, 0, 1, { speed: null, service_tier: 7 })).terms, {});
  });

  it('keep the cost that was logged, to the last digit of its decimals', () => {
    assert.equal(receiptOf(usage(1, 0, 0, 1), { costUSD: 0.1 }).reportedCost, parseDollars('0.1'));
    for (const costUSD of [undefined, null, '0.1', -1, 1e300]) {
      assert.equal(receiptOf(usage(1, 0, 0, 1), { costUSD }).reportedCost, null);
    }
  });

  it('do not repeat that cost on what another model did inside the response', () => {
    const iterations = [{ type: 'advisor_message', model: 'other', ...usage(1, 0, 0, 1) }];
    const receipts = all(usage(1, 0, 0, 1, { iterations }), { costUSD: 0.1 });
    assert.deepEqual(
      receipts.map(({ model, reportedCost }) => [model, reportedCost === null]),
      [
        ['model', false],
        ['other', true],
      ],
    );
    assert.notEqual(receipts[0]?.id.response, receipts[1]?.id.response);
  });

  it('know the last prompt of several requests that they are the sum of, for the tier, and no advisor does', () => {
    const part = (type: string, read: number) => ({ type, ...usage(1, 2, read, 5) });
    const contextsOf = (iterations: readonly Fields[]) =>
      all(usage(2, 4, 300, 10, { iterations }), {}).map((receipt) => receipt.circumstances.contextTokens);
    const advisor = part('advisor_message', 9);
    assert.deepEqual(contextsOf([part('message', 100), advisor, part('message', 200)]), [203, undefined]);
    assert.deepEqual(contextsOf([part('fallback_message', 100), part('fallback_message', 200)]), [203]);
    const odd = [
      { type: 'message' },
      { type: 'message', input_tokens: -1 },
      part('message', 400),
      part('x', 1),
    ];
    for (const last of odd) assert.equal(contextsOf([part('message', 100), last])[0], undefined);
  });

  it('take the lives of cache writes from several requests where their sum is told without', () => {
    const part = (minutes: number, hour: number) => ({
      type: 'message',
      ...usage(1, minutes + hour, 9, 5, { cache_creation: buckets(minutes, hour) }),
    });
    const writesOf = (last: Fields, iterations: readonly Fields[]) => {
      const { tokens } = receiptOf(usage(2, 50, 18, 10, { cache_creation: last, iterations }));
      return [tokens.cacheWrite5m, tokens.cacheWrite1h, tokens.cacheWriteUnknown];
    };
    assert.deepEqual(writesOf(buckets(3, 7), [part(10, 30), part(3, 7)]), [13, 37, 0]);
    assert.deepEqual(writesOf(buckets(20, 30), [part(0, 0), part(0, 0)]), [20, 30, 0]);
    for (const odd of [[part(13, 37)], [part(10, 30), part(3, 8)]]) {
      assert.deepEqual(writesOf(buckets(3, 7), odd), [0, 0, 50]);
    }
  });

  it('bill what another model did on the terms of the response', () => {
    const iterations = [{ type: 'advisor_message', model: 'other', input_tokens: 1, output_tokens: 1 }];
    const terms = all(usage(1, 0, 0, 1, { iterations, inference_geo: 'us' }), {}).map(
      (receipt) => receipt.terms,
    );
    assert.deepEqual(terms, [{ region: 'us' }, { region: 'us' }]);
  });

  it('are refused with more searches than any request runs', () => {
    const server_tool_use = { web_search_requests: 100_000_000 };
    const message = { usage: usage(1, 0, 0, 1, { server_tool_use }) };
    assert.equal(receiptsOf({ ...source({}), message }), 'implausible');
  });

  it('know what surrounded the response, as far as the line tells', () => {
    const line = { cwd: '/app', gitBranch: 'main', effort: 'high', durationMs: 3_842 };
    const message = { id: 'msg_1', stop_reason: 'max_tokens', usage: usage(1, 0, 0, 1) };
    const [receipt] = receiptsOf({ ...source(line), message });
    assert.deepEqual(typeof receipt === 'object' && receipt.circumstances, {
      stopReason: 'max_tokens',
      effort: 'high',
      projectPath: '/app',
      gitBranch: 'main',
      durationMs: 3_842,
      turn: 2,
    });
    const odd = { cwd: '', gitBranch: 'HEAD', effort: null, durationMs: -1 };
    const none = receiptsOf({ ...source(odd), message: { ...message, stop_reason: null }, turn: null })[0];
    assert.deepEqual(typeof none === 'object' && none.circumstances, {});
  });

  it('are none for what the client made up', () => {
    const message = { model: '<synthetic>', id: 'x', usage: usage(0, 0, 0, 0) };
    assert.deepEqual(receiptsOf({ ...source({}), message }), []);
  });

  it('are refused whole when a part of the response is', () => {
    const iterations = [{ type: 'advisor_message', ...usage(-1, 0, 0, 1) }];
    assert.equal(
      receiptsOf({ ...source({}), message: { usage: usage(1, 0, 0, 1, { iterations }) } }),
      'implausible',
    );
  });
});

function buckets(minutes: number, hour: number): Fields {
  return { ephemeral_5m_input_tokens: minutes, ephemeral_1h_input_tokens: hour };
}

function receiptOf(used: unknown, line: Fields = {}) {
  const [receipt] = all(used, line);
  assert.ok(receipt);
  return receipt;
}

function all(used: unknown, line: Fields) {
  const receipts = receiptsOf({ ...source(line), message: { model: 'model', id: 'msg_1', usage: used } });
  assert.ok(typeof receipts !== 'string', String(receipts));
  return receipts;
}

function source(line: Fields) {
  return {
    line,
    message: {},
    text: '{}',
    sessionKey: 's',
    claim: 'own',
    atMs: 1_787_133_600_000,
    turn: 2,
  } as const;
}
