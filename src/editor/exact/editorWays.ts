/** Ways that VS Code has: models that extensions provide, each with a tokenizer of the extension's choice. */

import { type CancellationToken, type LanguageModelChat, lm } from 'vscode';
import type { Way, WayOutcome } from './way.ts';

/** Extensions that provide models may be slow to start. */
const patienceMs = 5_000;
const countLimitMs = 60_000;

/** The models of VS Code. None where no extension provides any, or where they do not answer in time. */
export async function editorWays(): Promise<readonly Way[]> {
  try {
    const models = await within(patienceMs, lm.selectChatModels());
    return (models ?? []).map(editorWay);
  } catch {
    return [];
  }
}

function editorWay(model: LanguageModelChat): Way {
  return {
    source: 'editor',
    model: model.id,
    family: model.family,
    modelName: model.name,
    counter: model.vendor,
    goesTo: 'extension',
    host: '',
    isEncrypted: false,
    tellsModel: false,
    asksTwice: false,
    keyOf: null,
    count: (text, _key, token) => countInEditor(model, text, token),
  };
}

/** VS Code answers 0 when the extension that provides the model is gone: no text of some characters has no token. */
async function countInEditor(
  model: LanguageModelChat,
  text: string,
  token: CancellationToken,
): Promise<WayOutcome> {
  try {
    const tokens = await within(countLimitMs, model.countTokens(text, token), token);
    if (token.isCancellationRequested) return { kind: 'failed', problem: 'cancelled' };
    if (tokens === undefined) return { kind: 'failed', problem: 'timedOut' };
    return Number.isSafeInteger(tokens) && tokens > 0
      ? { kind: 'counted', tokens, isFramed: false }
      : { kind: 'failed', problem: 'malformed' };
  } catch {
    return { kind: 'failed', problem: token.isCancellationRequested ? 'cancelled' : 'extensionFailed' };
  }
}

/** @returns `undefined` when it took too long or somebody gave up */
async function within<Value>(
  limitMs: number,
  work: PromiseLike<Value>,
  token?: CancellationToken,
): Promise<Value | undefined> {
  let giveUp = () => {};
  const over = new Promise<undefined>((resolve) => {
    giveUp = () => resolve(undefined);
  });
  const timer = setTimeout(giveUp, limitMs);
  const subscription = token?.onCancellationRequested(giveUp);
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
    subscription?.dispose();
  }
}
