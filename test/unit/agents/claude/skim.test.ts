import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { placeOf } from '../../../../src/agents/claude/place.ts';
import { ReplySkimmer } from '../../../../src/agents/claude/skim/skimmer.ts';
import { TranscriptParser } from '../../../../src/agents/claude/transcriptParser.ts';
import type { Sink } from '../../../../src/agents/reader.ts';
import type { Receipt } from '../../../../src/domain/receipt.ts';
import type { SessionFacts } from '../../../../src/domain/session.ts';
import type { ToolCall } from '../../../../src/domain/toolCall.ts';
import { writeClaudeLogs } from '../../../bench/claudeLogs.ts';
import { completeLines, toLogLine } from '../../../contract/byteLine.ts';
import { damagedLines } from '../../../contract/lineDamage.ts';
import { claudeCodeFixtures } from '../../../fixtures/claude-code/fixtures.ts';
import { withTemporaryFolder } from '../../../harness/isolation.ts';
import { Random } from '../../ledger/random.ts';

const rounds = 400;

/** Path of a log, and what stands in it. */
type Log = readonly [string, Buffer];

describe('a line of Claude Code that is skimmed', () => {
  it('tells what it tells when it is read, in all logs at hand', async () => {
    for (const log of await logsAtHand()) requireSame(log);
  });

  it('tells the same or is read where it is damaged', async () => {
    const random = new Random(20);
    const logs = await logsAtHand();
    for (let round = 0; round < rounds; round++) requireSame(damaged(random.pick(logs), random));
  });

  it('tells the same or is read whatever its fields hold', () => {
    for (const line of oddLines()) requireSame([`${session}.jsonl`, Buffer.from(`${line}\n`)]);
  });

  it('is not read as a rule', async () => {
    const [[, log]] = (await generatedLogs()) as readonly [Log];
    const skimmer = new ReplySkimmer();
    const replies = completeLines(log).filter((line) => line.includes('"model":"claude-'));
    const skimmed = replies.filter((line) => skimmer.skim(toLogLine(line)) !== null);
    assert.ok(replies.length > 20);
    assert.equal(skimmed.length, replies.length);
  });

  it('is not read where it is as newer versions write it', () => {
    const skimmer = new ReplySkimmer();
    assert.notEqual(skimmer.skim(toLogLine(Buffer.from(usualLine()))), null);
    assert.equal(skimmer.skim(toLogLine(Buffer.from(usualLine({ costUSD: 0.5 })))), null);
  });
});

function requireSame([path, log]: Log): void {
  const skimming = tellerOf(path, true);
  const reading = tellerOf(path, false);
  for (const line of completeLines(log)) {
    const text = line.toString().slice(0, 2_000);
    assert.deepEqual(skimming.told(line), reading.told(line), text);
    assert.deepEqual(skimming.parser.save(), reading.parser.save(), text);
  }
}

function tellerOf(path: string, skims: boolean) {
  const parser = new TranscriptParser(placeOf(path), undefined, skims);
  let told: unknown[] = [];
  const take = (statement: unknown) => void told.push(statement);
  const sink: Sink = {
    receipt: take,
    session: take,
    toolCall: (call) => take(withTextInput(call)),
    plan: take,
    refuse: take,
  };
  return {
    parser,
    told(line: Buffer): readonly unknown[] {
      told = [];
      parser.read(toLogLine(line), sink);
      return told.filter((statement) => !isToldTwice(statement, told));
    },
  };
}

/** That a session lived is told by its receipts, too. */
function isToldTwice(statement: unknown, told: readonly unknown[]): boolean {
  const { key: sessionKey, agent: _agent, atMs, ...more } = statement as Partial<SessionFacts>;
  if (sessionKey === undefined || Object.keys(more).length > 0) return false;
  return told.some((other) => {
    const receipt = other as Partial<Receipt>;
    return receipt.sessionKey === sessionKey && receipt.atMs === atMs && receipt.claim !== 'copied';
  });
}

/** Bytes are good for as long as the line is. */
function withTextInput(call: ToolCall): unknown {
  const { input } = call;
  return input instanceof Uint8Array ? { ...call, input: Buffer.from(input).toString('latin1') } : call;
}

/** The log with its lines damaged, or with a byte changed in front of or behind the content of one. */
function damaged([path, log]: Log, random: Random): Log {
  const lines = log
    .toString('latin1')
    .split(/(?<=\n)/)
    .map((line) => Buffer.from(line, 'latin1'));
  if (random.below(2) === 0) {
    const { stretches } = damagedLines(lines, random, () => random.pick(lines));
    return [path, Buffer.concat(stretches.map(({ bytes }) => bytes))];
  }
  const changed = lines.map((line) => (random.below(3) === 0 ? withOtherByte(line, random) : line));
  return [path, Buffer.concat(changed)];
}

const telling = '"\\{}[]:,0179-+.eEntf _Az\t\n\x00\x7f\xc3\xff';

function withOtherByte(line: Buffer, random: Random): Buffer {
  const near = Math.min(line.length, 900);
  const at = random.below(2) === 0 ? random.below(near) : line.length - 1 - random.below(near);
  const byte = telling.charCodeAt(random.below(telling.length));
  const rest = at + random.below(2);
  return Buffer.concat([line.subarray(0, at), Buffer.from([byte]), line.subarray(rest)]);
}

const session = '11111111-1111-4111-8111-111111111111';

function usualLine(
  fields: Readonly<Record<string, unknown>> = {},
  message: Readonly<Record<string, unknown>> = {},
  usage: Readonly<Record<string, unknown>> = {},
): string {
  return JSON.stringify({
    parentUuid: null,
    isSidechain: false,
    message: {
      model: 'claude-opus-5',
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      content: [{ type: 'text', text: 'said' }],
      stop_reason: 'end_turn',
      stop_sequence: null,
      usage: {
        input_tokens: 3,
        cache_creation_input_tokens: 30,
        cache_read_input_tokens: 100,
        cache_creation: { ephemeral_5m_input_tokens: 10, ephemeral_1h_input_tokens: 20 },
        output_tokens: 7,
        output_tokens_details: { thinking_tokens: 2 },
        service_tier: 'standard',
        inference_geo: 'not_available',
        server_tool_use: { web_search_requests: 1, web_fetch_requests: 0 },
        iterations: [{ input_tokens: 3, output_tokens: 7, type: 'message' }],
        speed: 'standard',
        ...usage,
      },
      ...message,
    },
    requestId: 'req_1',
    type: 'assistant',
    uuid: '22222222-2222-4222-8222-222222222222',
    timestamp: '2026-09-06T13:24:32.056Z',
    userType: 'external',
    cwd: '/home/ann/app',
    sessionId: session,
    version: '2.1.330',
    gitBranch: 'main',
    ...fields,
  });
}

/** Stands for what no JSON writer writes. */
const broken = 'broken';

/** Values that a field should not hold, or holds seldom. */
const odd: readonly unknown[] = [
  broken,
  undefined,
  null,
  true,
  false,
  0,
  7,
  -1,
  0.5,
  1e9,
  1e21,
  '',
  '7',
  'HEAD',
  'a "quoted\\ n\u00e4me\n',
  'x'.repeat(300),
  [],
  [{}],
  {},
  { a: 1 },
  '2026-02-30T00:00:00.000Z',
  '2026-13-01T00:00:00.000Z',
  '2026-09-06T24:00:00.000Z',
  '2026-09-06T13:60:00.000Z',
  '1999-09-06T13:00:00.000Z',
  '2026-09-06T13:24:32Z',
  [{ type: 'advisor_message', model: 'other', input_tokens: 5, output_tokens: 5 }],
  '<synthetic>',
  'priority',
];

const call = { type: 'tool_use', id: 'toolu_1', name: 'Edit', input: { file: 'a "quoted" name }]}' } };
const contents: readonly unknown[] = [
  [],
  [call],
  [call, call],
  [{ type: 'text', text: '_use"' }, call],
  [{ ...call, caller: { type: 'direct' } }],
  [{ ...call, caller: { type: 'code', id: 'a' } }],
  [{ ...call, input: {} }],
  [{ ...call, input: null }],
  [{ ...call, name: 'Task', input: { description: 'Look', subagent_type: 'Explore' } }],
  [{ ...call, name: 'Agent', input: { n: 1.0, é: '\u2028' } }],
  [{ ...call, id: 'a.b' }],
  [{ ...call, type: 'server_tool_use' }],
  [{ ...call, input: { list: [1], stop_reason: 2 } }],
  [{ ...call, name: 'Task', input: { a: [1], stop_reason: 'Sidechain":' } }],
];

function oddLines(): readonly string[] {
  const top = [
    'isSidechain',
    'agentId',
    'requestId',
    'type',
    'uuid',
    'timestamp',
    'cwd',
    'sessionId',
    'gitBranch',
    'effort',
    'costUSD',
    'durationMs',
    'requestSessionId',
    'message',
    'note',
  ];
  const inner = ['model', 'id', 'content', 'stop_reason', 'usage', 'role'];
  const counts = [
    'input_tokens',
    'cache_creation_input_tokens',
    'cache_read_input_tokens',
    'cache_creation',
    'output_tokens',
    'output_tokens_details',
    'service_tier',
    'inference_geo',
    'server_tool_use',
    'iterations',
    'speed',
    'note',
  ];
  const lines = odd.flatMap((value) => [
    ...top.map((name) => usualLine({ [name]: value })),
    ...inner.map((name) => usualLine({}, { [name]: value })),
    ...counts.map((name) => usualLine({}, {}, { [name]: value })),
    usualLine({}, {}, { server_tool_use: { web_search_requests: value } }),
    usualLine({}, {}, { cache_creation: { ephemeral_5m_input_tokens: value } }),
    usualLine({}, {}, { output_tokens_details: { thinking_tokens: value } }),
    ...contents.map((content) =>
      usualLine({ isSidechain: value, agentId: 'a1' }, { content, stop_reason: value }),
    ),
  ]);
  const unwritten = lines.filter((line) => line.includes(`"${broken}"`));
  const texts = ['"\\q"', '"\t"', '01', '1.5', '-0', 'nul', '{"a":1,"a":2}'];
  return [...lines, ...texts.flatMap((text) => unwritten.map((line) => line.replace(`"${broken}"`, text)))];
}

async function logsAtHand(): Promise<readonly Log[]> {
  const fixtures = claudeCodeFixtures.flatMap(({ files }) =>
    Object.entries(files).map(
      ([path, text]): Log => [path, Buffer.from(typeof text === 'string' ? text : '')],
    ),
  );
  return [...fixtures.filter(([path]) => path.endsWith('.jsonl')), ...(await generatedLogs())];
}

function generatedLogs(): Promise<readonly Log[]> {
  return withTemporaryFolder(async (folder) => {
    await writeClaudeLogs(folder, 1, 7);
    return globSync('**/*.jsonl', { cwd: join(folder, 'projects') }).map((path): Log => {
      const bytes = readFileSync(join(folder, 'projects', path));
      // Some dozen lines show what thousands would.
      return [path, bytes.subarray(0, bytes.indexOf('\n', 200_000) + 1)];
    });
  });
}
