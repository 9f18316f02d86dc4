/** A VS Code document as the estimator reads it: by offsets, without ever joining the whole text. */

import { Range, type TextDocument, type TextEditor } from 'vscode';
import type { TextSpan } from '../../workers/estimatorProtocol.ts';
import type { LiveText } from './followedDocuments.ts';

export function liveText(document: TextDocument): LiveText {
  return {
    uri: document.uri.toString(),
    length: () => document.offsetAt(document.lineAt(document.lineCount - 1).range.end),
    cutBefore: (offset) => document.offsetAt(document.positionAt(offset)),
    between: (start, end) =>
      document.getText(new Range(document.positionAt(start), document.positionAt(end))),
  };
}

/** The selections that hold text, in the order of the document. */
export function selectedSpans({ document, selections }: TextEditor): readonly TextSpan[] {
  return selections
    .filter((selection) => !selection.isEmpty)
    .map(({ start, end }) => ({ start: document.offsetAt(start), end: document.offsetAt(end) }))
    .sort((a, b) => a.start - b.start);
}
