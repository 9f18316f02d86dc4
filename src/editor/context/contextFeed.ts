/**
 * What the active prompt would send in all, as the worker counted it last. It is asked for with each estimate of a
 * prompt, or of any text while somebody looks at the context view, and asks for an estimate when files change.
 */

import {
  type Disposable,
  EventEmitter,
  type LogOutputChannel,
  type TextEditor,
  Uri,
  workspace,
} from 'vscode';
import type { PromptAgentId } from '../../domain/promptAgent.ts';
import type { ContextEstimate, ContextQuery, ContextReply } from '../../workers/contextProtocol.ts';
import type { Question } from '../estimate/followedDocuments.ts';
import { liveText } from '../estimate/liveText.ts';
import { Delay, Lifetime } from '../lifetime.ts';
import type { AgentInUse } from './agentInUse.ts';
import type { PartChoices } from './partChoices.ts';
import { PartWatchers } from './partWatchers.ts';
import { isPromptLike, placeOf, workspacePaths } from './promptDocuments.ts';
import { noPaths, toWatchedPaths } from './watchedPaths.ts';

/** As for edits of the prompt itself. */
const afterChangeMs = 250;
/** Times that unfinished work is asked for again in a row: a disk may never answer. */
const mostRepeats = 20;

export interface ContextFeedParts {
  readonly agent: AgentInUse;
  readonly choices: PartChoices;
  readonly log: LogOutputChannel;
  /** @see EstimatorRequests.context */
  ask(query: ContextQuery): Promise<ContextReply>;
}

export class ContextFeed implements Disposable {
  readonly #lifetime = new Lifetime();
  readonly #parts: ContextFeedParts;
  readonly #loaded = this.#lifetime.add(new EventEmitter<void>());
  readonly #wanted = this.#lifetime.add(new EventEmitter<void>());
  readonly #later = this.#lifetime.add(new Delay(() => this.#wanted.fire()));
  readonly #watchers = this.#lifetime.add(new PartWatchers(() => this.want()));
  readonly onDidLoad = this.#loaded.event;
  /** The estimate is to be made anew. */
  readonly onDidWant = this.#wanted.event;
  #sight: ContextEstimate | undefined;
  /** Of the document that is in sight. */
  #uri = '';
  #isWatched = false;
  #repeats = 0;

  constructor(parts: ContextFeedParts) {
    this.#parts = parts;
    this.#lifetime.add(parts.agent.onDidChange(() => this.want()));
    this.#lifetime.add(
      workspace.onDidChangeTextDocument(({ document }) => {
        if (this.#watchers.isPart(document.uri.fsPath)) this.want();
      }),
    );
  }

  /** `undefined` while there is none, or it is not asked for. */
  get sight(): ContextEstimate | undefined {
    return this.#sight;
  }

  /** Whether somebody looks, so that any text is worth assembling. */
  setWatched(isWatched: boolean): void {
    if (isWatched && !this.#isWatched) this.#wanted.fire();
    this.#isWatched = isWatched;
  }

  /** Asks for an estimate soon, and for one only however often it is called meanwhile. */
  want(): void {
    this.#later.startUnlessRunning(afterChangeMs);
  }

  /** The agent that the text of an editor is assembled for; `null` where it is counted alone. */
  agentOf(editor: TextEditor | undefined): PromptAgentId | null {
    const place = editor && placeOf(editor.document);
    return place ? this.#parts.agent.of(place) : null;
  }

  /**
   * Assembles what an editor shows. Its text must have been estimated just before.
   *
   * @returns `undefined` where the text stands alone
   */
  async load(editor: TextEditor, question: Question): Promise<ContextEstimate | undefined> {
    const query = this.#toQuery(editor, question);
    const context = query && (await this.#ask(query));
    this.#uri = editor.document.uri.toString();
    this.#show(context);
    return isPromptLike(editor.document) ? this.#sight : undefined;
  }

  /** There is no text to send. */
  clear(): void {
    if (this.#sight !== undefined) this.#show(undefined);
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  #toQuery({ document }: TextEditor, question: Question): ContextQuery | undefined {
    if (!this.#isWatched && !isPromptLike(document)) return undefined;
    const place = placeOf(document);
    const agent = place && this.#parts.agent.of(place);
    if (!agent) return undefined;
    return {
      ...question,
      ...place,
      uri: document.uri.toString(),
      length: liveText(document).length(),
      agent,
      folders: workspacePaths(),
      unsaved: unsavedDocuments(),
      choices: this.#parts.choices.all,
    };
  }

  /** @returns the document's last answer where the worker's text is not the editor's: the next estimate mends it */
  async #ask(query: ContextQuery): Promise<ContextEstimate | undefined> {
    try {
      const reply = await this.#parts.ask(query);
      if (reply.kind === 'context') return reply.context;
      return query.uri === this.#uri ? this.#sight : undefined;
    } catch (error) {
      this.#parts.log.debug(`No context: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }

  #show(context: ContextEstimate | undefined): void {
    const isUnfinished = context?.isUnfinished ?? false;
    this.#repeats = isUnfinished ? this.#repeats + 1 : 0;
    if (isUnfinished && this.#repeats < mostRepeats) this.want();
    this.#sight = context;
    this.#watchers.follow(
      context === undefined
        ? noPaths
        : toWatchedPaths(workspacePaths(), context.parts, context.awaited, (path) => Uri.file(path).fsPath),
    );
    this.#loaded.fire();
  }
}

function unsavedDocuments(): ContextQuery['unsaved'] {
  return workspace.textDocuments
    .filter(({ isDirty, uri }) => isDirty && uri.scheme === 'file')
    .map((document) => ({
      path: document.uri.fsPath,
      uri: document.uri.toString(),
      length: liveText(document).length(),
    }));
}
