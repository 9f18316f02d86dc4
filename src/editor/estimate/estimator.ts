/** The estimator worker as the editor knows it: it counts documents of any scheme while they change. */

import { setImmediate as nextTurn } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { type Disposable, EventEmitter, type LogOutputChannel, type TextDocument, workspace } from 'vscode';
import type { Variance } from '../../domain/variance.ts';
import type { Calibration } from '../../estimator/calibration.ts';
import type { ModelChoice } from '../../estimator/estimate.ts';
import { systemClock, type Thread, WorkerClient } from '../../workers/client.ts';
import type { ContextQuery, ContextReply } from '../../workers/contextProtocol.ts';
import type { EstimatorEvent, EstimatorRequests } from '../../workers/estimatorProtocol.ts';
import type { LogRef } from '../../workers/varianceSearch.ts';
import { Lifetime } from '../lifetime.ts';
import { type EstimateAnswer, FollowedDocuments, type Question } from './followedDocuments.ts';
import { liveText } from './liveText.ts';

/** Vocabularies and texts take tens of megabytes: the worker goes when nobody has typed for this long. */
const idleMs = 5 * 60_000;
/**
 * Many times what starting, loading a vocabulary and counting takes: on a machine with ten busy programs a core that
 * has been seen to take six seconds, and a worker that is started again has to begin anew.
 */
const answerMs = 30_000;

/** Milliseconds go by in a document of so many lines, which are spent in a turn of their own. */
const manyLines = 20_000;

export class Estimator implements Disposable {
  readonly #lifetime = new Lifetime();
  readonly #recovered = this.#lifetime.add(new EventEmitter<void>());
  readonly #settled = this.#lifetime.add(new EventEmitter<void>());
  readonly #estimated = this.#lifetime.add(new EventEmitter<void>());
  readonly #calibrated = this.#lifetime.add(new EventEmitter<void>());
  readonly #client: WorkerClient<EstimatorRequests, EstimatorEvent>;
  readonly #followed: FollowedDocuments;
  readonly onDidRecover = this.#recovered.event;
  /** A document that was in part guessed at can be counted exactly. */
  readonly onDidSettle = this.#settled.event;
  readonly onDidEstimate = this.#estimated.event;
  /** Estimates may be others than before. */
  readonly onDidCalibrate = this.#calibrated.event;
  #variances: readonly Variance[] = [];
  /** The worker that runs now has not been told of them. */
  #hasNews = false;

  constructor(start: () => Thread, log: LogOutputChannel) {
    this.#followed = new FollowedDocuments((name, params) => this.#client.call(name, params));
    this.#client = this.#lifetime.add(
      new WorkerClient<EstimatorRequests, EstimatorEvent>({
        start,
        idleMs,
        answerMs,
        clock: systemClock,
        onEvent: () => this.#settled.fire(),
        onStop: () => {
          this.#followed.forgetAll();
          this.#hasNews = this.#variances.length > 0;
        },
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
    for (const onDidBeginOrEnd of [workspace.onDidOpenTextDocument, workspace.onDidCloseTextDocument]) {
      this.#lifetime.add(onDidBeginOrEnd((document) => this.#followed.close(document.uri.toString())));
    }
  }

  models(): Promise<readonly ModelChoice[]> {
    return this.#client.call('models', null);
  }

  async estimate(document: TextDocument, question: Question): Promise<EstimateAnswer> {
    if (!this.#client.isRunning) {
      this.#client.start();
      await nextTurn();
    }
    const text = liveText(document);
    if (document.lineCount > manyLines) {
      // VS Code looks for the offsets of all lines when it is first asked for one.
      text.length();
      await nextTurn();
    }
    if (this.#hasNews) await this.#tellVariances();
    const reply = await this.#followed.estimate(text, question);
    this.#estimated.fire();
    return reply;
  }

  /** What receipts taught about estimates; see `EstimatorRequests`. */
  async calibration(model: string, projectPath: string | null): Promise<Calibration | null> {
    if (this.#hasNews) await this.#tellVariances();
    return this.#client.call('calibration', { model, projectPath });
  }

  findVariances(log: LogRef): Promise<readonly Variance[]> {
    return this.#client.call('findVariances', { log });
  }

  /** Calibrates all estimates by these variances, also after the worker was started anew. */
  calibrate(variances: readonly Variance[]): void {
    if (isDeepStrictEqual(variances, this.#variances)) return;
    this.#variances = variances;
    this.#hasNews = true;
    this.#calibrated.fire();
  }

  async #tellVariances(): Promise<void> {
    const variances = this.#variances;
    await this.#client.call('calibrate', { variances });
    this.#hasNews = variances !== this.#variances;
  }

  /** Has prices read anew: the worker knows those that it was started with. */
  rereadPrices(): void {
    if (!this.#client.isRunning) return;
    this.#client.stop();
    this.#recovered.fire();
  }

  /** All that sending a document would send; its text must have been estimated just before. */
  context(query: ContextQuery): Promise<ContextReply> {
    return this.#client.call('context', query);
  }

  dispose(): void {
    this.#lifetime.dispose();
  }
}
