/** A reading in the terms of a fixture's expectations. */

import assert from 'node:assert/strict';
import type { Receipt } from '../../src/domain/receipt.ts';
import { isTokenCount, type TokenClass, tokenClasses } from '../../src/domain/tokens.ts';
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

/** Holds for whatever a log may say. */
export function assertSound(receipt: Receipt): void {
  const counts = Object.values(receipt.tokens);
  assert.ok(
    counts.every((count) => count === null || isTokenCount(count)),
    JSON.stringify(receipt.tokens),
  );
  assert.ok(Number.isFinite(receipt.atMs) && receipt.atMs > 0);
  assert.ok(receipt.id.response !== '' && receipt.sessionKey !== '');
  assert.ok(receipt.reportedCost === null || receipt.reportedCost >= 0n);
  assert.equal(
    receipt.quality === 'partial',
    tokenClasses.some((name) => receipt.tokens[name] === null),
  );
}
