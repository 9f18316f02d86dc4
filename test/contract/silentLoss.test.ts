import assert from 'node:assert/strict';
import { claudeCodeReader } from '../../src/agents/claude/claudeCodeReader.ts';
import type { LogLine, Reader, Sink } from '../../src/agents/reader.ts';
import type { Receipt } from '../../src/domain/receipt.ts';
import { claudeCodeFixtures } from '../fixtures/claude-code/fixtures.ts';
import { plainReceipt } from '../unit/ledger/plainReceipt.ts';
import { Random } from '../unit/ledger/random.ts';
import { World } from '../unit/ledger/world.ts';
import { logsOf, pickLog } from './fuzz.ts';
import { silentLoss, type Taken } from './silentLoss.ts';

const cases = 8_000;

function taken(tokens: Readonly<Record<string, number>>, refused = 0): Taken {
  return { tokens: new Map(Object.entries(tokens)), refused };
}

describe('a loss in silence', () => {
  const undamaged = taken({ a: 1, b: 20, c: 300 });
  const without = taken({ a: 1, c: 300 });
  const own = new Set(['b']);

  it('is what another record no longer tells', () => {
    assert.equal(silentLoss(undamaged, without, taken({ a: 1 }), own), 300);
    assert.equal(silentLoss(undamaged, without, taken({ a: 1, c: 200 }), own), 100);
  });

  it('is none where the damaged record tells nothing, or anything', () => {
    assert.equal(silentLoss(undamaged, without, without, own), 0);
    assert.equal(silentLoss(undamaged, without, taken({ a: 1, b: 5, c: 300 }), own), 0);
  });

  it('is none where something was refused that was not before', () => {
    assert.equal(silentLoss(undamaged, without, taken({ a: 1 }, 1), own), 0);
  });

  it('is none where all was refused as one', () => {
    assert.equal(silentLoss(taken({ a: 1 }, 3), taken({}, 3), taken({}, 1), own), 0);
    assert.equal(silentLoss(taken({ a: 1, c: 2 }, 3), taken({ a: 1, c: 2 }, 3), taken({ c: 2 }, 1), own), 1);
  });

  it('is none where the next record makes up for it', () => {
    const counted = taken({ a: 1, 'c since a': 320 });
    assert.equal(silentLoss(undamaged, counted, counted, new Set(['b', 'c'])), 0);
  });
});

/** What one reading goes through, for a bug to change it. */
interface Changed {
  readonly read: (line: LogLine, sink: Sink) => void;
}

/** The reader of Claude Code with a bug. */
function withBug(bug: (read: Changed['read']) => Changed['read']): Reader {
  return {
    ...claudeCodeReader,
    formatOf(path) {
      const format = claudeCodeReader.formatOf(path);
      if (format?.kind !== 'lines') return format;
      return {
        kind: 'lines',
        open: (log, saved) => {
          const parser = format.open(log, saved);
          return { read: bug((line, sink) => parser.read(line, sink)), save: () => parser.save() };
        },
      };
    },
  };
}

function isJson(line: LogLine): boolean {
  try {
    JSON.parse(line.text());
    return true;
  } catch {
    return false;
  }
}

const bugs: Readonly<Record<string, { readonly reader: Reader; readonly found: RegExp }>> = {
  'gives up at a line that is no JSON': {
    reader: withBug((read) => {
      let hasGivenUp = false;
      return (line, sink) => {
        hasGivenUp ||= !isJson(line);
        if (!hasGivenUp) read(line, sink);
      };
    }),
    found: /lost in silence/,
  },
  'forgets the cached tokens of the line after one that it cannot take': {
    reader: withBug((read) => {
      let isAfter = false;
      return (line, sink) => {
        const receipt = (told: Receipt) =>
          sink.receipt(isAfter ? { ...told, tokens: { ...told.tokens, cacheRead: 0 } } : told);
        if (isJson(line)) read(line, { ...sink, receipt });
        isAfter = !isJson(line);
      };
    }),
    found: /lost in silence/,
  },
  'says nothing of what it refuses': {
    reader: withBug((read) => (line, sink) => read(line, { ...sink, refuse() {} })),
    found: /a log lost in silence/,
  },
  'throws at a line of null': {
    reader: withBug((read) => (line, sink) => {
      if (line.text() === 'null') throw new TypeError('null has no fields');
      read(line, sink);
    }),
    found: /null has no fields/,
  },
  'takes negative counts': {
    reader: withBug((read) => (line, sink) => {
      if (/"output_tokens":-/.test(line.text())) sink.receipt(negative);
      else read(line, sink);
    }),
    found: /"output":-1/,
  },
};

const negative: Receipt = {
  ...plainReceipt,
  agent: 'claude-code',
  id: { response: 'r', request: '' },
  sessionKey: 's',
  atMs: 1,
  model: '',
  tokens: { ...plainReceipt.tokens, output: -1 },
};

describe('damaged logs find a reader that', () => {
  let world: World;
  before(() => {
    world = new World();
  });
  after(() => world.dispose());

  const tryAll = (reader: Reader) => {
    const logs = logsOf({ reader, fixtures: claudeCodeFixtures }, world.folder);
    for (let round = 0; round < cases; round++) {
      const random = new Random(round);
      pickLog(logs, random).try(random, () => Buffer.from('{"type":"event_msg"}\n'));
    }
  };

  for (const [what, { reader, found }] of Object.entries(bugs)) {
    it(what, () => assert.throws(() => tryAll(reader), found));
  }
});
