/** What is sent beside all texts, as far as it is known. */

import type { PromptAgentId } from '../domain/promptAgent.ts';
import type { Baseline } from '../estimator/baseline.ts';
import type { Family } from '../estimator/models.ts';
import type { Overhead } from './contextProtocol.ts';

/** A baseline is what first prompts took beside their texts, and so has the frame of a message in it. */
export function overheadsOf(
  agent: PromptAgentId,
  baselines: readonly Baseline[],
  { frame }: Family,
): readonly Overhead[] {
  const baseline = baselines.find((each) => each.agent === agent);
  if (baseline !== undefined) {
    const { tokens, errorShare } = baseline;
    return [{ kind: 'baseline', tokens, errorShare }];
  }
  const unknown: Overhead = { kind: 'baseline', tokens: null, errorShare: 0 };
  return frame === null ? [unknown] : [{ kind: 'frame', tokens: frame.firstTokens, errorShare: 0 }, unknown];
}
