/** The estimator worker as the editor knows it: it counts documents of any scheme while they change. */

import { type Disposable, EventEmitter, type LogOutputChannel, type TextDocument, workspace } from 'vscode';
import type { ModelChoice } from '../../estimator/estimate.ts';
import { systemClock, type Thread, WorkerClient } from '../../workers/client.ts';
import type { ContextQuery, ContextReply } from '../../workers/contextProtocol.ts';
import type { EstimateReply, EstimatorEvent, EstimatorRequests } from '../../workers/estimatorProtocol.ts';
import { Lifetime } from '../lifetime.ts';
import { FollowedDocuments, type Question } from './followedDocuments.ts';
import { liveText } from './liveText.ts';

/** Vocabularies and texts take tens of megabytes: the worker goes when nobody has typed for this long. */
const idleMs = 5 * 60_000;
/** Many times what the largest document that VS Code shares with extensions takes. */
const answerMs = 12_000;

export class Estimator implements Disposable {
  readonly #lifetime = new Lifetime();
  readonly #recovered = this.#lifetime.add(new EventEmitter<void>());
  readonly #settled = this.#lifetime.add(new EventEmitter<void>());
  readonly #client: WorkerClient<EstimatorRequests, EstimatorEvent>;
  readonly #followed: FollowedDocuments;
  readonly onDidRecover = this.#recovered.event;
  /** A document that was in part guessed at can be counted exactly. */
  readonly onDidSettle = this.#settled.event;

  constructor(start: () => Thread, log: LogOutputChannel) {
    this.#followed = new FollowedDocuments((name, params) => this.#client.call(name, params));
    this.#client = this.#lifetime.add(
      new WorkerClient<EstimatorRequests, EstimatorEvent>({
        start,
        idleMs,
        answerMs,
        clock: systemClock,
        onEvent: () => this.#settled.fire(),
        onStop: () => this.#followed.forgetAll(),
        onCrash: ({ message }, restartInMs) =>
          log.error(`The estimator ended: ${message}. It starts again in ${restartInMs / 1000} s.`),
        onRecovery: () => this.#recovered.fire(),
      }),
    );
    this.#lifetime.add(
      workspace.onDidChangeTextDocument(({ document, contentChanges }) =>
        this.#followed.edit(
          document.uri.toString(),
          contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
            offset: rangeOffset,
            length: rangeLength,
            text,
          })),
        ),
      ),
    );
    this.#lifetime.add(
      workspace.onDidCloseTextDocument((document) => this.#followed.close(document.uri.toString())),
    );
  }

  models(): Promise<readonly ModelChoice[]> {
    return this.#client.call('models', null);
  }

  estimate(document: TextDocument, question: Question): Promise<EstimateReply> {
    return this.#followed.estimate(liveText(document), question);
  }

  /** All that sending a document would send; its text must have been estimated just before. */
  context(query: ContextQuery): Promise<ContextReply> {
    return this.#client.call('context', query);
  }

  dispose(): void {
    this.#lifetime.dispose();
  }
}
