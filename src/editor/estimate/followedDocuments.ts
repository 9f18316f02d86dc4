/**
 * Documents that the estimator worker follows. It has the first slice of a document and asks for the others, and for
 * whatever text it lacks later, a slice at a time: no tick of the editor's thread copies more. Edits keep it in step;
 * only the documents used last are followed.
 */

import type {
  EstimateReply,
  EstimatorRequests,
  TextEdit,
  TextPiece,
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

export type EstimateAnswer =
  | Extract<EstimateReply, { kind: 'estimate' }>
  /**
   * Edits came faster than the text could be read, or the document was closed: ask again after them. What was counted
   * meanwhile stays counted.
   */
  | { readonly kind: 'overtaken' }
  /** Nothing came between, and yet there is no answer: there would be none if it was asked again. */
  | { readonly kind: 'unanswered' };

export type CallEstimator = <Name extends keyof EstimatorRequests>(
  name: Name,
  params: EstimatorRequests[Name]['params'],
) => Promise<EstimatorRequests[Name]['reply']>;

export const sliceLength = 128 * 1024;
const maxFollowed = 8;

/** Times that edits may come between the worker's wish and its fulfilment. */
const mostMisses = 10;

/** Slices that one estimate may ask for: several times those of the largest document that VS Code shares. */
const mostSlices = 2_000;

interface Copy {
  /** How many edits the worker was told of since the document was opened there. */
  version: number;
}

export class FollowedDocuments {
  readonly #call: CallEstimator;
  /** By URI, the one used last at the end. */
  readonly #copies = new Map<string, Copy>();

  constructor(call: CallEstimator) {
    this.#call = call;
  }

  async estimate(text: LiveText, question: Question): Promise<EstimateAnswer> {
    const answer = await this.#ask(text, question);
    if (answer.kind !== 'unanswered') return answer;
    this.#copies.delete(text.uri);
    return this.#ask(text, question);
  }

  /** Takes edits in the order in which they apply, each in terms of the text before it. */
  edit(uri: string, edits: readonly TextEdit[]): void {
    const copy = this.#copies.get(uri);
    if (copy === undefined || edits.length === 0) return;
    copy.version += edits.length;
    this.#tell('editDocument', { uri, edits: edits.map(withoutLongText) });
  }

  close(uri: string): void {
    if (this.#copies.delete(uri)) this.#tell('closeDocument', { uri });
  }

  /** The worker is gone, and its copies with it. */
  forgetAll(): void {
    this.#copies.clear();
  }

  async #ask(text: LiveText, question: Question): Promise<EstimateAnswer> {
    const { uri } = text;
    const { spans } = question;
    const copy = this.#follow(text);
    const askedVersion = copy.version;
    let misses = 0;
    for (let slices = 0; slices < mostSlices && misses < mostMisses; slices++) {
      const { version } = copy;
      const reply = await this.#call('estimate', { ...question, uri, length: text.length() });
      if (reply.kind === 'estimate') return reply;
      // Selections are where they were asked about, which is elsewhere after an edit.
      const isElsewhere = spans.length > 0 && copy.version !== askedVersion;
      if (isElsewhere || this.#copies.get(uri) !== copy) return { kind: 'overtaken' };
      if (reply.kind === 'outOfStep') return { kind: 'unanswered' };
      if (copy.version === reply.version) this.#supply(text, copy, reply.spans);
      else if (copy.version !== version) misses += 1;
      else return { kind: 'unanswered' };
    }
    return { kind: misses < mostMisses ? 'unanswered' : 'overtaken' };
  }

  #follow(text: LiveText): Copy {
    const copy = this.#copies.get(text.uri) ?? this.#open(text);
    this.#copies.delete(text.uri);
    this.#copies.set(text.uri, copy);
    for (const uri of [...this.#copies.keys()].slice(0, -maxFollowed)) this.close(uri);
    return copy;
  }

  #open(text: LiveText): Copy {
    const length = text.length();
    const end = length > sliceLength ? text.cutBefore(sliceLength) : length;
    this.#tell('openDocument', { uri: text.uri, text: text.between(0, end), restLength: length - end });
    return { version: 0 };
  }

  #supply(text: LiveText, { version }: Copy, spans: readonly TextSpan[]): void {
    const pieces = spans.map((span) => readPiece(text, span));
    this.#tell('supplyText', { uri: text.uri, version, pieces });
  }

  /** A message that needs no answer: if it is lost, the next estimate finds the copy out of step. */
  #tell<Name extends 'openDocument' | 'supplyText' | 'editDocument' | 'closeDocument'>(
    name: Name,
    params: EstimatorRequests[Name]['params'],
  ): void {
    this.#call(name, params).catch(() => {});
  }
}

function withoutLongText({ offset, length, text }: TextEdit): TextEdit {
  return { offset, length, text: typeof text === 'string' && text.length > sliceLength ? text.length : text };
}

/** Text from the start of a span, not always up to its end: a line break is not cut. */
function readPiece(text: LiveText, { start, end }: TextSpan): TextPiece {
  return { offset: start, text: text.between(start, text.cutBefore(end)) };
}
