import assert from 'node:assert/strict';
import {
  Counts,
  fieldOf,
  idOf,
  type LogRecord,
  nameOf,
  parseRecord,
  recordOf,
  recordsOf,
  textOf,
  timeOf,
} from '../../../src/agents/fields.ts';

describe('fields of log records', () => {
  it('come from JSON objects alone', () => {
    assert.deepEqual(parseRecord('{"a":1}'), { a: 1 });
    for (const text of ['[]', 'null', '1', '"a"', '', '{', '{"a":1}x'])
      assert.equal(parseRecord(text), null, text);
  });

  it('are null when missing, and never inherited', () => {
    const record = parse('{"a":null}');
    for (const name of ['a', 'b', 'toString', '__proto__', 'constructor'])
      assert.equal(fieldOf(record, name), null);
    assert.equal(nameOf(parse('{"__proto__":{"type":"user"}}'), 'type'), '');
  });

  it('are null when they have another shape', () => {
    const record = parse('{"list":[1,{"x":1},null,[{}]],"object":{},"text":"","number":7}');
    assert.equal(recordOf(record, 'list'), null);
    assert.deepEqual(recordsOf(record, 'list'), [{ x: 1 }]);
    assert.deepEqual(recordsOf(record, 'object'), []);
    assert.equal(textOf(record, 'text'), null);
    assert.equal(textOf(record, 'number'), null);
  });

  it('give ids from texts and numbers, but not from whole documents', () => {
    const record = parse(`{"text":"msg_1","number":17,"long":"${'x'.repeat(257)}","list":["a"],"empty":""}`);
    assert.equal(idOf(record, 'text'), 'msg_1');
    assert.equal(idOf(record, 'number'), '17');
    for (const name of ['long', 'list', 'empty']) assert.equal(idOf(record, name), null);
    assert.equal(nameOf(record, 'number'), '');
    assert.equal(nameOf(record, 'long'), '');
  });

  it('give times in UTC, with and without a zone', () => {
    const record = parse(
      '{"z":"2026-08-19T10:00:00.123Z","bare":"2026-08-19T10:00:00","east":"2026-08-19T12:00:00+02:00"}',
    );
    assert.equal(timeOf(record, 'z'), Date.UTC(2026, 7, 19, 10, 0, 0, 123));
    assert.equal(timeOf(record, 'bare'), Date.UTC(2026, 7, 19, 10));
    assert.equal(timeOf(record, 'east'), Date.UTC(2026, 7, 19, 10));
  });

  it('give no time that is none, or of another age', () => {
    const values = [
      '2026-13-40T10:00:00Z',
      '1970-01-01T00:00:00Z',
      '2999-01-01T00:00:00Z',
      'yesterday',
      1_787_133_600_000,
    ];
    for (const value of values) assert.equal(timeOf({ value }, 'value'), null, String(value));
  });
});

describe('counts', () => {
  it('are read as numbers and as text, and are unknown when missing', () => {
    const counts = new Counts({ number: 12, text: '34', none: null });
    assert.deepEqual(
      ['number', 'text', 'none', 'missing'].map((name) => counts.count(name)),
      [12, 34, null, null],
    );
    assert.equal(counts.problem, null);
  });

  it('are implausible when negative, fractional or too large', () => {
    for (const value of [-1, 0.5, 1e9, 1e99, '-5', '1.5', Number.NaN])
      assert.equal(problemOf(value), 'implausible');
  });

  it('are malformed in any other shape', () => {
    for (const value of [[1], {}, true, 'many', '', '0x10']) assert.equal(problemOf(value), 'malformed');
  });

  it('remember the first problem', () => {
    const counts = new Counts({ a: -1, b: [] });
    counts.count('a');
    counts.count('b');
    assert.equal(counts.problem, 'implausible');
  });
});

function problemOf(value: unknown) {
  const counts = new Counts({ value });
  assert.equal(counts.count('value'), null);
  return counts.problem;
}

function parse(text: string): LogRecord {
  const record = parseRecord(text);
  assert.ok(record);
  return record;
}
