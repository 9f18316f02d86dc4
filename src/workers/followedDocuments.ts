/** The documents that the editor has open, kept as it has them. */

import { CharacterClasses } from '../estimator/characters.ts';
import { CountedText } from '../estimator/countedText.ts';
import { SafeCuts } from '../estimator/safeCuts.ts';
import type { EstimateQuery, TextEdit, TextPiece, TextSpan } from './estimatorProtocol.ts';

export class FollowedDocuments {
  readonly #cuts = new SafeCuts(new CharacterClasses());
  readonly #texts = new Map<string, CountedText>();

  /** @param restLength length of what follows `text` and is to be supplied */
  open(uri: string, text: string, restLength: number): void {
    this.#texts.set(uri, new CountedText(this.#cuts, { text, unreadLength: restLength }));
  }

  /** Takes in text that was wanted. A document of another version, or that it cannot be of, is forgotten. */
  supply(uri: string, version: number, pieces: readonly TextPiece[]): void {
    const document = this.#texts.get(uri);
    if (document === undefined) return;
    const isTaken =
      document.version === version &&
      pieces.every(
        ({ offset, text }) =>
          isWithin(document, { start: offset, end: offset + text.length }) && document.supply(offset, text),
      );
    if (!isTaken) this.close(uri);
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

  get(uri: string): CountedText | undefined {
    return this.#texts.get(uri);
  }

  /** The document that a query is about, or `undefined` when it is not as the caller has it. */
  find({ uri, length, spans }: EstimateQuery): CountedText | undefined {
    const document = this.#texts.get(uri);
    if (document === undefined || document.length !== length) return undefined;
    return spans.every((span) => isWithin(document, span)) ? document : undefined;
  }
}

function isWithin(document: CountedText, { start, end }: TextSpan): boolean {
  return start >= 0 && start <= end && end <= document.length;
}
