/**
 * The extension's entry. `activate` draws what was stored, registers everything and returns; what takes time begins
 * after it. A part that fails is logged and leaves the others alone.
 */

import { type Disposable, type ExtensionContext, env, type LogOutputChannel, window } from 'vscode';
import { registerCommands } from './editor/commands.ts';
import { AgentInUse } from './editor/context/agentInUse.ts';
import { ContextView } from './editor/context/contextView.ts';
import { PartChoices } from './editor/context/partChoices.ts';
import { Estimates } from './editor/estimate/estimates.ts';
import { ModelInUse } from './editor/estimate/modelInUse.ts';
import { createFormat } from './editor/format.ts';
import { Sessions } from './editor/sessions/sessions.ts';
import { startEstimator, startLedger } from './editor/threads.ts';
import type { LedgerStatus } from './workers/ledgerProtocol.ts';

/** What this window shows, for tests. */
export interface WindowState {
  /** Text of the status bar item; `undefined` while it is hidden. */
  estimateText(): string | undefined;
  ledgerStatus(): LedgerStatus | undefined;
  /** The rows of the sessions view, `label | description`, children indented below their parents. */
  sessionRows(): readonly string[];
  /** The rows of the context view in the same form, with `[x]` before those that are ticked. */
  contextRows(): readonly string[];
}

export function activate(context: ExtensionContext): WindowState {
  const own = <Thing extends Disposable>(thing: Thing): Thing => {
    context.subscriptions.push(thing);
    return thing;
  };
  const log = own(window.createOutputChannel('Token Burn', { log: true }));
  const format = createFormat(env.language);
  const model = own(new ModelInUse());
  const distFolder = context.asAbsolutePath('dist');
  const agent = own(new AgentInUse());
  const choices = new PartChoices(context.workspaceState);
  const shared = { model, agent, format, log };

  const sessions = attempt(log, () =>
    own(
      new Sessions({
        ...shared,
        startLedger: () => startLedger(distFolder),
        mediaFolder: context.asAbsolutePath('media'),
        storage: context.globalState,
      }),
    ),
  );
  const estimates = attempt(log, () =>
    own(new Estimates({ ...shared, choices, startEstimator: () => startEstimator(distFolder) })),
  );
  const contextView = attempt(log, () =>
    estimates === undefined ? undefined : own(new ContextView({ feed: estimates.context, choices, format })),
  );
  attempt(log, () => registerCommands({ 'tokenBurn.showLog': () => log.show() }).map(own));

  const begin = setImmediate(() => {
    void estimates?.refresh();
    attempt(log, () => sessions?.open());
  });
  own({ dispose: () => clearImmediate(begin) });
  return {
    estimateText: () => estimates?.shown?.text,
    ledgerStatus: () => sessions?.status,
    sessionRows: () => sessions?.outline() ?? [],
    contextRows: () => contextView?.outline() ?? [],
  };
}

function attempt<Result>(log: LogOutputChannel, part: () => Result): Result | undefined {
  try {
    return part();
  } catch (error) {
    log.error(error instanceof Error ? error : String(error));
    return undefined;
  }
}
