import assert from 'node:assert/strict';
import {
  type CallEstimator,
  FollowedDocuments,
  type LiveText,
  sliceLength,
} from '../../../src/editor/estimate/followedDocuments.ts';
import type { EstimatorRequests, TextEdit } from '../../../src/workers/estimatorProtocol.ts';

/** A worker that keeps copies as the real one must, and answers with what it would count. */
class CopyingWorker {
  readonly copies = new Map<string, string>();
  readonly requests: string[] = [];
  readonly estimated: string[] = [];
  longestMessage = 0;
  beforeReply: (name: string) => void = () => {};

  readonly call = (async (name: keyof EstimatorRequests, params: never) => {
    this.requests.push(name);
    const reply = this.#answer(name, params);
    await Promise.resolve();
    this.beforeReply(name);
    return reply;
  }) as CallEstimator;

  #answer(name: keyof EstimatorRequests, params: never): unknown {
    const { uri, text, edits, length } = params as {
      uri: string;
      text: string;
      edits: TextEdit[];
      length: number;
    };
    this.longestMessage = Math.max(this.longestMessage, text?.length ?? 0);
    const copy = this.copies.get(uri) ?? '';
    if (name === 'openDocument') this.copies.set(uri, text);
    if (name === 'appendText') this.copies.set(uri, copy + text);
    if (name === 'editDocument') this.copies.set(uri, edits.reduce(applyEdit, copy));
    if (name === 'closeDocument') this.copies.delete(uri);
    if (name !== 'estimate') return null;
    if (copy.length !== length) return { kind: 'outOfStep' };
    this.estimated.push(copy);
    return { kind: 'estimate' };
  }
}

class EditableText implements LiveText {
  readonly uri: string;
  text: string;

  constructor(text: string, uri = 'file:///a') {
    this.text = text;
    this.uri = uri;
  }

  length(): number {
    return this.text.length;
  }

  cutBefore(offset: number): number {
    return this.text.startsWith('\r\n', offset - 1) ? offset - 1 : offset;
  }

  between(start: number, end: number): string {
    return this.text.slice(start, end);
  }

  edit(followed: FollowedDocuments, ...edits: TextEdit[]): void {
    this.text = edits.reduce(applyEdit, this.text);
    followed.edit(this.uri, edits);
  }
}

function applyEdit(text: string, { offset, length, text: inserted }: TextEdit): string {
  return text.slice(0, offset) + inserted + text.slice(offset + length);
}

const question = { model: 'm', spans: [], atMs: 0, projectPath: null };

describe('FollowedDocuments', () => {
  let worker: CopyingWorker;
  let followed: FollowedDocuments;

  beforeEach(() => {
    worker = new CopyingWorker();
    followed = new FollowedDocuments(worker.call);
  });

  it('sends a document once and then only its edits', async () => {
    const text = new EditableText('hello world');
    await followed.estimate(text, question);
    text.edit(followed, { offset: 6, length: 5, text: 'there' }, { offset: 0, length: 1, text: 'J' });
    await followed.estimate(text, question);
    assert.deepEqual(worker.estimated, ['hello world', 'Jello there']);
    assert.deepEqual(worker.requests, ['openDocument', 'estimate', 'editDocument', 'estimate']);
  });

  it('sends an empty document', async () => {
    await followed.estimate(new EditableText(''), question);
    assert.deepEqual(worker.estimated, ['']);
  });

  it('slices a large document and never cuts a line break', async () => {
    const text = new EditableText(`${'x'.repeat(sliceLength - 1)}\r\n`.repeat(3));
    await followed.estimate(text, question);
    assert.deepEqual(worker.estimated, [text.text]);
    assert.ok(worker.longestMessage <= sliceLength);
  });

  const whileOpening: readonly [what: string, edit: TextEdit][] = [
    ['before what was sent', { offset: 10, length: 4, text: 'inserted' }],
    ['after what was sent', { offset: 2 * sliceLength + 5, length: 7, text: 'z' }],
    ['across the end of what was sent', { offset: sliceLength - 20, length: 300, text: 'across' }],
    ['at the end of what was sent', { offset: sliceLength, length: 0, text: 'edge' }],
    ['from its start to its end', { offset: 0, length: 3 * sliceLength, text: 'all new' }],
  ];
  for (const [what, edit] of whileOpening) {
    it(`stays in step with an edit ${what} while the document is being sent`, async () => {
      const text = new EditableText('0123456789abcdef'.repeat((3 * sliceLength) / 16));
      let hasEdited = false;
      worker.beforeReply = (name) => {
        if (name !== 'openDocument' || hasEdited) return;
        hasEdited = true;
        text.edit(followed, edit);
      };
      await followed.estimate(text, question);
      assert.deepEqual(worker.estimated, [text.text]);
      assert.equal(worker.requests.filter((name) => name === 'openDocument').length, 1);
    });
  }

  it('opens the document again when the copy is out of step', async () => {
    const text = new EditableText('one');
    await followed.estimate(text, question);
    text.text = 'three';
    await followed.estimate(text, question);
    assert.deepEqual(worker.estimated, ['one', 'three']);
  });

  it('opens the document again after the worker was lost', async () => {
    const text = new EditableText('one');
    await followed.estimate(text, question);
    worker.copies.clear();
    followed.forgetAll();
    text.edit(followed, { offset: 0, length: 0, text: 'x' });
    await followed.estimate(text, question);
    assert.deepEqual(worker.estimated, ['one', 'xone']);
  });

  it('keeps the documents used last and closes the others', async () => {
    const texts = Array.from({ length: 9 }, (_, index) => new EditableText('text', `file:///${index}`));
    for (const text of texts.slice(0, 8)) await followed.estimate(text, question);
    await followed.estimate(texts[0] as EditableText, question);
    await followed.estimate(texts[8] as EditableText, question);
    assert.deepEqual(
      [...worker.copies.keys()].sort(),
      texts.map(({ uri }) => uri).filter((uri) => uri !== 'file:///1'),
    );
  });

  it('does not send edits of documents that it does not follow', async () => {
    const text = new EditableText('one');
    await followed.estimate(text, question);
    followed.close(text.uri);
    text.edit(followed, { offset: 0, length: 0, text: 'x' });
    assert.deepEqual(worker.requests, ['openDocument', 'estimate', 'closeDocument']);
  });
});
