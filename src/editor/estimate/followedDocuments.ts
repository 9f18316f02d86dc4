/**
 * Documents that the estimator worker has a copy of. A document is sent in slices, so that no tick of the editor's
 * thread copies more than a slice, and kept in step by its edits; only the documents used last are kept.
 */

import type {
  EstimateReply,
  EstimatorRequests,
  TextEdit,
  TextSpan,
} from '../../workers/estimatorProtocol.ts';

/** A document of the editor, read by offsets in UTF-16 code units. */
export interface LiveText {
  readonly uri: string;
  length(): number;
  /** The last offset up to `offset` at which the text may be cut. */
  cutBefore(offset: number): number;
  between(start: number, end: number): string;
}

export interface Question {
  readonly model: string;
  /** Counted in place of the whole document where not empty. */
  readonly spans: readonly TextSpan[];
  readonly atMs: number;
  /** See `EstimateQuery.projectPath`. */
  readonly projectPath: string | null;
}

export type CallEstimator = <Name extends keyof EstimatorRequests>(
  name: Name,
  params: EstimatorRequests[Name]['params'],
) => Promise<EstimatorRequests[Name]['reply']>;

export const sliceLength = 128 * 1024;
const maxFollowed = 8;

/** How much of a document the worker has: all before this offset of the editor's text, edits included. */
interface Copy {
  sent: number;
  isComplete: boolean;
}

export class FollowedDocuments {
  readonly #call: CallEstimator;
  /** By URI, the one used last at the end. */
  readonly #copies = new Map<string, Copy>();

  constructor(call: CallEstimator) {
    this.#call = call;
  }

  async estimate(text: LiveText, question: Question): Promise<EstimateReply> {
    const reply = await this.#ask(text, question);
    if (reply.kind !== 'outOfStep') return reply;
    this.#copies.delete(text.uri);
    return this.#ask(text, question);
  }

  /** Takes edits in the order in which they apply, each in terms of the text before it. */
  edit(uri: string, edits: readonly TextEdit[]): void {
    const copy = this.#copies.get(uri);
    if (copy === undefined) return;
    const toSend = edits.flatMap((edit) => withinCopy(copy, edit));
    if (toSend.length > 0) this.#tell('editDocument', { uri, edits: toSend });
  }

  close(uri: string): void {
    if (this.#copies.delete(uri)) this.#tell('closeDocument', { uri });
  }

  /** The worker is gone, and its copies with it. */
  forgetAll(): void {
    this.#copies.clear();
  }

  async #ask(text: LiveText, question: Question): Promise<EstimateReply> {
    await this.#follow(text);
    return this.#call('estimate', { ...question, uri: text.uri, length: text.length() });
  }

  async #follow(text: LiveText): Promise<void> {
    const copy = this.#copies.get(text.uri) ?? { sent: 0, isComplete: false };
    this.#copies.delete(text.uri);
    this.#copies.set(text.uri, copy);
    this.#closeOldest();
    if (!copy.isComplete) await this.#send(text, copy);
  }

  async #send(text: LiveText, copy: Copy): Promise<void> {
    copy.sent = 0;
    await this.#call('openDocument', { uri: text.uri, text: nextSlice(text, copy) });
    while (copy.sent < text.length()) {
      await this.#call('appendText', { uri: text.uri, text: nextSlice(text, copy) });
    }
    copy.isComplete = true;
  }

  #closeOldest(): void {
    for (const uri of [...this.#copies.keys()].slice(0, -maxFollowed)) this.close(uri);
  }

  /** A message that needs no answer: if it is lost, the next estimate finds the copy out of step. */
  #tell<Name extends 'editDocument' | 'closeDocument'>(
    name: Name,
    params: EstimatorRequests[Name]['params'],
  ): void {
    this.#call(name, params).catch(() => {});
  }
}

function nextSlice(text: LiveText, copy: Copy): string {
  const start = copy.sent;
  const end = start + sliceLength;
  copy.sent = end < text.length() ? text.cutBefore(end) : text.length();
  return text.between(start, copy.sent);
}

/** The part of an edit that falls into the copy. What lies after is still to be sent, as it is by then. */
function withinCopy(copy: Copy, edit: TextEdit): readonly TextEdit[] {
  if (copy.isComplete) return [edit];
  if (edit.offset >= copy.sent) return [];
  if (edit.offset + edit.length <= copy.sent) {
    copy.sent += edit.text.length - edit.length;
    return [edit];
  }
  const cut = { offset: edit.offset, length: copy.sent - edit.offset, text: '' };
  copy.sent = edit.offset;
  return [cut];
}
