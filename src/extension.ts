/**
 * The extension's entry. `activate` draws what was stored and registers everything, a part a turn, so that no turn keeps
 * the thread for longer than a frame; what takes time begins after it. A part that fails is logged and leaves the others
 * alone.
 */

import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type Disposable,
  type Event,
  type ExtensionContext,
  env,
  type LogOutputChannel,
  Uri,
  window,
} from 'vscode';
import { Budgets } from './editor/budget/budgets.ts';
import { registerBudgetTool } from './editor/budget/budgetTool.ts';
import { registerSpanCommands } from './editor/chatSpans/spanCommands.ts';
import { registerCommands } from './editor/commands.ts';
import { AgentInUse } from './editor/context/agentInUse.ts';
import { ContextView } from './editor/context/contextView.ts';
import { PartChoices } from './editor/context/partChoices.ts';
import { Estimates } from './editor/estimate/estimates.ts';
import { ModelInUse } from './editor/estimate/modelInUse.ts';
import type { ExactCount } from './editor/exact/exactCount.ts';
import { FolderTokens } from './editor/folders/folderTokens.ts';
import { createFormat } from './editor/format.ts';
import { registerGuardCommands } from './editor/guard/guardCommands.ts';
import { inTurns } from './editor/lifetime.ts';
import { registerPlanCommands } from './editor/plan/planCommands.ts';
import { Prices } from './editor/prices/prices.ts';
import { PricesInUse } from './editor/prices/pricesInUse.ts';
import { Sessions } from './editor/sessions/sessions.ts';
import { registerTelemetryCommands } from './editor/telemetry/telemetryCommands.ts';
import { startEstimator, startFolders, startLedger } from './editor/threads.ts';
import type { LedgerStatus } from './workers/ledgerProtocol.ts';

/** What this window shows, for tests. */
export interface WindowState {
  /** Text of the status bar item; `undefined` while it is hidden. */
  estimateText(): string | undefined;
  /** What it tells a screen reader: all digits of the count. */
  estimateLabel(): string | undefined;
  /** `undefined` when estimates did not start. */
  readonly onDidCountExactly: Event<ExactCount> | undefined;
  ledgerStatus(): LedgerStatus | undefined;
  /** The rows of the sessions view, `label | description`, children indented below their parents. */
  sessionRows(): readonly string[];
  /** The rows of the budgets view in the same form. */
  budgetRows(): readonly string[];
  /** Text of the clock in the status bar; `undefined` while it is hidden. */
  clockText(): string | undefined;
  /** The rows of the context view in the same form, with `[x]` before those that are ticked. */
  contextRows(): readonly string[];
  /** The rows of the folders view, as far as they were opened, in the same form. */
  folderRows(): readonly string[];
  /** What stands above them. */
  folderMessage(): string;
}

export async function activate(context: ExtensionContext): Promise<WindowState> {
  const own = <Thing extends Disposable>(thing: Thing): Thing => {
    context.subscriptions.push(thing);
    return thing;
  };
  const log = own(window.createOutputChannel('Token Burn', { log: true }));
  const format = createFormat(env.language);
  const model = own(new ModelInUse());
  const distFolder = context.asAbsolutePath('dist');
  const origin = { distFolder, version: String(context.extension.packageJSON.version) };
  const agent = own(new AgentInUse());
  const choices = new PartChoices(context.workspaceState);
  const prices = own(new PricesInUse());
  const shared = { model, agent, format, log };

  const sessions = attempt(log, () =>
    own(
      new Sessions({
        ...shared,
        startLedger: () => startLedger(distFolder, env.language, origin.version),
        mediaFolder: context.asAbsolutePath('media'),
        userFolder: Uri.joinPath(context.globalStorageUri, '..', '..').fsPath,
        storage: context.globalState,
      }),
    ),
  );
  await nextTurn();
  const budgets = attempt(log, () =>
    sessions === undefined
      ? undefined
      : own(new Budgets({ sessions, format, storage: context.globalState, log, distFolder })),
  );
  await nextTurn();
  const estimates = attempt(log, () =>
    own(
      new Estimates({
        ...shared,
        choices,
        prices,
        startEstimator: () => startEstimator(distFolder, prices.sources),
        ledger: sessions?.ledger,
        secrets: context.secrets,
        environment: () => process.env,
      }),
    ),
  );
  await nextTurn();
  const contextView = attempt(log, () =>
    estimates === undefined ? undefined : own(new ContextView({ feed: estimates.context, choices, format })),
  );
  const folders = attempt(log, () =>
    own(
      new FolderTokens({
        ...shared,
        estimator: estimates?.estimator,
        prices,
        startFolders: () => startFolders(distFolder, context.globalStorageUri.fsPath, prices.sources),
        storage: context.globalState,
      }),
    ),
  );
  attempt(log, () => (sessions === undefined ? undefined : own(registerBudgetTool(sessions.ledger))));
  attempt(log, () => registerPlanCommands().map(own));
  attempt(log, () => registerTelemetryCommands().map(own));
  attempt(log, () => registerGuardCommands(origin, (key) => sessions?.find(key)).map(own));
  attempt(log, () => registerSpanCommands(context.globalStorageUri, context.globalState).map(own));
  attempt(log, () => {
    if (sessions === undefined) return;
    own(new Prices({ ledger: sessions.ledger, format, prices }, log, context.globalState));
  });
  attempt(log, () => registerCommands({ 'tokenBurn.showLog': () => log.show() }).map(own));

  /** A step a turn, so that no turn keeps the thread for longer than a frame. */
  function* begin() {
    // First, as its worker loads what the first drawing of numbers needs.
    attempt(log, () => sessions?.open());
    yield;
    void estimates?.refresh();
  }
  own(inTurns(begin()));
  return {
    estimateText: () => estimates?.shown?.text,
    estimateLabel: () => estimates?.shown?.label,
    onDidCountExactly: estimates?.exactCounts.onDidCountExactly,
    ledgerStatus: () => sessions?.status,
    sessionRows: () => sessions?.outline() ?? [],
    budgetRows: () => budgets?.outline() ?? [],
    clockText: () => budgets?.clockText,
    contextRows: () => contextView?.outline() ?? [],
    folderRows: () => folders?.outline() ?? [],
    folderMessage: () => folders?.message ?? '',
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
