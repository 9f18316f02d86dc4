/** On what terms OMP has requests served: its log has which tiers are asked for, by whose models they are. */

import type { BillingTerms } from '../../domain/receipt.ts';
import { fieldOf, isRecord, type LogRecord, nameOf } from '../fields.ts';

/** A tier by the family of models, such as `priority` of `anthropic`. */
export type Tiers = Readonly<Record<string, string>>;

const families = ['anthropic', 'openai'];

/** Of a `service_tier_change`: by family, `null` for none, or in older sessions one word for several. */
export function tiersOf(entry: LogRecord): Tiers {
  const tiers = fieldOf(entry, 'serviceTier');
  if (isRecord(tiers)) return Object.fromEntries(families.map((family) => [family, nameOf(tiers, family)]));
  if (tiers === 'priority') return { anthropic: tiers, openai: tiers };
  if (tiers === 'claude-only') return { anthropic: 'priority' };
  return { openai: tiers === 'openai-only' ? 'priority' : nameOf(entry, 'serviceTier') };
}

/** Tiers that are sent as they are called; others are the default by another name. */
const sentTiers = new Set(['flex', 'priority', 'scale']);

const openAiProviders = new Set(['openai', 'openai-codex']);

/**
 * The terms of a reply. They are known where OMP asks the models' own maker: gateways heed some tiers and drop others. Calls
 * beside replies are made on terms of their own, which are not logged.
 */
export function termsOf(tiers: Tiers, message: LogRecord): BillingTerms {
  if (nameOf(message, 'role') !== 'assistant') return {};
  const provider = nameOf(message, 'provider');
  if (provider === 'anthropic') return isFast(tiers, message) ? { speed: 'fast' } : {};
  const tier = openAiProviders.has(provider) ? (tiers.openai ?? '') : '';
  return sentTiers.has(tier) && !isTurnedDown(message, tier) ? { serviceTier: tier } : {};
}

/** Anthropic has no tiers by that name: OMP asks for fast mode in their place, of models that have it. */
function isFast({ anthropic = '' }: Tiers, message: LogRecord): boolean {
  const hasFastMode = /^claude-opus-(?:4-[6-9]|[5-9])(?!\d)/.test(nameOf(message, 'model'));
  return anthropic === 'priority' && hasFastMode && !isTurnedDown(message, anthropic);
}

/** The provider would not have it, and OMP asked again without. */
function isTurnedDown(message: LogRecord, tier: string): boolean {
  const features = fieldOf(message, 'disabledFeatures');
  return Array.isArray(features) && features.includes(tier);
}
