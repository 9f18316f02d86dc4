/** A receipt that says no more than it must, for tests in which its session and its time matter. */

import type { Receipt } from '../../../src/domain/receipt.ts';

export const plainReceipt = {
  claim: 'own',
  model: 'gpt-5.4',
  tokens: {
    uncachedInput: 0,
    cacheRead: 0,
    cacheWrite5m: 0,
    cacheWrite1h: 0,
    cacheWriteUnknown: 0,
    output: 0,
    reasoning: null,
  },
  webSearches: 0,
  terms: {},
  circumstances: {},
  reportedCost: null,
  quality: 'exact',
} as const satisfies Partial<Receipt>;
