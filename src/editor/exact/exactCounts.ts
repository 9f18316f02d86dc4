/**
 * Counts by models' own tokenizers, made when the user says so and never otherwise. What was counted is remembered
 * until the text changes. What it takes to count is loaded with the first command.
 */

import {
  type Disposable,
  EventEmitter,
  type LogOutputChannel,
  type SecretStorage,
  type TextDocument,
  workspace,
} from 'vscode';
import type { TextSpan } from '../../workers/estimatorProtocol.ts';
import { registerCommands } from '../commands.ts';
import type { Estimator } from '../estimate/estimator.ts';
import type { ModelInUse } from '../estimate/modelInUse.ts';
import type { Format } from '../format.ts';
import { Lifetime } from '../lifetime.ts';
import type { Environment } from './apiKeys.ts';
import type { CountNote, ExactCount } from './exactCount.ts';

export interface ExactCountsParts {
  readonly estimator: Pick<Estimator, 'estimate'>;
  readonly model: Pick<ModelInUse, 'id'>;
  readonly format: Format;
  readonly log: LogOutputChannel;
  readonly secrets: SecretStorage;
  /** Read with each command. */
  readonly environment: () => Environment;
}

export class ExactCounts implements Disposable {
  readonly #lifetime = new Lifetime();
  readonly #counted = this.#lifetime.add(new EventEmitter<ExactCount>());
  /** By URI. */
  readonly #notes = new Map<string, CountNote>();
  readonly onDidCountExactly = this.#counted.event;

  constructor(parts: ExactCountsParts) {
    const commands = registerCommands({
      'tokenBurn.countExactly': async () =>
        (await import('./counting.ts')).countActiveText(parts, (count, note) => this.#take(count, note)),
      'tokenBurn.forgetApiKeys': async () => (await import('./counting.ts')).forgetApiKeys(parts),
    });
    for (const command of commands) this.#lifetime.add(command);
    this.#lifetime.add(workspace.onDidCloseTextDocument(({ uri }) => this.#notes.delete(uri.toString())));
  }

  /** What was counted of the document, or of these parts of it, in plain text; `undefined` once it has changed. */
  noteOn(document: TextDocument, spans: readonly TextSpan[]): string | undefined {
    const note = this.#notes.get(document.uri.toString());
    const isOfThis = note?.version === document.version && isSame(note.spans, spans);
    return isOfThis ? note.text : undefined;
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  #take(count: ExactCount, note: CountNote): void {
    if (!note.document.isClosed) this.#notes.set(note.document.uri.toString(), note);
    this.#counted.fire(count);
  }
}

function isSame(a: readonly TextSpan[], b: readonly TextSpan[]): boolean {
  return (
    a.length === b.length && a.every(({ start, end }, at) => start === b[at]?.start && end === b[at]?.end)
  );
}
