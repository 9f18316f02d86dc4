/**
 * Every id that the extension contributes, in one typed table. Code may use only these ids, and a test compares the
 * table with `package.json` both ways.
 */

import type { AgentId } from './domain/agent.ts';

/** Commands, with the arguments that their handlers take. Each must do something sensible without any. */
export interface CommandArguments {
  'tokenBurn.selectModel': [];
  'tokenBurn.countExactly': [];
  'tokenBurn.forgetApiKeys': [];
  'tokenBurn.selectAgent': [];
  'tokenBurn.includeAllParts': [];
  'tokenBurn.togglePart': [row?: unknown];
  /** Of a budget that is suggested, to ask for its limit at once. */
  'tokenBurn.addBudget': [row?: unknown];
  'tokenBurn.turnDownSuggestion': [row?: unknown];
  'tokenBurn.editBudget': [row?: unknown];
  'tokenBurn.resetBudget': [row?: unknown];
  'tokenBurn.pauseBudget': [row?: unknown];
  'tokenBurn.resumeBudget': [row?: unknown];
  'tokenBurn.removeBudget': [row?: unknown];
  'tokenBurn.raiseBudget': [row?: unknown];
  'tokenBurn.stopSession': [row?: unknown];
  'tokenBurn.releaseSession': [row?: unknown];
  'tokenBurn.snoozeBudgetAlerts': [row?: unknown];
  /** A model as logged, to price it at once. */
  'tokenBurn.showUnpricedModels': [model?: unknown];
  'tokenBurn.recomputeCosts': [];
  'tokenBurn.updatePrices': [];
  'tokenBurn.refreshSessions': [];
  'tokenBurn.showOlderSessions': [];
  'tokenBurn.showSampleSessions': [];
  'tokenBurn.hideSampleSessions': [];
  'tokenBurn.countFolder': [clicked?: unknown, selected?: unknown];
  'tokenBurn.recountFolders': [];
  'tokenBurn.stopFolderCount': [];
  'tokenBurn.showMoreFolderRows': [row?: unknown];
  'tokenBurn.revealFolderRow': [row?: unknown];
  'tokenBurn.copyFolderRowPath': [row?: unknown];
  'tokenBurn.readClaudePlan': [];
  'tokenBurn.leaveClaudePlan': [];
  'tokenBurn.guardAgents': [];
  'tokenBurn.removeGuards': [];
  'tokenBurn.examineGuards': [];
  'tokenBurn.countClaudeCodeExactly': [];
  'tokenBurn.stopCountingClaudeCodeExactly': [];
  'tokenBurn.countCopilotChatExactly': [];
  'tokenBurn.stopCountingCopilotChatExactly': [];
  'tokenBurn.showLog': [];
}

export type CommandId = keyof CommandArguments;

export const commandIds: Readonly<Record<CommandId, true>> = {
  'tokenBurn.selectModel': true,
  'tokenBurn.countExactly': true,
  'tokenBurn.forgetApiKeys': true,
  'tokenBurn.selectAgent': true,
  'tokenBurn.includeAllParts': true,
  'tokenBurn.togglePart': true,
  'tokenBurn.addBudget': true,
  'tokenBurn.turnDownSuggestion': true,
  'tokenBurn.editBudget': true,
  'tokenBurn.resetBudget': true,
  'tokenBurn.pauseBudget': true,
  'tokenBurn.resumeBudget': true,
  'tokenBurn.removeBudget': true,
  'tokenBurn.raiseBudget': true,
  'tokenBurn.stopSession': true,
  'tokenBurn.releaseSession': true,
  'tokenBurn.snoozeBudgetAlerts': true,
  'tokenBurn.showUnpricedModels': true,
  'tokenBurn.recomputeCosts': true,
  'tokenBurn.updatePrices': true,
  'tokenBurn.refreshSessions': true,
  'tokenBurn.showOlderSessions': true,
  'tokenBurn.showSampleSessions': true,
  'tokenBurn.hideSampleSessions': true,
  'tokenBurn.countFolder': true,
  'tokenBurn.recountFolders': true,
  'tokenBurn.stopFolderCount': true,
  'tokenBurn.showMoreFolderRows': true,
  'tokenBurn.revealFolderRow': true,
  'tokenBurn.copyFolderRowPath': true,
  'tokenBurn.readClaudePlan': true,
  'tokenBurn.leaveClaudePlan': true,
  'tokenBurn.guardAgents': true,
  'tokenBurn.removeGuards': true,
  'tokenBurn.examineGuards': true,
  'tokenBurn.countClaudeCodeExactly': true,
  'tokenBurn.stopCountingClaudeCodeExactly': true,
  'tokenBurn.countCopilotChatExactly': true,
  'tokenBurn.stopCountingCopilotChatExactly': true,
  'tokenBurn.showLog': true,
};

/** Settings with their defaults, which are the manifest's. */
export const settingDefaults = {
  /** Model id; empty takes that of the last active session. */
  'tokenBurn.estimate.model': '' as string,
  /** A `PromptAgentId`, `automatic`, or `none` to count the text alone. */
  'tokenBurn.context.agent': 'automatic' as string,
  /** A key of `engineKinds`, or `none`. */
  'tokenBurn.engine.kind': 'none' as string,
  /** Address of the engine; empty takes the one where its kind usually listens. */
  'tokenBurn.engine.url': '' as string,
  /** As the engine knows it. */
  'tokenBurn.engine.model': '' as string,
  /** Whether the engine may be on another machine. */
  'tokenBurn.engine.allowRemote': false as boolean,
  /** See `editor/budget/budgetEntry.ts`; read part by part, as those of a workspace stand beside the user's. */
  'tokenBurn.budgets': [] as readonly unknown[],
  /** Whether crossing a budget is said aloud; the view shows it in any case. */
  'tokenBurn.budget.warn': true as boolean,
  /** Prices of the user's own by model or pattern, see `pricing/ownPrices.ts`. */
  'tokenBurn.prices': {} as Readonly<Record<string, unknown>>,
  /** Whether a newer price catalogue is downloaded without a command, once a day at most. */
  'tokenBurn.priceUpdates.automatic': false as boolean,
  /** Where the newest data of `@pydantic/genai-prices` are, of the form that this version reads. */
  'tokenBurn.priceUpdates.url':
    'https://raw.githubusercontent.com/pydantic/genai-prices/main/prices/new_data/v2/data.json' as string,
  /** Folder of the ledger; empty takes the platform's own place for data. */
  'tokenBurn.ledger.folder': '' as string,
  /** Whose logs are read. */
  'tokenBurn.agents.read': {
    'claude-code': true,
    codex: true,
    'copilot-cli': true,
    'copilot-chat': true,
    opencode: true,
    kilo: true,
    'gemini-cli': true,
    'qwen-code': true,
    cline: true,
    'roo-code': true,
    'zoo-code': true,
    pi: true,
    omp: true,
    openclaw: true,
    continue: true,
    aider: true,
    goose: true,
    amp: true,
    cursor: false,
  } as Readonly<Record<AgentId, boolean>>,
  /** `plan` or `api` by `AgentId`; of the others what their logs tell. */
  'tokenBurn.agents.accounts': {} as Readonly<Record<string, unknown>>,
  /** Whether homes of WSL are read from Windows, and the reverse. */
  'tokenBurn.agents.wslHomes': true as boolean,
  /** Folders to read in place of the agent's usual ones; empty takes the usual ones. */
  'tokenBurn.agents.claudeCode.folders': [] as readonly string[],
  'tokenBurn.agents.codex.folders': [] as readonly string[],
  'tokenBurn.agents.copilotCli.folders': [] as readonly string[],
  'tokenBurn.agents.copilotChat.folders': [] as readonly string[],
  'tokenBurn.agents.opencode.folders': [] as readonly string[],
  'tokenBurn.agents.kilo.folders': [] as readonly string[],
  'tokenBurn.agents.geminiCli.folders': [] as readonly string[],
  'tokenBurn.agents.qwenCode.folders': [] as readonly string[],
  'tokenBurn.agents.cline.folders': [] as readonly string[],
  'tokenBurn.agents.rooCode.folders': [] as readonly string[],
  'tokenBurn.agents.zooCode.folders': [] as readonly string[],
  'tokenBurn.agents.pi.folders': [] as readonly string[],
  'tokenBurn.agents.omp.folders': [] as readonly string[],
  'tokenBurn.agents.openclaw.folders': [] as readonly string[],
  'tokenBurn.agents.continue.folders': [] as readonly string[],
  'tokenBurn.agents.aider.folders': [] as readonly string[],
  'tokenBurn.agents.goose.folders': [] as readonly string[],
  'tokenBurn.agents.amp.folders': [] as readonly string[],
  'tokenBurn.agents.cursor.folders': [] as readonly string[],
} as const;

/** The setting that names the folders of each agent's logs. */
export const folderSettings = {
  'claude-code': 'tokenBurn.agents.claudeCode.folders',
  codex: 'tokenBurn.agents.codex.folders',
  'copilot-cli': 'tokenBurn.agents.copilotCli.folders',
  'copilot-chat': 'tokenBurn.agents.copilotChat.folders',
  opencode: 'tokenBurn.agents.opencode.folders',
  kilo: 'tokenBurn.agents.kilo.folders',
  'gemini-cli': 'tokenBurn.agents.geminiCli.folders',
  'qwen-code': 'tokenBurn.agents.qwenCode.folders',
  cline: 'tokenBurn.agents.cline.folders',
  'roo-code': 'tokenBurn.agents.rooCode.folders',
  'zoo-code': 'tokenBurn.agents.zooCode.folders',
  pi: 'tokenBurn.agents.pi.folders',
  omp: 'tokenBurn.agents.omp.folders',
  openclaw: 'tokenBurn.agents.openclaw.folders',
  continue: 'tokenBurn.agents.continue.folders',
  aider: 'tokenBurn.agents.aider.folders',
  goose: 'tokenBurn.agents.goose.folders',
  amp: 'tokenBurn.agents.amp.folders',
  cursor: 'tokenBurn.agents.cursor.folders',
} as const satisfies Record<AgentId, keyof typeof settingDefaults>;

export type SettingId = keyof typeof settingDefaults;
export type SettingValue<Id extends SettingId> = (typeof settingDefaults)[Id];

export const viewIds = {
  sessions: 'tokenBurn.sessions',
  budgets: 'tokenBurn.budgets',
  firstBudget: 'tokenBurn.firstBudget',
  context: 'tokenBurn.context',
  folders: 'tokenBurn.folders',
} as const;
export const viewContainerId = 'tokenBurn';

/** Context keys for `when` clauses, with the type of their values. */
export interface ContextKeys {
  'tokenBurn.hasSessions': boolean;
  'tokenBurn.showsSamples': boolean;
  /** Whether a budget is set, or something that was meant to be one; not set until that is known. */
  'tokenBurn.hasBudgets': 'yes' | 'no';
  /** `ready` once the first scan is over, so that an empty view does not say "nothing found" too early. */
  'tokenBurn.ledger': 'starting' | 'ready' | 'unavailable';
  /** Whether a folder was ever counted on this machine: there is no view of what nobody has asked for. */
  'tokenBurn.hasCountedFolder': boolean;
  'tokenBurn.isCountingFolder': boolean;
  'tokenBurn.hasPartsLeftOut': boolean;
}

export type ContextKey = keyof ContextKeys;

export const contextKeys: Readonly<Record<ContextKey, true>> = {
  'tokenBurn.hasSessions': true,
  'tokenBurn.showsSamples': true,
  'tokenBurn.hasBudgets': true,
  'tokenBurn.ledger': true,
  'tokenBurn.hasCountedFolder': true,
  'tokenBurn.isCountingFolder': true,
  'tokenBurn.hasPartsLeftOut': true,
};

/** Tools that language models may ask for. */
export const toolIds = { budget: 'tokenBurn_budget' } as const;

/** Ids of status bar items, relative to the extension's own id. */
export const statusItemIds = { estimate: 'estimate', clock: 'clock' } as const;
