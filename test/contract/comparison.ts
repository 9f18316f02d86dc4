/** A reading in the terms of a fixture's expectations. */

import assert from 'node:assert/strict';
import type { Receipt } from '../../src/domain/receipt.ts';
import { isTokenCount, isTokenSum, type TokenClass, tokenClasses } from '../../src/domain/tokens.ts';
import type { ExpectedSpend, Fixture } from './fixture.ts';
import type { Reading } from './reading.ts';

type Spent = Record<string, Record<string, Required<ExpectedSpend>>>;

const nothing: Required<ExpectedSpend> = {
  receipts: 0,
  partial: 0,
  webSearches: 0,
  uncachedInput: 0,
  cacheRead: 0,
  cacheWrite5m: 0,
  cacheWrite1h: 0,
  cacheWriteUnknown: 0,
  output: 0,
  reasoning: 0,
};

/** Sums by session and model. */
export function spentOf(reading: Reading): Spent {
  const spent: Spent = {};
  for (const receipt of reading.standing()) {
    const models = spent[receipt.sessionKey] ?? {};
    models[receipt.model] = add(models[receipt.model] ?? nothing, receipt);
    spent[receipt.sessionKey] = models;
  }
  return spent;
}

function add(
  sum: Required<ExpectedSpend>,
  { tokens, quality, webSearches }: Receipt,
): Required<ExpectedSpend> {
  const plus = (name: TokenClass | 'reasoning') => (sum[name] ?? 0) + (tokens[name] ?? 0);
  return {
    receipts: sum.receipts + 1,
    partial: sum.partial + (quality === 'partial' ? 1 : 0),
    webSearches: sum.webSearches + webSearches,
    uncachedInput: plus('uncachedInput'),
    cacheRead: plus('cacheRead'),
    cacheWrite5m: plus('cacheWrite5m'),
    cacheWrite1h: plus('cacheWrite1h'),
    cacheWriteUnknown: plus('cacheWriteUnknown'),
    output: plus('output'),
    reasoning: plus('reasoning'),
  };
}

export function expectedSpent(fixture: Fixture): Spent {
  const sessions = Object.entries(fixture.sessions).filter(([, { spent }]) => Object.keys(spent).length > 0);
  return Object.fromEntries(
    sessions.map(([key, { spent }]) => [
      key,
      Object.fromEntries(
        Object.entries(spent).map(([model, figures]) => [model, { ...nothing, ...figures }]),
      ),
    ]),
  );
}

export function assertSpent(reading: Reading, fixture: Fixture): void {
  assert.deepEqual(spentOf(reading), expectedSpent(fixture));
}

export function assertFacts(reading: Reading, fixture: Fixture): void {
  assert.deepEqual(
    [...reading.facts.keys()].filter((key) => !(key in fixture.sessions)),
    [],
    'sessions made up',
  );
  for (const [key, { facts = {} }] of Object.entries(fixture.sessions)) {
    const { title, ...known } = reading.facts.get(key) ?? {};
    const actual: Record<string, unknown> = { ...known, ...(title && { title: title.text }) };
    const named = Object.keys(facts).map((name) => [name, actual[name]]);
    assert.deepEqual(Object.fromEntries(named), facts, key);
  }
}

/** What surrounded the receipts, as far as the fixture names it. */
export function assertCircumstances(reading: Reading, fixture: Fixture): void {
  const inTime = [...reading.standing()].sort((a, b) => a.atMs - b.atMs);
  for (const [key, { circumstances }] of Object.entries(fixture.sessions)) {
    if (circumstances === undefined) continue;
    const own = inTime.filter(({ sessionKey }) => sessionKey === key).map((receipt) => receipt.circumstances);
    assert.deepEqual(
      own.map((actual, index) => named(actual, circumstances[index] ?? {})),
      circumstances,
      key,
    );
  }
}

export function assertToolCalls(reading: Reading, fixture: Fixture): void {
  if (fixture.toolCalls === undefined) return;
  const calls = [...reading.toolCalls.values()];
  const names = [...new Set(calls.map(({ name }) => name ?? '?'))].sort();
  assert.deepEqual(names, Object.keys(fixture.toolCalls).sort());
  for (const [name, expected] of Object.entries(fixture.toolCalls)) {
    const own = calls.filter((call) => (call.name ?? '?') === name);
    const actual = {
      calls: own.length,
      failed: own.filter(({ isFailed }) => isFailed === true).length,
      open: own.filter(({ resultBytes, isFailed }) => resultBytes === undefined && isFailed === undefined)
        .length,
      inputs: new Set(own.map(({ input }) => input)).size,
      resultBytes: own.reduce((sum, { resultBytes }) => sum + (resultBytes ?? 0), 0),
    };
    assert.deepEqual(named(actual, expected), expected, name);
  }
}

export function assertPlan(reading: Reading, fixture: Fixture): void {
  if (fixture.plan === undefined) return;
  const inTime = [...reading.plan.values()].sort((a, b) => a.atMs - b.atMs || (a.window < b.window ? -1 : 1));
  assert.deepEqual(
    inTime.map((actual, index) => named(actual, fixture.plan?.[index] ?? {})),
    fixture.plan,
  );
}

/** The fields of `actual` that `expected` names. */
function named(actual: object, expected: object): object {
  const values: Readonly<Record<string, unknown>> = { ...actual };
  return Object.fromEntries(Object.keys(expected).map((name) => [name, values[name]]));
}

/** Holds for whatever a log may say. */
export function assertSound(receipt: Receipt): void {
  const counts = Object.values(receipt.tokens);
  const isCount = receipt.quality === 'sessionTotal' ? isTokenSum : isTokenCount;
  assert.ok(
    counts.every((count) => count === null || isCount(count)),
    JSON.stringify(receipt.tokens),
  );
  assert.ok(Number.isFinite(receipt.atMs) && receipt.atMs > 0);
  assert.ok(receipt.id.response !== '' && receipt.sessionKey !== '');
  assert.ok(receipt.reportedCost === null || receipt.reportedCost >= 0n);
  const isIncomplete = tokenClasses.some((name) => receipt.tokens[name] === null);
  assert.ok(receipt.quality === 'partial' ? isIncomplete : !isIncomplete || receipt.quality !== 'exact');
  const { durationMs = 0, turn = 1, contextTokens = 0 } = receipt.circumstances;
  assert.ok(Number.isSafeInteger(durationMs) && durationMs >= 0);
  assert.ok(Number.isSafeInteger(turn) && turn >= 0);
  assert.ok(isTokenCount(contextTokens));
}
