import assert from 'node:assert/strict';
import {
  openingOf,
  resultsFrom,
  resultsOn,
  type ToolResult,
} from '../../../../src/agents/claude/toolResults.ts';
import { parseRecord } from '../../../../src/agents/fields.ts';
import { toLogLine } from '../../../contract/byteLine.ts';

/** Texts with all that JSON escapes and UTF-8 spends more than a byte on, and with ends of lists in them. */
const texts = [
  '',
  'plain',
  'lines\nand\ttabs\r\n',
  'quotes " and backslashes \\ and \\" both',
  'é, 漢字, \u{1F600}, \u2028',
  'colours \u001b[31m',
  'a list [{"a":[{"b":"c"}]}]}, another "}]}, false}]} and "is_error":true}]}',
  '}]}'.repeat(50),
  'ends in a backslash \\',
];

describe('results of tools in a transcript', () => {
  it('are as many bytes as their text in UTF-8, with the rest of the line left unread', () => {
    for (const text of texts.filter((each) => !each.startsWith('}]}'))) {
      const found = glance(lineOf([{ tool_use_id: 't', type: 'tool_result', content: text }]));
      assert.deepEqual(found, [{ callId: 't', bytes: Buffer.byteLength(text), isFailed: false }], text);
    }
  });

  it('are the same when the whole line is read', () => {
    for (const text of texts) {
      const parts = [
        { type: 'text', text },
        { type: 'text', text: 'and more' },
      ];
      for (const content of [text, parts]) {
        for (const is_error of [undefined, false, true]) {
          const line = lineOf([{ type: 'tool_result', tool_use_id: 't', content, is_error }]);
          const whole = resultsOn(parseRecord(line) ?? {}, false);
          assert.deepEqual(glance(line) ?? whole, whole, line);
          assert.equal(whole[0]?.isFailed, is_error ?? false);
        }
      }
    }
  });

  it('may be several on one line', () => {
    const block = (id: string, content: string) => ({ tool_use_id: id, type: 'tool_result', content });
    const found = glance(lineOf([block('a', 'one'), block('b', 'three'), { type: 'text', text: 'a note' }]));
    assert.deepEqual(
      found?.map(({ callId, bytes }) => [callId, bytes]),
      [
        ['a', 3],
        ['b', 5],
      ],
    );
  });

  it('have no known size where they hold a picture, or what was cut', () => {
    const picture = [
      { type: 'text', text: 'x' },
      { type: 'image', source: { data: 'AAAA' } },
    ];
    const line = lineOf([{ tool_use_id: 't', type: 'tool_result', content: picture }]);
    assert.equal(glance(line)?.[0]?.bytes, null);
    const cut = lineOf([{ tool_use_id: 't', type: 'tool_result', content: 'x' }]);
    assert.equal(resultsOn(parseRecord(cut) ?? {}, true)[0]?.bytes, null);
  });

  it('are left to a whole reading where characters are escaped that are no ASCII', () => {
    const line = lineOf([{ tool_use_id: 't', type: 'tool_result', content: 'é' }]).replace('é', '\\u00e9');
    assert.equal(glance(line), null);
    assert.equal(resultsOn(parseRecord(line) ?? {}, false)[0]?.bytes, 2);
  });

  it('are none on a line that was torn', () => {
    const line = lineOf([{ tool_use_id: 't', type: 'tool_result', content: 'x'.repeat(99) }]);
    for (let length = 0; length < line.indexOf(']}') - 1; length++) {
      assert.equal(glance(line.slice(0, length)) ?? null, null);
    }
  });
});

function lineOf(content: readonly object[]): string {
  const toolUseResult = { stdout: 'the same [{"x":"y"}]} again', content: [{ type: 'text', text: 'again' }] };
  return JSON.stringify({ type: 'user', message: { role: 'user', content }, uuid: 'u', toolUseResult });
}

function glance(text: string): readonly ToolResult[] | null {
  const line = toLogLine(Buffer.from(text));
  const opening = openingOf(line.head(768));
  return opening === null ? null : resultsFrom(line, opening);
}
