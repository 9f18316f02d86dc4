/**
 * Our own rate cards, for models that the bundled package does not know or has wrong. They go before it. A test fails
 * when the package has caught up with one of them: delete it then.
 */

import type { RatesJson } from './catalogueJson.ts';
import type { ConvertedModel } from './genaiPrices.ts';

export interface Override {
  readonly model: ConvertedModel;
  /** Where the prices were read, and when. */
  readonly source: string;
  readonly checked: string;
}

const searchFee = '0.01';

function claudeRates(
  uncachedInput: string,
  output: string,
  cacheRead: string,
  cacheWrite5m: string,
  cacheWrite1h: string,
): RatesJson {
  return { uncachedInput, output, cacheRead, cacheWrite5m, cacheWrite1h };
}

function claude(id: string, name: string, cards: ConvertedModel['cards']): ConvertedModel {
  return {
    id,
    aliases: [],
    name,
    vendor: 'Anthropic',
    contextWindowTokens: 1_000_000,
    origin: 'override',
    cards,
  };
}

/** GPT-6.1 Sol and its successor have the same card: twice the input and cache, half more output above 272,000. */
function gptSol(id: string, name: string): ConvertedModel {
  return {
    id,
    aliases: [id.replace('.', '-')],
    name,
    vendor: 'OpenAI',
    contextWindowTokens: 1_050_000,
    origin: 'override',
    cards: [
      {
        from: null,
        rates: { uncachedInput: '2', output: '10', cacheRead: '0.1', cacheWrite5m: '2.5' },
        longContext: {
          aboveTokens: 272_000,
          rates: { uncachedInput: '4', output: '15', cacheRead: '0.2', cacheWrite5m: '5' },
        },
        webSearch: searchFee,
      },
    ],
  };
}

export const overrides: readonly Override[] = [
  {
    model: claude('claude-sonnet-5-5', 'Claude Sonnet 5.5', [
      {
        from: null,
        rates: claudeRates('2', '10', '0.2', '2.5', '4'),
        longContext: null,
        webSearch: searchFee,
      },
      {
        from: '2026-10-07T00:00:00Z',
        rates: claudeRates('2', '10', '0.1', '2.5', '4'),
        longContext: null,
        webSearch: searchFee,
      },
    ]),
    source: 'Read back from the costs that Claude Code 2.1.330 computes; cheaper reads since 7 October 2026',
    checked: '2026-11-22',
  },
  {
    model: claude('claude-haiku-5-5', 'Claude Haiku 5.5', [
      {
        from: null,
        rates: claudeRates('0.1', '0.5', '0.01', '0.125', '0.2'),
        longContext: { aboveTokens: 100_000, rates: claudeRates('0.5', '2.5', '0.05', '0.625', '1') },
        webSearch: searchFee,
      },
    ]),
    source: 'Read back from the costs that Claude Code 2.1.330 computes, on both sides of 100,000 tokens',
    checked: '2026-11-22',
  },
  {
    model: claude('claude-fable-5-2', 'Claude Fable 5.2', [
      {
        from: null,
        rates: claudeRates('8', '40', '0.2', '10', '16'),
        longContext: null,
        webSearch: searchFee,
      },
    ]),
    source: 'Read back from the costs that Claude Code 2.1.330 computes',
    checked: '2026-11-22',
  },
  {
    model: gptSol('gpt-6.1-sol', 'GPT-6.1 Sol'),
    source: 'https://developers.openai.com/api/docs/models/gpt-6.1-sol',
    checked: '2026-11-22',
  },
  {
    model: gptSol('gpt-6.2-sol', 'GPT-6.2 Sol'),
    source: 'https://developers.openai.com/api/docs/models/gpt-6.2-sol',
    checked: '2026-11-22',
  },
];
