/** A web worker that counts texts: the engine must need nothing that a browser lacks. */

import { createCountEngine, type Ranks } from '../../../src/estimator/engine/countEngine.ts';

/** What the worker is asked, in one message; its answer is the tokens of each text. */
export interface CountRequest {
  readonly ranks: Ranks;
  readonly texts: readonly string[];
}

/** The part of a worker's global scope that is used here: types of the DOM would come into every test. */
const scope = globalThis as unknown as {
  onmessage: (message: { readonly data: CountRequest }) => void;
  postMessage(tokens: readonly number[]): void;
};

scope.onmessage = ({ data: { ranks, texts } }) => {
  const engine = createCountEngine(ranks);
  scope.postMessage(texts.map((text) => engine.count(text).tokens));
};
