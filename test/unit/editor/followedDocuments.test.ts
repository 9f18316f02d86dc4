import assert from 'node:assert/strict';
import {
  type CallEstimator,
  FollowedDocuments,
  type LiveText,
  sliceLength,
} from '../../../src/editor/estimate/followedDocuments.ts';
import type { EstimatorRequests, TextEdit } from '../../../src/workers/estimatorProtocol.ts';

/** Stands for a code unit that a copy lacks. */
const unread = '\uffff';

/** A worker that keeps copies as the real one must, and answers with what it would count. */
class CopyingWorker {
  readonly copies = new Map<string, string>();
  readonly requests: string[] = [];
  readonly estimated: string[] = [];
  longestMessage = 0;
  beforeReply: (name: string) => void = () => {};
  readonly #versions = new Map<string, number>();

  readonly call = (async (name: keyof EstimatorRequests, params: never) => {
    this.requests.push(name);
    const reply = this.#answer(name, params);
    await Promise.resolve();
    this.beforeReply(name);
    return reply;
  }) as CallEstimator;

  #answer(name: keyof EstimatorRequests, params: never): unknown {
    if (name === 'openDocument') this.#open(params);
    if (name === 'supplyText') this.#supply(params);
    if (name === 'editDocument') this.#edit(params);
    if (name === 'closeDocument') this.copies.delete((params as { uri: string }).uri);
    return name === 'estimate' ? this.#estimate(params) : null;
  }

  #open({ uri, text, restLength = 0 }: EstimatorRequests['openDocument']['params']): void {
    this.#note(text);
    this.copies.set(uri, text + unread.repeat(restLength));
    this.#versions.set(uri, 0);
  }

  #supply({ uri, version, pieces }: EstimatorRequests['supplyText']['params']): void {
    assert.equal(version, this.#versions.get(uri), 'text of another version');
    this.#note(pieces.map(({ text }) => text).join(''));
    for (const { offset, text } of pieces) this.#apply(uri, { offset, length: text.length, text });
  }

  #edit({ uri, edits }: EstimatorRequests['editDocument']['params']): void {
    for (const edit of edits) {
      if (typeof edit.text === 'string') this.#note(edit.text);
      this.#apply(uri, edit);
    }
    this.#versions.set(uri, (this.#versions.get(uri) ?? 0) + edits.length);
  }

  #estimate({ uri, length }: EstimatorRequests['estimate']['params']): unknown {
    const copy = this.copies.get(uri) ?? '';
    if (copy.length !== length) return { kind: 'outOfStep' };
    const start = copy.indexOf(unread);
    if (start >= 0) {
      const end = Math.min(start + sliceLength, copy.lastIndexOf(unread) + 1);
      return { kind: 'textWanted', version: this.#versions.get(uri), spans: [{ start, end }] };
    }
    this.estimated.push(copy);
    return { kind: 'estimate' };
  }

  #apply(uri: string, edit: TextEdit): void {
    this.copies.set(uri, applyEdit(this.copies.get(uri) ?? '', edit));
  }

  #note(text: string): void {
    this.longestMessage = Math.max(this.longestMessage, text.length);
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
  const replacement = typeof inserted === 'number' ? unread.repeat(inserted) : inserted;
  return text.slice(0, offset) + replacement + text.slice(offset + length);
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

  it('says that it was overtaken when edits come without end, and counts once they pause', async () => {
    const text = new EditableText('0123456789abcdef'.repeat((3 * sliceLength) / 16));
    worker.beforeReply = (name) => {
      if (name === 'estimate') text.edit(followed, { offset: 7, length: 1, text: 'x' });
    };
    assert.deepEqual(await followed.estimate(text, question), { kind: 'overtaken' });
    assert.deepEqual(worker.estimated, []);
    worker.beforeReply = () => {};
    await followed.estimate(text, question);
    assert.deepEqual(worker.estimated, [text.text]);
  });

  it('does not count a selection where it was before an edit', async () => {
    const text = new EditableText('0123456789abcdef'.repeat((3 * sliceLength) / 16));
    const spans = [{ start: 200_000, end: 200_010 }];
    worker.beforeReply = (name) => {
      if (name !== 'estimate') return;
      worker.beforeReply = () => {};
      text.edit(followed, { offset: 7, length: 0, text: 'x' });
    };
    assert.deepEqual(await followed.estimate(text, { ...question, spans }), { kind: 'overtaken' });
  });

  it('does not follow a document that is closed while it is counted', async () => {
    const text = new EditableText('0123456789abcdef'.repeat((3 * sliceLength) / 16));
    worker.beforeReply = (name) => {
      if (name !== 'estimate') return;
      worker.beforeReply = () => {};
      followed.close(text.uri);
    };
    assert.deepEqual(await followed.estimate(text, question), { kind: 'overtaken' });
    assert.deepEqual([...worker.copies], []);
    text.text = text.text.replaceAll('0123', 'else');
    await followed.estimate(text, question);
    assert.deepEqual(worker.estimated, [text.text]);
  });

  it('tells edits that overtook it from a worker that only wants more and more', async () => {
    const text = new EditableText('0123456789abcdef'.repeat((3 * sliceLength) / 16));
    const spans = [{ start: 0, end: sliceLength }];
    const wanting = (version: number) => {
      let opened = 0;
      const call = (async (name: keyof EstimatorRequests) => {
        if (name === 'openDocument') opened += 1;
        return name === 'estimate' ? { kind: 'textWanted', version, spans } : null;
      }) as CallEstimator;
      return { greedy: new FollowedDocuments(call), opened: () => opened };
    };
    for (const version of [0, 7]) {
      const { greedy, opened } = wanting(version);
      assert.deepEqual(await greedy.estimate(text, question), { kind: 'unanswered' });
      assert.equal(opened(), 2);
    }
  });

  it('says that selections were overtaken when they do not fit the text after an edit', async () => {
    const text = new EditableText('one two');
    await followed.estimate(text, question);
    worker.copies.set(text.uri, 'out of step');
    const estimating = followed.estimate(text, { ...question, spans: [{ start: 4, end: 7 }] });
    text.edit(followed, { offset: 0, length: 4, text: '' });
    assert.equal((await estimating).kind, 'overtaken');
  });

  it('sends a long text that is pasted in slices', async () => {
    const text = new EditableText('one two');
    await followed.estimate(text, question);
    text.edit(followed, { offset: 3, length: 1, text: 'pasted '.repeat(50_000) });
    await followed.estimate(text, question);
    assert.equal(worker.estimated.at(-1), text.text);
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
