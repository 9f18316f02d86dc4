/** What service tiers, speeds and regions do to list prices, and what a search costs: facts that no package has. */

import type { BillingTerms } from '../domain/receipt.ts';
import type { FactorsJson } from './catalogueJson.ts';

/** Rules add up; of two that give the same term of a model a factor, the later one holds. */
export interface TermRule {
  readonly vendor: string;
  /** Models it holds for; absent for all of the vendor's. */
  readonly only?: readonly string[];
  /** Models it does not hold for. */
  readonly except?: readonly string[];
  readonly factors: Partial<FactorsJson>;
  readonly source: string;
  readonly checked: string;
}

const checked = '2026-11-22';

/** Claude models from before clouds charged more for a region. */
const beforeRegionalPrices = [
  'claude-v1',
  'claude-2',
  'claude-3-haiku',
  'claude-3-sonnet',
  'claude-3-opus-latest',
  'claude-3-5-haiku-latest',
  'claude-3-5-sonnet',
  'claude-3-7-sonnet-latest',
  'claude-opus-4-0',
  'claude-opus-4-1',
  'claude-sonnet-4-0',
];

export const termRules: readonly TermRule[] = [
  {
    vendor: 'Anthropic',
    factors: { serviceTier: { batch: '1/2' } },
    source: 'https://platform.claude.com/docs/en/build-with-claude/batch-processing',
    checked,
  },
  {
    vendor: 'Anthropic',
    except: [...beforeRegionalPrices, 'claude-haiku-4-5', 'claude-opus-4-5', 'claude-sonnet-4-5'],
    factors: { region: { us: '11/10' } },
    source:
      'https://platform.claude.com/docs/en/manage-claude/data-residency and the costs that Claude Code 2.1.330 computes',
    checked,
  },
  {
    vendor: 'Anthropic',
    except: beforeRegionalPrices,
    factors: { hostRegion: '11/10' },
    source: 'Regional prices on Bedrock in @pydantic/genai-prices 0.1.8, from the 4.5 models on',
    checked,
  },
  {
    vendor: 'Anthropic',
    only: ['claude-fable-5-2', 'claude-opus-5-5', 'claude-opus-5', 'claude-opus-4-8'],
    factors: { speed: { fast: '2/1' } },
    source:
      'https://code.claude.com/docs/en/fast-mode names the models; costs that Claude Code 2.1.330 computes, OpenRouter for Opus 5',
    checked,
  },
  {
    vendor: 'Anthropic',
    // No longer to be had.
    only: ['claude-opus-4-6', 'claude-opus-4-7'],
    factors: { speed: { fast: '6/1' } },
    source:
      'https://platform.claude.com/docs/en/build-with-claude/fast-mode, as of Opus 4.6; https://code.claude.com/docs/ja/fast-mode.md, as of July 2026',
    checked,
  },
  {
    vendor: 'OpenAI',
    factors: { serviceTier: { batch: '1/2', flex: '1/2' }, hostRegion: '11/10' },
    source: "The models' pages on developers.openai.com; regional prices in @pydantic/genai-prices 0.1.8",
    checked,
  },
  {
    vendor: 'OpenAI',
    // Priority processing is called fast mode since July 2026; logs have either.
    only: [
      'gpt-5',
      'gpt-5.1',
      'gpt-5.2',
      'gpt-5.3-codex',
      'gpt-5.4',
      'gpt-5.4-mini',
      'gpt-5.6-luna',
      'gpt-5.6-sol',
      'gpt-5.6-terra',
      'gpt-6-astra',
      'gpt-6-luna',
      'gpt-6-sol',
      'gpt-6.1-sol',
      'gpt-6.2-sol',
    ],
    factors: { serviceTier: { priority: '2/1', fast: '2/1' } },
    source: "https://openai.com/api-fast-mode/ and the models' pages on developers.openai.com",
    checked,
  },
  {
    vendor: 'OpenAI',
    only: ['gpt-5.5'],
    factors: { serviceTier: { priority: '5/2', fast: '5/2' } },
    source: 'https://openai.com/api-fast-mode/',
    checked,
  },
];

/** Dollars for a web search by vendor, for models whose own card names none. */
export const searchFees: Readonly<Record<string, string>> = { Anthropic: '0.01', OpenAI: '0.01' };

/** The factors that hold for one model. */
export function factorsOf(model: { readonly id: string; readonly vendor: string }): FactorsJson {
  const held = termRules.filter((rule) => holdsFor(rule, model)).map((rule) => rule.factors);
  const merged = (term: keyof BillingTerms) =>
    Object.fromEntries(held.flatMap((factors) => Object.entries(factors[term] ?? {})));
  return {
    serviceTier: merged('serviceTier'),
    speed: merged('speed'),
    region: merged('region'),
    hostRegion: held.findLast((factors) => factors.hostRegion !== undefined)?.hostRegion ?? null,
  };
}

function holdsFor(rule: TermRule, model: { readonly id: string; readonly vendor: string }): boolean {
  const isNamed = rule.only?.includes(model.id) ?? true;
  const isExcepted = rule.except?.includes(model.id) ?? false;
  return rule.vendor === model.vendor && isNamed && !isExcepted;
}
