/** The documents that the editor has open, kept as it has them. */

import { type Chunk, ChunkedText } from '../estimator/chunkedText.ts';
import type { EstimateQuery, TextEdit, TextSpan } from './estimatorProtocol.ts';

export class FollowedDocuments {
  readonly #texts = new Map<string, ChunkedText>();

  open(uri: string, text: string): void {
    this.#texts.set(uri, new ChunkedText());
    this.append(uri, text);
  }

  append(uri: string, text: string): void {
    const document = this.#texts.get(uri);
    document?.replace(document.length, 0, text);
  }

  /** Applies edits in their order. A document that one of them does not fit is forgotten: it is not the editor's. */
  edit(uri: string, edits: readonly TextEdit[]): void {
    for (const { offset, length, text } of edits) {
      const document = this.#texts.get(uri);
      if (document === undefined) return;
      if (isWithin(document, { start: offset, end: offset + length })) document.replace(offset, length, text);
      else this.close(uri);
    }
  }

  close(uri: string): void {
    this.#texts.delete(uri);
  }

  /** The texts that a query is about, or `undefined` when the document is not as the caller has it. */
  textsOf(query: EstimateQuery): readonly (readonly Chunk[])[] | undefined {
    const document = this.#texts.get(query.uri);
    if (document === undefined || document.length !== query.length) return undefined;
    if (query.spans.length === 0) return [document.chunks];
    if (!query.spans.every((span) => isWithin(document, span))) return undefined;
    return query.spans.map(({ start, end }) => document.slice(start, end));
  }
}

function isWithin(document: ChunkedText, { start, end }: TextSpan): boolean {
  return start >= 0 && start <= end && end <= document.length;
}
