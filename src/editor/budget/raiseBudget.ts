/** Raising what a budget allows until its period ends, for one session or, of a budget over a time, for all. */

import { l10n, window } from 'vscode';
import type { Amount, Budget, SessionKey } from '../../domain/budget.ts';
import { budgetSentence } from '../sessions/sessionBudget.ts';
import { amountInput, parseAmount, toAmount } from './amounts.ts';
import { amountText } from './amountWords.ts';
import type { BudgetCommandParts, BudgetTarget } from './budgetCommands.ts';
import { nameOfSession, pickSession } from './budgetPick.ts';
import { budgetName } from './budgetWords.ts';
import { amountHint, amountProblem } from './limitQuestion.ts';

const usualDollars = '5';

export async function raiseBudget(parts: BudgetCommandParts, target: BudgetTarget): Promise<void> {
  const { budget, session } = target.budget === undefined ? await pickRaised(parts) : target;
  if (budget === undefined) return;
  const by = await askAmount(budget, session, parts);
  if (by === undefined) return;
  const limit = await parts.ledger.raiseBudget({
    budget: budget.id,
    session: session === undefined ? null : { agent: session.agent, key: session.key },
    by: toAmount(by, budget.unit),
  });
  if (limit === null) {
    void window.showInformationMessage(
      l10n.t('There is nothing to raise: the budget is not in force any more.'),
    );
  }
  await parts.refresh();
  if (limit !== null && session !== undefined) tellRaised(budget, session, limit, parts);
}

/** No view shows what a budget over a time was raised by for one session. */
function tellRaised(budget: Budget, session: SessionKey, limit: Amount, parts: BudgetCommandParts): void {
  if (budget.span.kind === 'session') return;
  void window.showInformationMessage(
    l10n.t(
      '{0} may go on until the budget "{1}" stands at {2}. A raise for all is not added to that: the larger holds.',
      nameOfSession(session, parts),
      budgetName(budget, parts.format),
      amountText(limit, budget.unit, parts.format),
    ),
  );
}

/** What is spent the most stands first. */
async function pickRaised(parts: BudgetCommandParts): Promise<BudgetTarget> {
  const sessions = parts.sessions().filter(({ budget }) => budget !== null);
  const session = await pickSession(
    sessions.toSorted((a, b) => Number(isPressed(b)) - Number(isPressed(a))),
    l10n.t('Raise Budget for This Session'),
    l10n.t('There is no session with a budget that could be raised.'),
    parts,
    (one) => budgetSentence(one, parts.format),
  );
  return session?.budget ? { session, budget: session.budget.budget } : {};
}

function isPressed({ budget }: { readonly budget: { readonly level: string } | null }): boolean {
  return budget !== null && budget.level !== 'within';
}

async function askAmount(
  budget: Budget,
  session: SessionKey | undefined,
  { format }: BudgetCommandParts,
): Promise<number | undefined> {
  const { unit, span } = budget;
  const question =
    session === undefined
      ? l10n.t('By how much, until it begins anew?')
      : span.kind === 'session'
        ? l10n.t('By how much, for this session alone?')
        : l10n.t('By how much, for this session alone and until it begins anew?');
  const text = await window.showInputBox({
    title: l10n.t('Raise Budget: {0}', budgetName(budget, format)),
    prompt: `${question} ${amountHint(unit)}`,
    value: usualRaise(budget),
    validateInput: (input) => amountProblem(input, unit),
  });
  return text === undefined ? undefined : parseAmount(text, unit);
}

/** Five dollars; of units that are no money a fifth of the limit. */
function usualRaise({ unit, limit }: Budget): string {
  const isMoney = unit === 'list' || unit === 'paid' || unit === 'plan';
  return isMoney ? usualDollars : amountInput(limit / 5n || 1n, unit);
}
