/** What is said of a count by a model's own tokenizer. */

import { l10n } from 'vscode';
import type { Estimate } from '../../estimator/estimate.ts';
import type { Format } from '../format.ts';
import { shorten, withoutLinks } from '../plainText.ts';
import type { Way } from './way.ts';

export interface ExactFigures {
  readonly tokens: number;
  readonly isFramed: boolean;
  /** What the estimator says of the same text for the same model; `null` where it knows neither. */
  readonly estimate: Estimate | null;
}

const longestName = 60;

/** Who counts, for people, safe to show: `llama3.2 in Ollama`. */
export function counterText({ source, model, modelName, counter }: Way): string {
  const name = shorten(withoutLinks(modelName), longestName);
  if (source === 'editor') return l10n.t('{0} in VS Code', name);
  if (source !== 'engine') return l10n.t('{0} at {1}', name, counter);
  return model === '' ? name : l10n.t('{0} in {1}', name, counter);
}

/** One line for a message and a hover. */
export function exactText(way: Way, figures: ExactFigures, format: Format): string {
  const tokens = format.count(figures.tokens);
  return [countText(way, figures, tokens), ...comparison(way, figures, format)].join(' ');
}

/** An extension counts as it likes: some take the same tokenizer for the models of all makers. */
function countText(way: Way, { isFramed }: ExactFigures, tokens: string): string {
  const who = counterText(way);
  if (way.source === 'editor') return l10n.t('{0} has {1} tokens, as its extension reckons.', who, tokens);
  return isFramed
    ? l10n.t('{0} counts {1} tokens, with those that it adds to a message.', who, tokens)
    : l10n.t('{0} counts {1} tokens.', who, tokens);
}

function comparison({ source }: Way, { tokens, estimate }: ExactFigures, format: Format): readonly string[] {
  if (estimate === null) return [];
  if (estimate.tokens === tokens) return [l10n.t('Token Burn has the same.')];
  const number = format.count(estimate.tokens);
  const said = estimate.errorShare > 0 ? `~${number}` : number;
  const share = format.share(Math.abs(estimate.tokens - tokens) / tokens);
  const isLow = estimate.tokens < tokens;
  if (source === 'editor') {
    return [
      isLow
        ? l10n.t("Token Burn's {0} is {1} lower.", said, share)
        : l10n.t("Token Burn's {0} is {1} higher.", said, share),
    ];
  }
  return [
    isLow
      ? l10n.t("Token Burn's {0} is {1} too low.", said, share)
      : l10n.t("Token Burn's {0} is {1} too high.", said, share),
  ];
}
