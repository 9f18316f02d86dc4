/** The commands about budgets. The build makes a file of its own of them, which is loaded with the first command. */

import type { AgentId } from '../../domain/agent.ts';
import type { Budget, SessionKey } from '../../domain/budget.ts';
import type { SessionNode } from '../../ledger/views.ts';
import type { Format } from '../format.ts';
import type { GuardState } from '../guard/guardState.ts';
import type { LedgerClient } from '../sessions/ledgerClient.ts';
import { addBudget } from './addBudget.ts';
import type { BudgetShape } from './budgetEntry.ts';
import { editBudget, removeBudget, setPaused } from './editBudget.ts';
import { raiseBudget } from './raiseBudget.ts';
import { resetBudget } from './resetBudget.ts';
import { snoozeAlerts } from './snooze.ts';
import { releaseSession, stopSession } from './stopSession.ts';

export type BudgetCommand =
  | 'add'
  | 'edit'
  | 'pause'
  | 'resume'
  | 'remove'
  | 'reset'
  | 'raise'
  | 'stop'
  | 'release'
  | 'snooze';

export interface BudgetCommandParts {
  /** The ledger that the target is of. */
  readonly ledger: LedgerClient;
  /** Whether that is one of samples, whose sessions no agent runs. */
  readonly isSample: boolean;
  readonly format: Format;
  /** The newest sessions of the machine. */
  sessions(): readonly SessionNode[];
  /** Whether a session of the agent can be stopped. */
  guardStateOf(agent: AgentId): Promise<GuardState>;
  /** Resolves when what the settings say is in force and drawn. */
  refresh(): Promise<void>;
}

/** What a command is about; what it needs beyond that it asks for. */
export interface BudgetTarget {
  readonly budget?: Budget;
  readonly session?: SessionKey;
  /** One that is to be added. */
  readonly suggested?: BudgetShape;
}

export function runBudgetCommand(
  command: BudgetCommand,
  parts: BudgetCommandParts,
  target: BudgetTarget,
): Promise<void> {
  switch (command) {
    case 'add':
      return addBudget(parts, target);
    case 'edit':
      return editBudget(parts, target);
    case 'pause':
      return setPaused(parts, target, true);
    case 'resume':
      return setPaused(parts, target, false);
    case 'remove':
      return removeBudget(parts, target);
    case 'reset':
      return resetBudget(parts, target);
    case 'raise':
      return raiseBudget(parts, target);
    case 'stop':
      return stopSession(parts, target);
    case 'release':
      return releaseSession(parts, target);
    case 'snooze':
      return snoozeAlerts(parts, target);
  }
}
