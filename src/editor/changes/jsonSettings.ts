/** Settings of other programs in JSON: comments, order and all else stay as they are. */

import {
  applyEdits,
  type FormattingOptions,
  type JSONPath,
  modify,
  type ParseError,
  parse,
} from 'jsonc-parser';

/** What the text of settings says, none where it is empty; `null` where it is no settings that could be changed. */
export function readSettings(text: string): Readonly<Record<string, unknown>> | null {
  const [, body] = apart(text);
  if (body.trim() === '') return {};
  const errors: ParseError[] = [];
  const settings: unknown = parse(body, errors, { allowTrailingComma: true });
  return errors.length === 0 && isRecord(settings) ? settings : null;
}

/** The text with one of its settings changed, or taken away by `undefined`. */
export function changeSetting(text: string, path: JSONPath, value: unknown): string {
  const [mark, body] = apart(text);
  const known = body.trim() === '' ? '{}\n' : body;
  const edits = modify(known, path, value, { formattingOptions: formattingOf(body) });
  return `${mark}${applyEdits(known, edits)}`;
}

/** Editors of Windows put a mark before the text. */
function apart(text: string): readonly [mark: string, body: string] {
  return text.startsWith('\ufeff') ? ['\ufeff', text.slice(1)] : ['', text];
}

/** As the file itself is indented. */
function formattingOf(text: string): FormattingOptions {
  const [, indent = '  '] = /\n([ \t]+)\S/.exec(text) ?? [];
  return {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
