/** The text that a command is to count, as it was when the command was given. */

import { basename } from 'node:path';
import { type TextDocument, type TextEditor, window } from 'vscode';
import type { TextSpan } from '../../workers/estimatorProtocol.ts';
import { liveText, selectedSpans } from '../estimate/liveText.ts';
import { withoutLinks } from '../plainText.ts';

export interface Subject {
  readonly document: TextDocument;
  readonly version: number;
  /** What is selected; empty for the whole document. */
  readonly spans: readonly TextSpan[];
  /** Several selections are joined by line breaks, as if they were copied. */
  readonly text: string;
  /** Name of the document, safe to show. */
  readonly name: string;
}

/** In UTF-16 code units: copying and packing more at once would be felt in the editor. */
export const longestText = 1_000_000;

export function takeSubject(): Subject | 'nothing' | 'tooLong' {
  const editor = window.activeTextEditor;
  if (editor === undefined || editor.document.uri.scheme === 'output') return 'nothing';
  const spans = selectedSpans(editor);
  const length = lengthOf(editor, spans);
  if (length === 0) return 'nothing';
  return length > longestText ? 'tooLong' : toSubject(editor.document, spans);
}

function lengthOf({ document }: TextEditor, spans: readonly TextSpan[]): number {
  if (spans.length === 0) return liveText(document).length();
  return spans.reduce((sum, { start, end }) => sum + end - start, 0);
}

function toSubject(document: TextDocument, spans: readonly TextSpan[]): Subject {
  const live = liveText(document);
  const parts = spans.length === 0 ? [{ start: 0, end: live.length() }] : spans;
  return {
    document,
    version: document.version,
    spans,
    text: parts.map(({ start, end }) => live.between(start, end)).join('\n'),
    name: withoutLinks(basename(document.uri.path)),
  };
}

/** Whether the document still says what was taken from it. */
export function isCurrent({ document, version }: Pick<Subject, 'document' | 'version'>): boolean {
  return !document.isClosed && document.version === version;
}
