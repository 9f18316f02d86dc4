/** What each row of the sessions view shows. */

import { l10n } from 'vscode';
import { wholeOf } from '../../domain/account.ts';
import { agentNames } from '../../domain/agent.ts';
import type { SessionNode } from '../../ledger/views.ts';
import type { Format } from '../format.ts';
import { shorten, toPlainLine } from '../plainText.ts';
import { leaf, type RowLook } from '../rows/rowLook.ts';
import { planLook, plansLook } from './planLook.ts';
import {
  budgetAmounts,
  budgetSentence,
  holdWords,
  levelWords,
  pressureContext,
  pressureIcon,
  stopSentence,
  unguardedSentence,
} from './sessionBudget.ts';
import { type Fact, longestLabel } from './sessionFacts.ts';
import { projectName, sessionName, subAgentName } from './sessionName.ts';
import type { Row } from './sessionRows.ts';
import { accountText, spendingText, spokenSpending } from './spending.ts';
import { className, costText, reportedText, spokenCost, spokenTokens, tokensText } from './sums.ts';

export function lookOf(row: Row, format: Format, nowMs: number): RowLook {
  switch (row.kind) {
    case 'day':
      return dayLook(row, format);
    case 'session':
      return sessionLook(row.session, row.parent?.startsWith('day:') ?? true, format, nowMs);
    case 'fact':
      return factLook(row.fact, format, nowMs);
    case 'plans': {
      const { label, description } = plansLook(row.plan, format, nowMs);
      return { ...leaf('plans', label, description), expansion: 'closed' };
    }
    case 'plan': {
      const { label, description } = planLook(row.reading, format, nowMs);
      return leaf('plan', label, description);
    }
    case 'older': {
      const label = l10n.t('Show Older Sessions');
      const hidden = format.count(row.hidden);
      return leaf('older', label, hidden, 'tokenBurn.showOlderSessions');
    }
    case 'refused': {
      const label = l10n.t('Records left out as unreadable');
      return leaf('refused', label, format.count(row.records), 'tokenBurn.showLog');
    }
  }
}

function dayLook({ day, spent, children }: Extract<Row, { kind: 'day' }>, format: Format): RowLook {
  const label = { today: l10n.t('Today'), yesterday: l10n.t('Yesterday'), earlier: l10n.t('Earlier') }[day];
  const sessions = format.count(children.length);
  const spoken = [l10n.t('{0}, sessions: {1}', label, sessions)];
  if (spent) spoken.push(...spokenSpending(spent, format), spokenTokens(wholeOf(spent), format));
  return {
    label,
    description: spent ? `${spendingText(spent, format)} · ${tokensText(wholeOf(spent), format)}` : sessions,
    spoken: spoken.join(', '),
    expansion: 'open',
    contextValue: 'day',
  };
}

function sessionLook(session: SessionNode, isRoot: boolean, format: Format, nowMs: number): RowLook {
  const label = isRoot ? sessionName(session, format) : subAgentName(session);
  const when = session.isRunning ? l10n.t('running') : format.ago(session.lastMs, nowMs);
  const sums =
    session.tree.receipts === 0
      ? [l10n.t('no responses yet')]
      : [costText(session.tree, format), tokensText(session.tree, format)];
  return {
    label: shorten(label, longestLabel),
    // In a narrow view the end is cut off: what somebody has to see to comes first.
    description: [...holdWords(session), ...sums, ...levelWords(session), when].join(' · '),
    icon: iconOf(session),
    spoken: spokenSession(label, session, isRoot, format, nowMs),
    expansion: 'closed',
    contextValue: isRoot ? pressureContext(session) : 'subAgent',
  };
}

function iconOf(session: SessionNode): NonNullable<RowLook['icon']> {
  const own = session.isRunning ? { id: 'circle-filled', color: 'charts.green' } : { id: 'circle-outline' };
  return pressureIcon(session) ?? own;
}

function spokenSession(
  label: string,
  session: SessionNode,
  isRoot: boolean,
  format: Format,
  nowMs: number,
): string {
  const { budget, stop, unguarded, tree, subAgents } = session;
  return [
    label,
    isRoot ? l10n.t('session of {0}', agentNames[session.agent]) : l10n.t('sub-agent'),
    stateWords(session, format, nowMs),
    spokenTokens(tree, format),
    spokenCost(tree, format),
    ...(budget ? [budgetSentence(session, format)] : []),
    ...(stop ? [l10n.t('stopped {0}', stopSentence(stop, format))] : []),
    ...(unguarded ? [l10n.t('unguarded: the guard was {0}', unguardedSentence(unguarded, format))] : []),
    ...(subAgents.length > 0 ? [l10n.t('sub-agents: {0}', format.count(subAgents.length))] : []),
  ].join(', ');
}

function stateWords(
  { isRunning, lastMs }: Pick<SessionNode, 'isRunning' | 'lastMs'>,
  format: Format,
  nowMs: number,
): string {
  return isRunning ? l10n.t('running') : l10n.t('idle, last active {0}', format.ago(lastMs, nowMs));
}

function factLook(fact: Fact, format: Format, nowMs: number): RowLook {
  switch (fact.kind) {
    case 'title':
      return leaf('fact', l10n.t('Title'), toPlainLine(fact.title));
    case 'state':
      return leaf('fact', l10n.t('State'), stateWords(fact, format, nowMs));
    case 'agent':
      return leaf('fact', l10n.t('Agent'), agentNames[fact.agent]);
    case 'budget':
      return leaf('fact', l10n.t('Budget'), budgetAmounts(fact.budget, fact.tree, format));
    case 'stop':
      return leaf('fact', l10n.t('Stopped'), stopSentence(fact.stop, format));
    case 'guard':
      return leaf(
        'fact',
        l10n.t('Guard'),
        unguardedSentence(fact.unguarded, format),
        'tokenBurn.examineGuards',
      );
    case 'cost':
      return leaf('fact', l10n.t('Cost'), costText(fact.totals, format));
    case 'account':
      return leaf('fact', l10n.t('Account'), accountText(fact.account));
    case 'reported':
      return leaf('fact', l10n.t('Cost as reported'), reportedText(fact.totals, format) ?? '');
    case 'models':
      return leaf('fact', l10n.t('Model'), format.list(fact.models.map(toPlainLine)));
    case 'project': {
      const branch = toPlainLine(fact.branch ?? '');
      const project = projectName(fact.path);
      return leaf('fact', l10n.t('Project'), branch === '' ? project : `${project} (${branch})`);
    }
    case 'unpriced': {
      const tokens = format.tokens(fact.tokens);
      return leaf('fact', l10n.t('Without a known price'), tokens, 'tokenBurn.showUnpricedModels');
    }
    default:
      return leaf('fact', className(fact.kind), tokenWords(fact, format));
  }
}

function tokenWords(fact: Extract<Fact, { reasoningTokens: unknown }>, format: Format): string {
  const tokens = format.tokens(fact.tokens);
  const parts = [fact.isLowerBound ? l10n.t('at least {0}', tokens) : tokens];
  if (fact.reasoningTokens > 0)
    parts.push(l10n.t('{0} of it reasoning', format.tokens(fact.reasoningTokens)));
  return parts.join(', ');
}
