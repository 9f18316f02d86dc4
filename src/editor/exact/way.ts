/** A way to have a text counted by a tokenizer that is the model's own. */

import type { CancellationToken } from 'vscode';
import type { CountOutcome } from '../../engines/countTokens.ts';
import type { ExchangeProblem } from '../../engines/exchange.ts';
import type { KeyVendor } from './apiKeys.ts';
import type { CountSource } from './exactCount.ts';

export interface Way {
  readonly source: CountSource;
  /** As the counter knows it; empty for the one model that an engine has. */
  readonly model: string;
  /** The id to estimate for. */
  readonly family: string;
  /** Name of the model for people, or of the engine where the model has none. Not safe to show. */
  readonly modelName: string;
  /** An engine's name, a vendor as VS Code knows it, or a host. Not safe to show. */
  readonly counter: string;
  /** Where the text goes: to an extension that may pass it on, to a server on this machine, or away from it. */
  readonly goesTo: 'extension' | 'thisMachine' | 'elsewhere';
  /** Host and port of the server; empty without one. */
  readonly host: string;
  readonly isEncrypted: boolean;
  /** Whether the name of the model goes with the text. */
  readonly tellsModel: boolean;
  /** Whether a second request counts a single letter, to learn what the server adds to a text. */
  readonly asksTwice: boolean;
  /** Whose key is needed; `null` for none. */
  readonly keyOf: KeyVendor | null;
  count(text: string, key: string, token: CancellationToken): Promise<WayOutcome>;
}

export type WayProblem = ExchangeProblem | 'extensionFailed';

export type Counted = Extract<CountOutcome, { kind: 'counted' }>;

export type WayOutcome = Counted | { readonly kind: 'failed'; readonly problem: WayProblem };
