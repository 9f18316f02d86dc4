/** The settings of a user as VS Code and its relatives keep them: JSON with comments, and with commas before what ends. */

import { type LogRecord, parseRecord } from './fields.ts';

const text = String.raw`"(?:[^"\\\r\n]|\\.)*"`;
const textOrComment = new RegExp(String.raw`(${text})|//[^\r\n]*|/\*[^]*?(?:\*/|$)`, 'g');
const textOrLastComma = new RegExp(String.raw`(${text})|,(?=\s*[}\]])`, 'g');

/** `null` where a file holds anything else. */
export function parseSettings(file: string): LogRecord | null {
  const onlyTexts = (_match: string, kept: string | undefined) => kept ?? ' ';
  return parseRecord(
    file
      .replace(/^\ufeff/, '')
      .replace(textOrComment, onlyTexts)
      .replace(textOrLastComma, onlyTexts),
  );
}
