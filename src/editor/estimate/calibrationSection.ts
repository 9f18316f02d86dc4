/** What the status bar's tooltip says about how an estimate came about, and what an agent would add to the prompt. */

import { l10n } from 'vscode';
import { agentNames } from '../../domain/agent.ts';
import type { Baseline } from '../../estimator/baseline.ts';
import type { Calibration } from '../../estimator/calibration.ts';
import type { Format } from '../format.ts';

/** @param calibration of an estimate that is not exact */
export function calibrationSentence(calibration: Calibration | null, format: Format): string {
  if (calibration === null || calibration.receipts === 0) return l10n.t('Not calibrated yet.');
  const receipts = format.count(calibration.receipts);
  return calibration.receiptsOfProject === 0
    ? l10n.t('Calibrated on receipts of other projects: {0}.', receipts)
    : l10n.t(
        'Calibrated on receipts: {0}, of them in this project: {1}.',
        receipts,
        format.count(calibration.receiptsOfProject),
      );
}

export function baselineSentences(baselines: readonly Baseline[], format: Format): readonly string[] {
  return baselines.map(({ agent, tokens, sessions, isOfProject }) => {
    const name = agentNames[agent];
    const size = `~${format.tokens(tokens)}`;
    const number = format.count(sessions);
    return isOfProject
      ? l10n.t(
          '{0} adds {1} tokens of its own to a first prompt: system prompt and tools. Learned from sessions in this project: {2}.',
          name,
          size,
          number,
        )
      : l10n.t(
          '{0} adds {1} tokens of its own to a first prompt: system prompt and tools. Learned from sessions in other projects: {2}.',
          name,
          size,
          number,
        );
  });
}
