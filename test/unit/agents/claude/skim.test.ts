import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { placeOf } from '../../../../src/agents/claude/place.ts';
import { TranscriptParser } from '../../../../src/agents/claude/transcriptParser.ts';
import { Batch } from '../../../../src/ledger/batch.ts';
import type { CallRows } from '../../../../src/ledger/callRows.ts';
import { handOverBlock, type LineTaker } from '../../../../src/ledger/lineTaker.ts';
import { betterCredit, betterReading, compareTexts } from '../../../../src/ledger/merge.ts';
import { newBlock } from '../../../../src/ledger/newBlock.ts';
import type { OpenedLog } from '../../../../src/ledger/openLog.ts';
import { ParsedLines } from '../../../../src/ledger/parsedLines.ts';
import type { ReceiptDraft, ReceiptRows } from '../../../../src/ledger/receiptRows.ts';
import { Recorder } from '../../../../src/ledger/recorder.ts';
import { unknownFile } from '../../../../src/ledger/source.ts';
import { mergeTold, type ToolCallDraft } from '../../../../src/ledger/toolCalls.ts';
import { writeClaudeLogs } from '../../../bench/claudeLogs.ts';
import { completeLines } from '../../../contract/byteLine.ts';
import { damagedLines } from '../../../contract/lineDamage.ts';
import { claudeCodeFixtures } from '../../../fixtures/claude-code/fixtures.ts';
import { withTemporaryFolder } from '../../../harness/isolation.ts';
import { Random } from '../../ledger/random.ts';

const rounds = 800;
/** Of all logs, one after the other: what is left of one must not matter to the next. */
const sharedBlock = newBlock({ isEager: true });

/** Path of a log, and what stands in it. */
type Log = readonly [string, Buffer];

describe('lines of Claude Code that are skimmed', () => {
  it('tell what they tell when they are read, in all logs at hand', async () => {
    for (const log of await logsAtHand()) requireSame(log, []);
  });

  it('tell the same wherever a block ends', async () => {
    const random = new Random(21);
    const logs = await logsAtHand();
    for (let round = 0; round < rounds; round++) {
      const log = random.pick(logs);
      requireSame(log, someBreaks(log, random));
    }
  });

  it('tell the same where the first of them are read', async () => {
    const random = new Random(22);
    const logs = await logsAtHand();
    for (let round = 0; round < rounds / 4; round++) {
      const log = random.pick(logs);
      requireSame(log, someBreaks(log, random), newBlock());
    }
  });

  it('tell the same or are read where they are damaged', async () => {
    const random = new Random(20);
    const logs = await logsAtHand();
    for (let round = 0; round < rounds; round++) {
      const log = damaged(random.pick(logs), random);
      requireSame(log, random.below(2) === 0 ? [] : someBreaks(log, random));
    }
  });

  it('tell the same or are read whatever their fields hold', () => {
    const before = usualLine({ uuid: 'a1', timestamp: '2026-09-06T13:24:30.000Z' }, { id: 'msg_0' });
    for (const line of oddLines()) requireSame([`${session}.jsonl`, linesOf([before, line, line])], []);
  });

  it('tell the same of a log in which more sessions write than are remembered', () => {
    const others = Array.from({ length: 70 }, (_, other) =>
      usualLine({ sessionId: `other-${other}`, costUSD: 0.5 }),
    );
    requireSame([`${session}.jsonl`, linesOf([usualLine(), ...others])], []);
  });

  it('tell the same whatever a prompt begins with', () => {
    const spaces = [...' \n\r\t\f\v\u00a0\u1680\u2003\u2028\u202f\u205f\u3000\ufeff\u0085\u200b'];
    const words = [
      '<command-name>/clear',
      '<b>',
      'Caveat: ',
      'Ask',
      '[Request interrupted by user]',
      '# AGENTS.md',
      '#',
    ];
    const more = [
      '',
      '"',
      '\\',
      '/',
      'é',
      '漢',
      'あ',
      '😀',
      'A\n## My request for Codex:\n<command-x>',
      'This session is being continued',
    ];
    const begins = [...words, ...more];
    const texts = [
      ...begins,
      ...['', ...spaces].flatMap((space) => begins.map((word) => ` ${space}${word} that`)),
    ];
    const first = [promptLine('Named by this'), usualLine()];
    for (const text of texts) {
      const log = [...first, promptLine(text), usualLine({}, { id: 'msg_2' })];
      requireSame([`${session}.jsonl`, linesOf(log)], []);
    }
  });

  it('tell the same of a call that comes again', () => {
    const starting = usualLine({}, { content: [{ ...call, name: 'Task' }] });
    for (const name of ['Task', 'Edit']) {
      const again = usualLine({}, { id: 'msg_2', model: 'claude-haiku-5', content: [{ ...call, name }] });
      for (const text of ['done', 'agentId: a1']) {
        requireSame([`${session}.jsonl`, linesOf([starting, again, resultLine(call.id, text)])], []);
      }
    }
  });

  it('tell the same where more calls that start sub-agents wait than are remembered', () => {
    const ids = Array.from({ length: 64 }, (_, id) => `toolu_a${id}`);
    const callLine = (id: string, name: string) =>
      usualLine({}, { id: `msg_${id}${name}`, content: [{ ...call, id, name }] });
    const log = [
      ...ids.map((id) => callLine(id, 'Task')),
      ...ids.map((id) => callLine(`${id}b`, 'Edit')),
      ...ids.map((id) => resultLine(`${id}b`, 'done')),
      callLine('toolu_last', 'Task'),
      resultLine('toolu_last', 'done'),
    ];
    requireSame([`${session}.jsonl`, linesOf(log)], []);
  });

  it('tell the same, or are read, where what kind they are stands late', () => {
    const pad = 'x'.repeat(800);
    const attached = { isSidechain: false, pad, attachment: {}, type: 'system', subtype: 'turn_duration' };
    const line = JSON.stringify({ ...attached, sessionId: session, timestamp: '2026-09-06T13:24:30.000Z' });
    for (const each of [line, line.slice(0, -1)]) requireSame([`${session}.jsonl`, linesOf([each])], []);
  });

  it('are read where who called a tool cannot be', () => {
    const line = usualLine({}, { content: [{ ...call, caller: { type: 'direct' } }] });
    const unread = line.replace('"caller":{"type":', '"caller":{"type"');
    requireSame([`${session}.jsonl`, linesOf([unread])], []);
  });

  it('are read where the machine runs no such program', () => {
    const log = [`${session}.jsonl`, linesOf([usualLine(), usualLine()])] as const;
    const { WebAssembly: had } = globalThis;
    try {
      for (const lacking of [undefined, { ...had, Memory: had.Memory, Module: undefined }]) {
        Object.assign(globalThis, { WebAssembly: lacking });
        const { read, receipts } = toldOf(log, [], true, newBlock({ isEager: true }));
        assert.deepEqual([read.length, receipts.length], [2, 1]);
      }
    } finally {
      Object.assign(globalThis, { WebAssembly: had });
    }
  });

  it('are read where the program cannot be made, which is tried once', () => {
    const log = [`${session}.jsonl`, linesOf([usualLine(), usualLine(), usualLine()])] as const;
    const end = log[1].length / 3;
    const { WebAssembly: had } = globalThis;
    let tries = 0;
    class Module {
      constructor() {
        tries++;
        throw new Error('no such program here');
      }
    }
    try {
      Object.assign(globalThis, { WebAssembly: { ...had, Memory: had.Memory, Module } });
      const { read } = toldOf(log, [end, 2 * end], true, newBlock({ isEager: true }));
      assert.deepEqual([read.length, tries], [3, 1]);
    } finally {
      Object.assign(globalThis, { WebAssembly: had });
    }
  });

  it('are read as long as all of them together were too few to make a program for', () => {
    const few = [`${session}.jsonl`, linesOf(Array.from({ length: 8 }, () => usualLine()))] as const;
    const block = newBlock();
    const readOf = () => toldOf(few, [], true, block).read.length;
    assert.ok(few[1].length > 2_000 && few[1].length < 8_000);
    const reads = Array.from({ length: 12 }, readOf);
    const made = reads.indexOf(0);
    assert.deepEqual(reads, [...Array(made).fill(8), ...Array(12 - made).fill(0)]);
    assert.equal(made, Math.ceil((16 << 10) / few[1].length) - 1);
  });

  it('are not read as a rule', async () => {
    const [log] = (await generatedLogs()) as readonly [Log];
    const lines = completeLines(log[1]).filter((line) => line.includes('"model":"claude-'));
    const { read } = toldOf(log, [], true);
    assert.ok(lines.length > 20);
    assert.deepEqual(
      read.filter((line) => line.includes('"model":"claude-')),
      [],
    );
  });

  it('are not read where they are as newer versions write them', () => {
    const readOf = (line: string) => toldOf([`${session}.jsonl`, linesOf([line])], [], true).read;
    assert.deepEqual(readOf(usualLine()), []);
    assert.equal(readOf(usualLine({ costUSD: 0.5 })).length, 1);
    assert.equal(readOf(usualLine({ forkedFrom: { sessionId: 'a', messageUuid: 'b' } })).length, 1);
    const iteration = { type: 'message', input_tokens: 1, output_tokens: 3 };
    assert.equal(readOf(usualLine({}, {}, { iterations: [iteration, iteration] })).length, 1);
  });

  it('are not read where a person goes on', () => {
    const first = [promptLine('Named by this'), usualLine()];
    for (const text of ['next', ' (so', '\n\t- 漢', '"quoted"', '漢字', '=> it', '\\begin']) {
      const lines = [...first, promptLine(text)];
      assert.deepEqual(toldOf([`${session}.jsonl`, linesOf(lines)], [], true).read, [lines[0]], text);
    }
  });

  it('are not read where the call of a sub-agent is answered, unless that starts another', () => {
    const starting = usualLine(
      { isSidechain: true, agentId: 'a1' },
      { content: [{ ...call, name: 'Task' }] },
    );
    const answer = (text: string) =>
      resultLine(call.id, text).replace('"isSidechain":false', '"isSidechain":true,"agentId":"a1"');
    const readOf = (text: string) =>
      toldOf([`${session}.jsonl`, linesOf([starting, answer(text)])], [], true).read.length;
    assert.deepEqual([readOf('done'), readOf('agentId: a2')], [0, 1]);
    for (const text of ['done', 'a "long"\tone '.repeat(400), 'agentId: a2']) {
      requireSame([`${session}.jsonl`, linesOf([starting, answer(text)])], []);
    }
  });
});

function linesOf(lines: readonly string[]): Buffer {
  return Buffer.from(lines.map((line) => `${line}\n`).join(''));
}

function requireSame(log: Log, breaks: readonly number[], block = sharedBlock): void {
  const { read: _, ...skimmed } = toldOf(log, breaks, true, block);
  const { read: _all, ...expected } = toldOf(log, breaks, false);
  assert.deepEqual(skimmed, expected);
}

/**
 * What a log tells, merged by the rules of the ledger, and what is remembered of it.
 *
 * @param breaks where blocks end, but for the last
 */
function toldOf([path, log]: Log, breaks: readonly number[], skims: boolean, block = sharedBlock) {
  const parser = new TranscriptParser(placeOf(path));
  const batch = new Batch();
  const recorder = new Recorder(openedLog, batch);
  const parsed = new ParsedLines(parser, recorder);
  const read: string[] = [];
  const taker: LineTaker = {
    takeLine(line, position) {
      read.push(line.text());
      parsed.takeLine(line, position);
    },
    takeLines: (lines) => (skims ? parsed.takeLines(lines) : lines.start),
    takeOversized() {},
  };
  const end = log.lastIndexOf('\n') + 1;
  for (const [index, from] of [0, ...breaks].entries()) {
    const to = breaks[index] ?? end;
    log.copy(block.bytes, 0, from, to);
    handOverBlock(block, to - from, from, taker);
  }
  const { refused, source } = recorder.step({
    readBytes: end,
    tailHash: '',
    parser: undefined,
    file: unknownFile,
  });
  return {
    read,
    memory: parser.save(),
    refused: [...refused].sort(),
    loggedMs: source.loggedMs,
    sessions: [...batch.sessions].sort((a, b) => compareTexts(a.key, b.key)),
    receipts: merged(receiptsOf(batch.receipts), mergeReceipts),
    calls: merged(callsOf(batch.toolCalls), (a, b) => ({ ...a, ...mergeTold(a, b) })),
  };
}

const openedLog: OpenedLog = {
  agent: 'claude-code',
  reader: 1,
  rootPath: '/logs',
  path: '/logs/a.jsonl',
  relativePath: 'a.jsonl',
  writtenMs: 0,
  fd: -1,
  file: unknownFile,
  bornMs: 1,
  known: undefined,
  isRestart: false,
};

function receiptsOf(rows: ReceiptRows): readonly (readonly [string, ReceiptDraft])[] {
  const drafts = Array.from({ length: rows.length }, (_, row) => rows.draft(row));
  return drafts.map((draft) => [`${draft.id.response}/${draft.id.request}`, draft]);
}

function callsOf(rows: CallRows): readonly (readonly [string, ToolCallDraft])[] {
  const drafts = Array.from({ length: rows.length }, (_, row) => rows.draft(row));
  return drafts.map((draft) => [`${draft.response}/${draft.call}`, draft]);
}

function mergeReceipts(a: ReceiptDraft, b: ReceiptDraft): ReceiptDraft {
  return { ...a, reading: betterReading(a.reading, b.reading), credit: betterCredit(a.credit, b.credit) };
}

function merged<T>(
  drafts: readonly (readonly [string, T])[],
  merge: (a: T, b: T) => T,
): readonly [string, T][] {
  const all = new Map<string, T>();
  for (const [id, draft] of drafts) {
    const known = all.get(id);
    all.set(id, known === undefined ? draft : merge(known, draft));
  }
  return [...all].sort(([a], [b]) => compareTexts(a, b));
}

/** Some ends of lines. */
function someBreaks([, log]: Log, random: Random): readonly number[] {
  const ends = completeLines(log).map((line) => log.indexOf('\n', line.byteOffset - log.byteOffset) + 1);
  return ends.slice(0, -1).filter(() => random.below(6) === 0);
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

function promptLine(text: string): string {
  return JSON.stringify({
    parentUuid: null,
    isSidechain: false,
    userType: 'external',
    cwd: '/home/ann/app',
    sessionId: session,
    version: '2.1.330',
    gitBranch: 'main',
    type: 'user',
    message: { role: 'user', content: text },
    uuid: '44444444-4444-4444-8444-444444444444',
    timestamp: '2026-09-06T13:24:31.000Z',
  });
}

function resultLine(callId: string, text: string): string {
  return JSON.stringify({
    parentUuid: null,
    isSidechain: false,
    type: 'user',
    message: { role: 'user', content: [{ tool_use_id: callId, type: 'tool_result', content: text }] },
    uuid: '33333333-3333-4333-8333-333333333333',
    timestamp: '2026-09-06T13:24:33.000Z',
    sessionId: session,
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
  1e8,
  1e8 + 1,
  1e9,
  10_000,
  10_001,
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
    'forkedFrom',
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
