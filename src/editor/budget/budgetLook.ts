/** What each row of the budgets view shows. */

import { l10n } from 'vscode';
import { agentNames } from '../../domain/agent.ts';
import type { Budget, EstimateStanding, SessionKey, Standing } from '../../domain/budget.ts';
import { pico } from '../../domain/money.ts';
import type { SessionNode } from '../../ledger/views.ts';
import type { WrongBudget } from '../../workers/budgetProtocol.ts';
import type { Format } from '../format.ts';
import { shorten } from '../plainText.ts';
import { leaf, type RowLook } from '../rows/rowLook.ts';
import { projectName, sessionName } from '../sessions/sessionName.ts';
import {
  amountText,
  isUnreported,
  leftOf,
  leftText,
  spentOfLimit,
  spokenLeft,
  spokenSpent,
} from './amountWords.ts';
import { factLook } from './budgetFactLook.ts';
import type { BudgetRow } from './budgetRows.ts';
import { budgetName } from './budgetWords.ts';
import { levelIcon, levelName, worstLevel } from './levels.ts';
import { wrongLabel, wrongRemedy, wrongSentence } from './wrongBudgets.ts';

/** A longer title would push the amounts of its row out of sight. */
const longestLabel = 24;

/** What is known beside the budgets. */
export interface BudgetScene {
  readonly format: Format;
  readonly nowMs: number;
  /** `undefined` for one that is not among the newest. */
  sessionOf(key: SessionKey): SessionNode | undefined;
  /** Whether it may be paused where it is set. */
  mayPause(budget: Budget): boolean;
  /** What the settings are called that a source of budgets stands for. */
  settingsName(source: string): string;
}

export function budgetLookOf(row: BudgetRow, scene: BudgetScene): RowLook {
  const { format } = scene;
  switch (row.kind) {
    case 'budget':
      return standingLook(
        budgetName(row.standing.budget, format),
        row.standing,
        activeContext(row.standing.budget, scene),
        scene,
      );
    case 'each':
      return eachLook(row, scene);
    case 'session': {
      const name = nameOf(row.session, scene);
      return standingLook(name, row.standing, `budgetSession.${stopState(row.session, scene)}`, scene);
    }
    case 'paused':
      return pausedLook(row.budget, format);
    case 'fact':
      return factLook(row.fact, format, scene.nowMs);
    case 'estimate':
      return estimateLook(row.estimate, scene);
    case 'epoch': {
      const { projectPath, sessions, of } = row.epoch;
      const label = l10n.t('Learning: {0}', projectName(projectPath));
      const look = leaf(
        'epoch',
        label,
        l10n.t('{0} of {1} sessions', format.count(sessions), format.count(of)),
      );
      return {
        ...look,
        spoken: l10n.t(
          '{0}. Once so many are known, you are told of sessions that cost much more.',
          look.spoken,
        ),
        icon: { id: 'mortar-board' },
      };
    }
    case 'wrong':
      return wrongLook(row.wrong, scene);
  }
}

/** Several entries may be wrong: what tells them apart comes first. */
function wrongLook(wrong: WrongBudget, { settingsName }: BudgetScene): RowLook {
  const settings = settingsName(wrong.source);
  return {
    ...leaf('wrong', wrongLabel(wrong), [wrongRemedy(wrong.fault), settings].join(' · ')),
    spoken: l10n.t('Budget left out: {0}', wrongSentence(wrong, settings)),
    icon: { id: 'warning', color: 'list.warningForeground' },
  };
}

function nameOf(key: SessionKey, { sessionOf, format }: BudgetScene): string {
  const session = sessionOf(key);
  return session === undefined ? agentNames[key.agent] : sessionName(session, format);
}

/** For `when` clauses: whether it can be stopped, or released. */
function stopState(key: SessionKey, { sessionOf }: BudgetScene): string {
  return (sessionOf(key)?.stop ?? null) === null ? 'going' : 'stopped';
}

function estimateLook(estimate: EstimateStanding, scene: BudgetScene): RowLook {
  const { format } = scene;
  const { session, spent, isLowerBound } = estimate;
  const name = nameOf(session, scene);
  const amount = format.dollars(pico(spent));
  const usual = l10n.t('usual: {0}', format.dollars(pico(estimate.estimate)));
  const description = [isLowerBound ? `≥${amount}` : amount, usual].join(' · ');
  return {
    ...leaf(`estimate.${stopState(session, scene)}`, shorten(name, longestLabel), description),
    spoken: l10n.t('{0}, has come to more than usual: {1}', name, description),
    icon: { id: 'graph', color: 'list.warningForeground' },
  };
}

function standingLook(
  name: string,
  standing: Standing,
  contextValue: string,
  { format, nowMs }: BudgetScene,
): RowLook {
  const { budget, level } = standing;
  const leftMs = leftOf(standing, nowMs);
  const left = leftText(leftMs, format);
  const isKnown = !isUnreported(standing);
  // The icon tells the level, too: beside the time that is left there is no room for its name.
  const words = level === 'within' || left !== undefined ? [] : [levelName(level)];
  const spokenLevel = isKnown ? [levelName(level)] : [];
  return {
    label: shorten(name, longestLabel),
    description: [spentOfLimit(standing, format), ...(left === undefined ? words : [left])].join(' · '),
    icon: isKnown ? levelIcon(level) : { id: 'question' },
    spoken: [name, ...spokenLevel, spokenSpent(standing, format), ...spokenLeft(leftMs, format)].join(', '),
    expansion: 'closed',
    contextValue: budget.unit === 'planShare' ? contextValue : `${contextValue}.resettable`,
  };
}

/** For `when` clauses: a budget in force, and whether it can be paused. */
function activeContext(budget: Budget, { mayPause }: BudgetScene): string {
  return mayPause(budget) ? 'budget.active' : 'budget.active.fixed';
}

function eachLook({ budget, pressed }: Extract<BudgetRow, { kind: 'each' }>, scene: BudgetScene): RowLook {
  const { format } = scene;
  const name = budgetName(budget, format);
  const limit = amountText(budget.limit, budget.unit, format);
  const over = pressed.filter(({ level }) => level === 'over').length;
  const counts = [
    ...(over > 0 ? [l10n.t('over: {0}', format.count(over))] : []),
    ...(pressed.length > over ? [l10n.t('near: {0}', format.count(pressed.length - over))] : []),
  ];
  return {
    label: name,
    description: [l10n.t('{0} each', limit), ...counts].join(' · '),
    icon: levelIcon(worstLevel(pressed)),
    spoken: [name, l10n.t('{0} each', limit), ...counts].join(', '),
    expansion: 'closed',
    contextValue: `${activeContext(budget, scene)}.resettable`,
  };
}

function pausedLook(budget: Budget, format: Format): RowLook {
  const name = budgetName(budget, format);
  const limit = amountText(budget.limit, budget.unit, format);
  return {
    label: name,
    description: [limit, l10n.t('paused')].join(' · '),
    icon: { id: 'debug-pause', color: 'disabledForeground' },
    spoken: [name, l10n.t('paused'), l10n.t('limit: {0}', limit)].join(', '),
    expansion: 'closed',
    contextValue: 'budget.paused',
  };
}
