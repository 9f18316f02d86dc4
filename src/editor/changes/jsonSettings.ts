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
  if (text.trim() === '') return {};
  const errors: ParseError[] = [];
  const settings: unknown = parse(text, errors, { allowTrailingComma: true });
  return errors.length === 0 && isRecord(settings) ? settings : null;
}

/** The text with one of its settings changed, or taken away by `undefined`. */
export function changeSetting(text: string, path: JSONPath, value: unknown): string {
  const edits = modify(text.trim() === '' ? '{}\n' : text, path, value, {
    formattingOptions: formattingOf(text),
  });
  return applyEdits(text.trim() === '' ? '{}\n' : text, edits);
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
