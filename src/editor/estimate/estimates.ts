/** Estimates in the editor: the status bar item, its worker and the choice of the model. */

import type { Disposable, LogOutputChannel, SecretStorage } from 'vscode';
import type { Thread } from '../../workers/client.ts';
import { registerCommands } from '../commands.ts';
import type { AgentInUse } from '../context/agentInUse.ts';
import { ContextFeed } from '../context/contextFeed.ts';
import type { PartChoices } from '../context/partChoices.ts';
import type { Environment } from '../exact/apiKeys.ts';
import { toVariance } from '../exact/exactCount.ts';
import { ExactCounts } from '../exact/exactCounts.ts';
import type { Format } from '../format.ts';
import { Lifetime } from '../lifetime.ts';
import type { PricesInUse } from '../prices/pricesInUse.ts';
import type { LedgerClient } from '../sessions/ledgerClient.ts';
import { Calibrator } from './calibrator.ts';
import { EstimateStatus } from './estimateStatus.ts';
import type { StatusText } from './estimateText.ts';
import { Estimator } from './estimator.ts';
import type { ModelInUse } from './modelInUse.ts';
import { selectModel } from './modelPick.ts';
import { Outlooks } from './outlooks.ts';

export interface EstimatesParts {
  readonly startEstimator: () => Thread;
  /** `undefined` where the part that owns it could not start. */
  readonly ledger: LedgerClient | undefined;
  readonly model: ModelInUse;
  readonly prices: PricesInUse;
  readonly agent: AgentInUse;
  readonly choices: PartChoices;
  readonly format: Format;
  readonly log: LogOutputChannel;
  readonly secrets: SecretStorage;
  readonly environment: () => Environment;
}

export class Estimates implements Disposable {
  readonly #lifetime = new Lifetime();
  readonly estimator: Estimator;
  readonly #status: EstimateStatus;
  /** All that the active prompt would send. */
  readonly context: ContextFeed;
  /** Compares estimates with what models' own tokenizers say. */
  readonly exactCounts: ExactCounts;

  constructor({
    startEstimator,
    ledger,
    agent,
    choices,
    prices,
    secrets,
    environment,
    ...shared
  }: EstimatesParts) {
    const { model, format, log } = shared;
    const estimator = this.#lifetime.add(new Estimator(startEstimator, log));
    this.estimator = estimator;
    const outlooks = ledger && this.#lifetime.add(new Outlooks(ledger, log));
    const calibrator = ledger && this.#lifetime.add(new Calibrator({ ledger, estimator, log }));
    const ask = estimator.context.bind(estimator);
    this.context = this.#lifetime.add(new ContextFeed({ agent, choices, log, ask }));
    this.exactCounts = this.#lifetime.add(new ExactCounts({ ...shared, estimator, secrets, environment }));
    const { context, exactCounts } = this;
    this.#status = this.#lifetime.add(
      new EstimateStatus({ ...shared, estimator, context, outlooks, exactCounts }),
    );
    this.#lifetime.add(
      exactCounts.onDidCountExactly((count) => {
        const variance = toVariance(count, Date.now());
        if (variance) void calibrator?.learn(variance);
        void this.refresh();
      }),
    );
    this.#lifetime.add(prices.onDidChange(() => estimator.rereadPrices()));
    const commands = registerCommands({
      'tokenBurn.selectModel': () => selectModel(estimator, model.id, format),
    });
    for (const command of commands) this.#lifetime.add(command);
  }

  /** What the status bar shows now; `undefined` while it is hidden. */
  get shown(): StatusText | undefined {
    return this.#status.shown;
  }

  refresh(): Promise<void> {
    return this.#status.refresh();
  }

  dispose(): void {
    this.#lifetime.dispose();
  }
}
