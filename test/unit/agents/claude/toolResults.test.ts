import assert from 'node:assert/strict';
import {
  openingOf,
  plainResult,
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
  'a list [{"a":"c" }]}, another "}]} and "is_error":true }]} ',
  'ends in a backslash \\',
  'ends in many \\\\\\\\\\',
];

describe('results of tools in a transcript', () => {
  it('are as many bytes as their text in UTF-8, with the rest of the line left unread', () => {
    for (const text of texts) {
      const found = glance(lineOf([{ tool_use_id: 't', type: 'tool_result', content: text }]));
      assert.deepEqual(found, { callId: 't', bytes: Buffer.byteLength(text), isFailed: false }, text);
    }
  });

  it('are the same when the whole line is read', () => {
    for (const text of [
      ...texts,
      '}]}'.repeat(50),
      '[{"a":1}]} [{"a":[]}]} [{"a":null}]} "is_error":true}]}',
    ]) {
      for (const content of [
        text,
        [
          { type: 'text', text },
          { type: 'text', text: 'and more' },
        ],
      ]) {
        for (const is_error of [undefined, false, true]) {
          const line = lineOf([{ type: 'tool_result', tool_use_id: 't', content, is_error }]);
          const [whole] = resultsOn(parseRecord(line) ?? {}, false);
          assert.deepEqual(glance(line) ?? whole, whole, line);
          assert.equal(whole?.isFailed, is_error ?? false);
        }
      }
    }
  });

  it('are the same where characters are escaped that need not be', () => {
    const text = `"${'é漢\u{1F600}x'.replace(/[^x]/g, (unit) => `\\u${hex(unit)}`)}"`;
    const line = lineOf([{ tool_use_id: 't', type: 'tool_result', content: '?' }]).replace('"?"', text);
    assert.equal(glance(line)?.bytes, Buffer.byteLength(String(JSON.parse(text))));
  });

  it('are measured by samples where they are long, and come near', () => {
    const plain = texts.filter((text) => !text.includes('}]}'));
    for (const text of [...plain, 'const a = "b";\n\t'].map((each) => `${each} `.repeat(5_000))) {
      const bytes = glance(lineOf([{ tool_use_id: 't', type: 'tool_result', content: text }]))?.bytes ?? 0;
      assert.ok(Math.abs(bytes / Buffer.byteLength(text) - 1) < 0.03, text.slice(0, 20));
    }
  });

  it('may be several on one line, which is then read whole', () => {
    const block = (id: string, content: string) => ({ tool_use_id: id, type: 'tool_result', content });
    const line = lineOf([block('a', 'one'), block('b', 'three'), { type: 'text', text: 'a note' }]);
    assert.equal(glance(line), null);
    assert.deepEqual(
      resultsOn(parseRecord(line) ?? {}, false).map(({ callId, bytes }) => [callId, bytes]),
      [
        ['a', 3],
        ['b', 5],
      ],
    );
  });

  it('are read with their whole line where more follows the text', () => {
    const more = { cache_control: { type: 'ephemeral' } };
    assert.equal(glance(lineOf([{ tool_use_id: 't', type: 'tool_result', content: 'x', ...more }])), null);
  });

  it('have no known size where they hold a picture, or what was cut', () => {
    const picture = [
      { type: 'text', text: 'x' },
      { type: 'image', source: { data: 'AAAA' } },
    ];
    const line = lineOf([{ tool_use_id: 't', type: 'tool_result', content: picture }]);
    assert.equal(resultsOn(parseRecord(line) ?? {}, false)[0]?.bytes, null);
    const cut = lineOf([{ tool_use_id: 't', type: 'tool_result', content: 'x' }]);
    assert.equal(resultsOn(parseRecord(cut) ?? {}, true)[0]?.bytes, null);
  });

  it('are none on a line that was torn', () => {
    const line = lineOf([{ tool_use_id: 't', type: 'tool_result', content: 'x'.repeat(99) }]);
    for (let length = 0; length < line.indexOf('}]}') + 2; length++) {
      assert.equal(glance(line.slice(0, length)), null);
    }
  });
});

function hex(unit: string): string {
  return unit.charCodeAt(0).toString(16).padStart(4, '0');
}

function lineOf(content: readonly object[]): string {
  const toolUseResult = { stdout: 'the same [{"x":"y"}]} again', content: [{ type: 'text', text: 'again' }] };
  return JSON.stringify({ type: 'user', message: { role: 'user', content }, uuid: 'u', toolUseResult });
}

function glance(text: string): ToolResult | null {
  const line = toLogLine(Buffer.from(text));
  const opening = openingOf(line.head(768));
  return opening === null ? null : plainResult(line, opening, false);
}
