import assert from 'node:assert/strict';
import { claudeCodeReader } from '../../../src/agents/claude/claudeCodeReader.ts';
import { codexReader } from '../../../src/agents/codex/codexReader.ts';
import type { LogParser, Reader } from '../../../src/agents/reader.ts';
import type { Entry, Imitation } from '../../compare/imitation.ts';
import { CcusageClaude } from '../../compare/peers/ccusageClaude.ts';
import { CcusageCodex } from '../../compare/peers/ccusageCodex.ts';
import { TokscaleClaude } from '../../compare/peers/tokscaleClaude.ts';
import { TokscaleCodex } from '../../compare/peers/tokscaleCodex.ts';
import { seenBy } from '../../compare/seenLogs.ts';
import { type Fields, recordsOf, usage } from '../../fixtures/claude-code/records.ts';
import { count, idAt, meta, record, rollout, turn } from '../../fixtures/codex/records.ts';

type Logs = Readonly<Record<string, readonly (object | string)[]>>;

const modifiedMs = Date.parse('2020-01-01T00:00:00Z');

/** What an imitation counts: day, model, and tokens in the order uncached input, cache read, cache write, output. */
function counted(imitation: Imitation, logs: Logs): readonly (readonly [string, string, string])[] {
  const reader =
    imitation instanceof CcusageClaude || imitation instanceof TokscaleClaude
      ? claudeCodeReader
      : codexReader;
  const root = reader === claudeCodeReader ? '.claude/projects' : '.codex/sessions';
  for (const [path, lines] of Object.entries(logs)) {
    const take = imitation.open({ agent: reader.agent, root, path, modifiedMs });
    const parser = openLines(reader, path);
    for (const line of lines) take(seenBy(parser, typeof line === 'string' ? line : JSON.stringify(line)));
  }
  return imitation.finish().entries.map(toTold);
}

function openLines(reader: Reader, path: string): LogParser {
  const format = reader.formatOf(path);
  if (format?.kind !== 'lines') throw new Error(`${path} is no log of lines`);
  return format.open({ relativePath: path });
}

function toTold({ day, model, tokens }: Entry): readonly [string, string, string] {
  const { uncachedInput, cacheRead, cacheWrite, output } = tokens;
  return [day, model, [uncachedInput, cacheRead, cacheWrite, output].join(' ')];
}

/** The numbers below are those that the programs themselves report of the same logs. */
describe('what is imitated of Claude Code', () => {
  const session = '11111111-1111-4111-8111-111111111111';
  const { assistant, user } = recordsOf(session);
  const sideChain = recordsOf(session, { isSidechain: true, agentId: 'a' });
  const log = (...lines: readonly (object | string)[]): Logs => ({ [`p/${session}.jsonl`]: lines });
  const day = '2026-08-19';
  const sonnet = (tokens: string, on = day) => [on, 'claude-sonnet-5', tokens];

  const ccusage = (logs: Logs) => counted(new CcusageClaude('day'), logs);
  const ccusageSessions = (logs: Logs) => counted(new CcusageClaude('session'), logs);
  const tokscale = (logs: Logs) => counted(new TokscaleClaude(), logs);

  const streamed = log(
    assistant('u1', '10:00:00', ['m1', 'r1'], usage(5, 7, 100, 2)),
    assistant('u2', '10:00:01', ['m1', 'r1'], usage(5, 7, 100, 631)),
  );

  it('joins the lines of a response', () => {
    for (const take of [ccusage, ccusageSessions, tokscale]) {
      assert.deepEqual(take(streamed), [sonnet('5 100 7 631')]);
    }
  });

  it('drops a line with a null, or with usage spelt otherwise, where ccusage does', () => {
    const line = assistant('u1', '10:00:00', ['m1', 'r1'], usage(5, 0, 100, 2));
    const logs = log({ ...line, costUSD: null }, JSON.stringify(line).replaceAll('":', '": '));
    assert.deepEqual(ccusage(logs), []);
    assert.deepEqual(tokscale(logs), [sonnet('5 100 0 2')]);
  });

  it('takes cache writes by their split or by their sum', () => {
    const more: Fields = { cache_creation: { ephemeral_5m_input_tokens: 40, ephemeral_1h_input_tokens: 10 } };
    const logs = log(assistant('u1', '10:00:00', ['m1', 'r1'], usage(1, 90, 0, 1, more)));
    assert.deepEqual(ccusage(logs), [sonnet('1 0 50 1')]);
    assert.deepEqual(tokscale(logs), [sonnet('1 0 90 1')]);
  });

  it('knows a side chain that repeats a response from one that does not', () => {
    const logs = log(
      assistant('u1', '10:00:00', ['m1', 'r1'], usage(5, 0, 0, 2)),
      sideChain.assistant('u2', '10:00:01', ['m1', 'r2'], usage(6, 0, 0, 3)),
    );
    assert.deepEqual(ccusage(logs), [sonnet('5 0 0 2')]);
    for (const take of [ccusageSessions, tokscale]) {
      assert.deepEqual(take(logs), [sonnet('5 0 0 2'), sonnet('6 0 0 3')]);
    }
    const atOnce = log(
      assistant('u1', '10:00:00', ['m1', 'r1'], usage(5, 0, 0, 2)),
      sideChain.assistant('u2', '10:00:00', ['m1', 'r2'], usage(6, 0, 0, 3)),
    );
    assert.deepEqual(ccusageSessions(atOnce), [sonnet('5 0 0 2')]);
  });

  it('joins responses under one message id without a request id, or not', () => {
    const logs = log(
      assistant('u1', '10:00:00', ['m1'], usage(20, 0, 0, 5)),
      assistant('u2', '10:00:01', ['m1'], usage(30, 0, 0, 3)),
    );
    assert.deepEqual(ccusage(logs), [sonnet('20 0 0 5'), sonnet('30 0 0 3')]);
    assert.deepEqual(ccusageSessions(logs), [sonnet('30 0 0 3')]);
    assert.deepEqual(tokscale(logs), [sonnet('30 0 0 5')]);
  });

  it('reads counts of another type, or does not', () => {
    const logs = log(assistant('u1', '10:00:00', ['m1', 'r1'], usage(0, 0, 0, 5, { input_tokens: '12' })));
    assert.deepEqual(ccusage(logs), []);
    assert.deepEqual(tokscale(logs), [sonnet('12 0 0 5')]);
  });

  it('names the fast mode, and shortens names', () => {
    const model = { model: 'claude-opus-4-5-20251101' };
    const logs = log(assistant('u1', '10:00:00', ['m1', 'r1'], usage(1, 0, 0, 1, { speed: 'fast' }), model));
    assert.deepEqual(ccusage(logs), [[day, 'claude-opus-4-5-20251101-fast', '1 0 0 1']]);
    assert.deepEqual(tokscale(logs), [[day, 'claude-opus-4-5', '1 0 0 1']]);
  });

  it('dates a response by its prompt, and one without a time by its file', () => {
    const late = { timestamp: '2026-08-20T00:00:01.000Z' };
    const asked = user('u1', '23:59:59', 'Go');
    const answered = assistant('u2', '10:00:00', ['m1', 'r1'], usage(1, 0, 0, 1), {}, late);
    const timeless = assistant(
      'u3',
      '10:00:00',
      ['m2', 'r2'],
      usage(2, 0, 0, 2),
      {},
      { timestamp: undefined },
    );
    const logs = log(asked, answered, timeless);
    assert.deepEqual(ccusage(logs), [sonnet('1 0 0 1', '2026-08-20')]);
    assert.deepEqual(tokscale(logs), [sonnet('1 0 0 1'), sonnet('2 0 0 2', '2020-01-01')]);
  });

  it('counts another model inside a response, or leaves it out', () => {
    const advisor = { type: 'advisor_message', model: 'claude-opus-5', ...usage(900, 0, 0, 33) };
    const logs = log(assistant('u1', '10:00:00', ['m1', 'r1'], usage(1, 0, 0, 1, { iterations: [advisor] })));
    assert.deepEqual(ccusage(logs), [sonnet('1 0 0 1'), [day, 'claude-opus-5', '900 0 0 33']]);
    assert.deepEqual(tokscale(logs), [sonnet('1 0 0 1')]);
  });
});

describe('what is imitated of Codex', () => {
  const parent = idAt('10:00:00.000');
  const child = idAt('11:00:00.000', 2);
  const turn1 = idAt('10:00:01.000');
  const childTurn = idAt('11:00:00.050');
  const begin = [meta('10:00:00.000', parent), ...turn('10:00:01.000', turn1)];
  const log = (...lines: readonly object[]): Logs => ({
    [rollout('10:00:00', parent)]: [...begin, ...lines],
  });
  const gpt = (tokens: string, model = 'gpt-5.4') => ['2026-08-19', model, tokens];

  const ccusage = (logs: Logs) => counted(new CcusageCodex('day'), logs);
  const ccusageSessions = (logs: Logs) => counted(new CcusageCodex('session'), logs);
  const tokscale = (logs: Logs) => counted(new TokscaleCodex(), logs);

  it('adds up last usages where the total has moved', () => {
    const logs = log(
      count('10:00:02.000', [1000, 400, 20], [1000, 400, 20]),
      count('10:00:03.000', [1000, 400, 20], [1000, 400, 20]),
      count('10:00:04.000', [5000, 400, 60], [2000, 0, 20]),
    );
    for (const take of [ccusage, ccusageSessions, tokscale]) {
      assert.deepEqual(take(logs), [gpt('600 400 0 20'), gpt('2000 0 0 20')]);
    }
  });

  it('reads no records of responses', () => {
    const logs = log(record('10:00:02.000', parent, turn1, 'resp_1', [1000, 0, 20]));
    for (const take of [ccusage, tokscale]) assert.deepEqual(take(logs), []);
  });

  it('takes a total that is a little lower for a late one, or for new usage', () => {
    const logs = log(
      count('10:00:02.000', [1000, 0, 10], [1000, 0, 10]),
      count('10:00:03.000', [995, 0, 10], [300, 0, 10]),
    );
    assert.deepEqual(ccusage(logs), [gpt('1000 0 0 10'), gpt('300 0 0 10')]);
    assert.deepEqual(tokscale(logs), [gpt('1000 0 0 10')]);
  });

  it('makes up a model, or none', () => {
    const nameless = {
      [rollout('10:00:00', parent)]: [
        meta('10:00:00.000', parent),
        count('10:00:02.000', [9, 0, 1], [9, 0, 1]),
      ],
    };
    assert.deepEqual(ccusage(nameless), [gpt('9 0 0 1', 'gpt-5')]);
    assert.deepEqual(tokscale(nameless), [gpt('9 0 0 1', 'unknown')]);
    const review = log(
      ...turn('10:00:01.000', turn1, 'codex-auto-review'),
      count('10:00:02.000', [9, 0, 1], [9, 0, 1]),
    );
    assert.deepEqual(ccusage(review), [gpt('9 0 0 1', 'gpt-5.6-luna')]);
    assert.deepEqual(tokscale(review), [gpt('9 0 0 1', 'codex-auto-review')]);
  });

  const history = [
    count('10:00:02.000', [1000, 0, 20], [1000, 0, 20]),
    count('10:00:09.000', [1500, 0, 30], [500, 0, 10]),
  ];
  const copied = history.map((line) => ({ ...line, timestamp: '2026-08-19T11:00:00.001Z' }));
  const fork = [
    meta('11:00:00.000', child, { forked_from_id: parent }),
    meta('11:00:00.001', parent),
    ...turn('11:00:00.001', turn1),
    ...copied,
    ...turn('11:00:00.050', childTurn),
    count('11:00:00.900', [1800, 0, 40], [300, 0, 10]),
  ];

  it('leaves out the history of a fork beside its parent', () => {
    const logs = { ...log(...history), [rollout('11:00:00', child)]: fork };
    for (const take of [ccusage, tokscale]) {
      assert.deepEqual(take(logs), [gpt('1000 0 0 20'), gpt('500 0 0 10'), gpt('300 0 0 10')]);
    }
  });

  it('drops the first burst of a fork without its parent, or waits for its first turn', () => {
    const logs = { [rollout('11:00:00', child)]: fork };
    assert.deepEqual(ccusage(logs), []);
    assert.deepEqual(tokscale(logs), [gpt('300 0 0 10')]);
  });

  it('takes counts of one time and size in two threads for one, in reports by day', () => {
    const other = idAt('10:00:00.000', 9);
    const lines = [meta('10:00:00.000', other), ...turn('10:00:01.000', turn1), ...history];
    const logs = { ...log(...history), [rollout('10:00:00', other)]: lines };
    assert.equal(ccusage(logs).length, 2);
    assert.equal(ccusageSessions(logs).length, 4);
    assert.equal(tokscale(logs).length, 4);
  });
});
