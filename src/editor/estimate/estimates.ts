/** Estimates in the editor: the status bar item, its worker and the choice of the model. */

import type { Disposable, LogOutputChannel } from 'vscode';
import type { Thread } from '../../workers/client.ts';
import { registerCommands } from '../commands.ts';
import type { AgentInUse } from '../context/agentInUse.ts';
import { ContextFeed } from '../context/contextFeed.ts';
import type { PartChoices } from '../context/partChoices.ts';
import type { Format } from '../format.ts';
import { Lifetime } from '../lifetime.ts';
import { EstimateStatus } from './estimateStatus.ts';
import type { StatusText } from './estimateText.ts';
import { Estimator } from './estimator.ts';
import type { ModelInUse } from './modelInUse.ts';
import { selectModel } from './modelPick.ts';

export interface EstimatesParts {
  readonly startEstimator: () => Thread;
  readonly model: ModelInUse;
  readonly agent: AgentInUse;
  readonly choices: PartChoices;
  readonly format: Format;
  readonly log: LogOutputChannel;
}

export class Estimates implements Disposable {
  readonly #lifetime = new Lifetime();
  readonly #status: EstimateStatus;
  /** All that the active prompt would send. */
  readonly context: ContextFeed;

  constructor({ startEstimator, model, agent, choices, format, log }: EstimatesParts) {
    const estimator = this.#lifetime.add(new Estimator(startEstimator, log));
    const ask = estimator.context.bind(estimator);
    this.context = this.#lifetime.add(new ContextFeed({ agent, choices, log, ask }));
    const { context } = this;
    this.#status = this.#lifetime.add(new EstimateStatus({ estimator, context, model, format, log }));
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
