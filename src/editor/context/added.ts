/** What the status bar says about what is sent beside the text. */

import { l10n } from 'vscode';
import { type Pico, pico } from '../../domain/money.ts';
import { type PromptAgentId, promptAgentNames } from '../../domain/promptAgent.ts';
import type { Estimate } from '../../estimator/estimate.ts';
import type { ProjectedCost } from '../../pricing/projectedCost.ts';
import type { ContextEstimate } from '../../workers/contextProtocol.ts';
import type { Format } from '../format.ts';

export interface Added {
  readonly agentId: PromptAgentId;
  /** The agent's name for people. */
  readonly agent: string;
  /** Whether nothing has been learned of what the agent says by itself. */
  readonly lacksBaseline: boolean;
  readonly tokens: number;
  /** Whether some parts have no count, so that this is the least. */
  readonly isLeast: boolean;
  /** The text and what is added. */
  readonly whole: Estimate;
  readonly cost: ProjectedCost | null;
}

/** @returns `null` where nothing is added, so that nothing is said of it */
export function toAdded(context: ContextEstimate | undefined): Added | null {
  if (context === undefined) return null;
  const { agent: agentId, addedTokens: tokens, isLeast, overheads, whole, cost } = context;
  if (tokens === 0 && !isLeast) return null;
  const lacksBaseline = overheads.some((overhead) => overhead.tokens === null);
  return { agentId, agent: promptAgentNames[agentId], lacksBaseline, tokens, isLeast, whole, cost };
}

/** `14.3k`, or `≥14.3k` where it may be more. */
export function addedText({ tokens, isLeast }: Added, format: Format): string {
  return least(isLeast, format.tokens(tokens));
}

/** Rows of the tooltip, in markdown. */
export function addedRows(added: Added, format: Format): readonly (readonly [string, string])[] {
  const { agent, tokens, isLeast, whole } = added;
  const mark = whole.errorShare > 0 ? '~' : '';
  const margin = whole.errorShare > 0 ? ` ±${format.share(whole.errorShare)}` : '';
  return [
    [l10n.t('Added by {0}', agent), least(isLeast, `${mark}${format.count(tokens)}`)],
    [l10n.t('Sent in all'), `${least(isLeast, `${mark}${format.count(whole.tokens)}`)}${margin}`],
  ];
}

/** Empty where all is known. */
export function lackSentence({ agent, lacksBaseline }: Added): string {
  return lacksBaseline
    ? l10n.t(
        'What {0} says by itself, its system prompt and tools, is not known yet and comes on top.',
        agent,
      )
    : '';
}

export function spokenAdded({ agent, tokens, isLeast, whole }: Added, format: Format): string {
  const about = (number: string) => (whole.errorShare > 0 ? l10n.t('about {0}', number) : number);
  const [added, all] = [format.count(tokens), format.count(whole.tokens)];
  return isLeast
    ? l10n.t('{0} adds at least {1} tokens, which makes {2} or more.', agent, added, all)
    : l10n.t('{0} adds {1} tokens, which makes {2}.', agent, about(added), all);
}

/** `≥` before a sum that is a lower bound. */
export function least(isLeast: boolean, number: string): string {
  return isLeast ? `≥${number}` : number;
}

/** `≥$0.12`. Of a price that is less than the least shown, and may be more, nothing is sure but that it is a price. */
export function leastDollars(price: Pico, format: Format): string {
  const dollars = format.dollars(price);
  return least(true, dollars.startsWith('<') ? format.dollars(pico(0n)) : dollars);
}
