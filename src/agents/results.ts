/** The size of what tools gave back, as the model was given it. */

import { fieldOf, isRecord, type LogRecord, recordOf, textOf } from './fields.ts';

/** UTF-8 bytes of the answers among the parts of a message of Google's API; `null` where there is none. */
export function resultBytesOf(parts: readonly LogRecord[]): number | null {
  const answers = parts.map((part) => recordOf(part, 'functionResponse')).filter((answer) => answer !== null);
  return answers.length === 0 ? null : sum(answers.map(bytesOf));
}

function bytesOf(answer: LogRecord): number {
  const response = fieldOf(answer, 'response');
  const output = isRecord(response) ? (textOf(response, 'output') ?? textOf(response, 'error')) : null;
  return utf8Bytes(output ?? JSON.stringify(response));
}

export function utf8Bytes(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
