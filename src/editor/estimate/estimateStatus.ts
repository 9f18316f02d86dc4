/** The status bar item that follows the text in the active editor. */

import {
  type Disposable,
  type LogOutputChannel,
  StatusBarAlignment,
  type StatusBarItem,
  type TextEditor,
  window,
  workspace,
} from 'vscode';
import { type CommandId, statusItemIds } from '../../contributions.ts';
import { toAdded } from '../context/added.ts';
import type { ContextFeed } from '../context/contextFeed.ts';
import type { ExactCounts } from '../exact/exactCounts.ts';
import type { Format } from '../format.ts';
import { Delay, Lifetime } from '../lifetime.ts';
import { SingleFlight } from '../singleFlight.ts';
import { describeEstimate, type EstimateState, type StatusText } from './estimateText.ts';
import type { Estimator } from './estimator.ts';
import { selectedSpans } from './liveText.ts';
import type { ModelInUse } from './modelInUse.ts';
import type { Outlooks } from './outlooks.ts';
import { projectOf } from './projectOf.ts';

/** A lone keystroke is counted at once, and a typist's so often: digits that change faster cannot be read. */
const betweenEditsMs = 250;
const afterSelectionMs = 100;
/** A count that takes longer than this is waited for in sight, so that no number of another document stays. */
const patienceMs = 300;
/** Parts of a prompt that take longer are added to its own count when they come. */
const contextPatienceMs = 100;
const priority = 100;

export interface EstimateStatusParts {
  readonly estimator: Estimator;
  readonly context: ContextFeed;
  readonly model: ModelInUse;
  /** `undefined` without a ledger. */
  readonly outlooks: Outlooks | undefined;
  readonly format: Format;
  readonly log: LogOutputChannel;
  readonly exactCounts: Pick<ExactCounts, 'noteOn'>;
}

export class EstimateStatus implements Disposable {
  readonly #lifetime = new Lifetime();
  readonly #parts: EstimateStatusParts;
  readonly #item: StatusBarItem;
  readonly #flight = new SingleFlight(() => this.#estimate());
  readonly #settle = this.#lifetime.add(new Delay(() => void this.#flight.run()));
  readonly #patience = this.#lifetime.add(new Delay(() => this.#show({ kind: 'counting' })));
  #shown: StatusText | undefined;
  #countedSelection = false;
  #lastCountedMs = 0;

  constructor(parts: EstimateStatusParts) {
    this.#parts = parts;
    this.#item = this.#lifetime.add(
      window.createStatusBarItem(statusItemIds.estimate, StatusBarAlignment.Right, priority),
    );
    this.#item.name = 'Token Burn';
    this.#item.command = 'tokenBurn.selectModel' satisfies CommandId;
    this.#follow();
  }

  /** What the status bar shows now; `undefined` while it is hidden. */
  get shown(): StatusText | undefined {
    return this.#shown;
  }

  /** Counts the active editor's text now. */
  refresh(): Promise<void> {
    return this.#flight.run();
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  #follow(): void {
    const { estimator, context, model, outlooks } = this.#parts;
    this.#lifetime.add(window.onDidChangeActiveTextEditor((editor) => this.#switchTo(editor)));
    this.#lifetime.add(
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        // Without changes it only tells that the document is saved, or no longer is.
        if (contentChanges.length > 0 && document === window.activeTextEditor?.document) this.#countEdit();
      }),
    );
    this.#lifetime.add(
      window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (textEditor === window.activeTextEditor && this.#concernsSelection(textEditor)) {
          this.#settle.startUnlessRunning(afterSelectionMs);
        }
      }),
    );
    this.#lifetime.add(model.onDidChange(() => void this.refresh()));
    this.#lifetime.add(estimator.onDidRecover(() => void this.refresh()));
    this.#lifetime.add(estimator.onDidSettle(() => void this.refresh()));
    this.#lifetime.add(estimator.onDidCalibrate(() => void this.refresh()));
    this.#lifetime.add(context.onDidWant(() => void this.refresh()));
    if (outlooks) this.#lifetime.add(outlooks.onDidChange(() => void this.refresh()));
  }

  #countEdit(): void {
    const sinceLastMs = Date.now() - this.#lastCountedMs;
    this.#settle.startUnlessRunning(Math.max(0, betweenEditsMs - sinceLastMs));
  }

  /** A caret that only moves changes no count. */
  #concernsSelection({ selections }: TextEditor): boolean {
    return this.#countedSelection || selections.some((selection) => !selection.isEmpty);
  }

  #switchTo(editor: TextEditor | undefined): void {
    if (editor === undefined) {
      // Between two editors there is none for a moment: hiding at once would make the whole status bar jump.
      this.#settle.restart(afterSelectionMs);
      return;
    }
    this.#patience.startUnlessRunning(patienceMs);
    void this.refresh();
  }

  async #estimate(): Promise<void> {
    const editor = activeText();
    const state = editor ? await this.#countIn(editor) : this.#countNothing();
    if (state !== undefined) this.#showIn(editor, state);
    else if (editor === activeText()) this.#countEdit();
  }

  /** Shows what was counted in an editor, unless another one is active by now. */
  #showIn(editor: TextEditor | undefined, state: EstimateState): void {
    if (editor !== activeText()) return;
    this.#patience.cancel();
    this.#show(state);
  }

  /** `undefined` when edits came faster than the text could be read: what is shown stays until they pause. */
  async #countIn(editor: TextEditor): Promise<EstimateState | undefined> {
    const spans = selectedSpans(editor);
    this.#countedSelection = spans.length > 0;
    const projectPath = projectOf(editor.document.uri);
    this.#lastCountedMs = Date.now();
    const question = { model: this.#parts.model.id, spans, atMs: this.#lastCountedMs, projectPath };
    try {
      const reply = await this.#parts.estimator.estimate(editor.document, question);
      if (reply.kind === 'overtaken') return undefined;
      if (reply.kind === 'unanswered') return reply;
      const outlook = this.#parts.outlooks?.of({ model: reply.estimate.model.id, projectPath }) ?? null;
      const note = this.#parts.exactCounts.noteOn(editor.document, spans);
      const alone = { ...reply, added: null, outlook, isSelection: spans.length > 0, note };
      const early = new Delay(() => this.#showIn(editor, alone));
      early.restart(contextPatienceMs);
      const added = this.#parts.context.load(editor, question).finally(() => early.dispose());
      return { ...alone, added: toAdded(await added) };
    } catch (error) {
      this.#parts.log.debug(`No estimate: ${error instanceof Error ? error.message : String(error)}`);
      return { kind: 'unavailable' };
    }
  }

  #countNothing(): EstimateState {
    this.#parts.context.clear();
    return { kind: 'none' };
  }

  #show(state: EstimateState): void {
    if (state.kind === 'none') {
      this.#shown = undefined;
      this.#item.hide();
      return;
    }
    const next = describeEstimate(state, this.#parts.format);
    if (this.#shown && isSame(this.#shown, next)) return;
    this.#shown = next;
    this.#item.text = next.text;
    this.#item.tooltip = next.tooltip;
    this.#item.accessibilityInformation = { label: next.label };
    this.#item.show();
  }
}

/** The editor that a person writes in. The output panel counts as an editor for VS Code, not for us. */
function activeText(): TextEditor | undefined {
  const editor = window.activeTextEditor;
  return editor?.document.uri.scheme === 'output' ? undefined : editor;
}

function isSame(a: StatusText, b: StatusText): boolean {
  return a.text === b.text && a.label === b.label && a.tooltip.value === b.tooltip.value;
}
