/** All that is known of a session, for its hover. Text from logs goes in as text: it may hold markdown and links. */

import { l10n, MarkdownString } from 'vscode';
import { type AgentId, agentNames } from '../../domain/agent.ts';
import { tokenClasses } from '../../domain/tokens.ts';
import type { Totals } from '../../domain/totals.ts';
import type { SessionNode } from '../../ledger/views.ts';
import { spanState } from '../chatSpans/spanSetting.ts';
import type { Format } from '../format.ts';
import { hoverTable } from '../hoverTable.ts';
import { toPlainLine } from '../plainText.ts';
import { budgetAmounts, stopSentence, unguardedSentence } from './sessionBudget.ts';
import { sessionName } from './sessionName.ts';
import { priceRemark } from './spending.ts';
import { className, costText, doubts, reportedText } from './sums.ts';

export function sessionTooltip(session: SessionNode, isSample: boolean, format: Format): MarkdownString {
  const markdown = new MarkdownString();
  markdown.appendMarkdown('**').appendText(sessionName(session, format)).appendMarkdown('**\n\n');
  for (const [name, value] of descriptionOf(session, format)) {
    markdown.appendMarkdown(`${name}: `).appendText(value).appendMarkdown('  \n');
  }
  markdown.appendMarkdown(`\n${sumsTable(session, format)}\n\n`);
  for (const sentence of remarks(session, isSample, format)) markdown.appendMarkdown(`${sentence}\n\n`);
  return markdown;
}

function descriptionOf(session: SessionNode, format: Format): readonly (readonly [string, string])[] {
  const { projectPath, gitBranch, models } = session;
  const all: readonly (readonly [string, string | null])[] = [
    [l10n.t('Agent'), agentNames[session.agent]],
    [l10n.t('State'), session.isRunning ? l10n.t('running') : l10n.t('idle')],
    [l10n.t('Project'), projectPath],
    [l10n.t('Branch'), gitBranch],
    [l10n.t('Model'), models.length > 0 ? format.list(models) : null],
    [l10n.t('Started'), format.moment(session.startedMs)],
    [l10n.t('Last activity'), format.moment(session.lastMs)],
    [l10n.t('Cost as the agent reports it'), reportedText(session.tree, format)],
    [l10n.t('Stopped'), session.stop ? stopSentence(session.stop, format) : null],
    [l10n.t('Guard'), session.unguarded ? unguardedSentence(session.unguarded, format) : null],
    [l10n.t('Budget'), session.budget ? budgetAmounts(session.budget, session.tree, format) : null],
  ];
  return all
    .map(([name, value]) => [name, toPlainLine(value ?? '')] as const)
    .filter(([, value]) => value !== '');
}

function sumsTable({ own, tree, subAgents }: SessionNode, format: Format): string {
  const sums = subAgents.length > 0 ? [tree, own] : [tree];
  const heads = subAgents.length > 0 ? [l10n.t('with sub-agents'), l10n.t('own')] : [''];
  return hoverTable(
    [l10n.t('Tokens'), ...heads],
    [
      ...usedClasses(tree).map((name) => [
        className(name),
        ...sums.map(({ tokens }) => format.count(tokens[name])),
      ]),
      [l10n.t('Responses'), ...sums.map(({ receipts }) => format.count(receipts))],
      [`**${l10n.t('Cost')}**`, ...sums.map((totals) => costText(totals, format))],
    ],
  );
}

function usedClasses({ tokens }: Totals) {
  return ([...tokenClasses, 'reasoning'] as const).filter((name) => tokens[name] > 0);
}

function remarks(session: SessionNode, isSample: boolean, format: Format): string[] {
  return [
    ...(isSample ? [l10n.t('This session is a sample, made up to show the view.')] : []),
    priceRemark(session.account),
    ...doubts(session.tree, format),
    ...(session.unguarded ? [unguardedRemedy(session.agent)] : []),
    ...(isSample ? [] : remedies(session)),
  ];
}

function unguardedRemedy(agent: AgentId): string {
  return l10n.t(
    '{0} has a guard and does not ask it, so no budget stops this session. To see why: “{1}”.',
    agentNames[agent],
    l10n.t('Token Burn: Examine Guards'),
  );
}

/** What the user can do about missing tokens. */
function remedies({ agent, tree }: SessionNode): string[] {
  const isRemediable = agent === 'copilot-chat' && tree.partialReceipts > 0 && spanState() === 'off';
  if (!isRemediable) return [];
  return [
    l10n.t(
      'To have Copilot Chat tell all tokens of chats to come: “{0}”.',
      l10n.t('Token Burn: Count Copilot Chat Exactly…'),
    ),
  ];
}
