/** Trees of tokens as the editor is told of them: for a model, with what it would cost. */

import { applyCalibration, type CalibratedText, type Calibration } from '../estimator/calibration.ts';
import { addCounts, type Count, noCount } from '../estimator/encoding.ts';
import { excessShareOf, toEstimate } from '../estimator/estimate.ts';
import type { Family } from '../estimator/models.ts';
import {
  noneSkipped,
  type Skipped,
  skipReasons,
  type TreeFile,
  type TreeFolder,
} from '../folders/tokenTree.ts';
import { projectCost } from '../pricing/projectedCost.ts';
import type { FolderPage, FolderRow, FolderSums } from './folderProtocol.ts';
import type { Target } from './targets.ts';

/** What tokens are told for. */
export interface FolderTarget extends Target {
  readonly calibration: Calibration | null;
}

/** What folders and their sums have in common. */
type Summed = Pick<TreeFolder, 'count' | 'fileCount' | 'skipped' | 'isComplete'>;

export function addUp(trees: readonly TreeFolder[]): Summed {
  return {
    count: trees.map(({ count }) => count).reduce(addCounts, noCount),
    fileCount: trees.reduce((sum, { fileCount }) => sum + fileCount, 0),
    skipped: trees.map(({ skipped }) => skipped).reduce(addSkipped, noneSkipped),
    isComplete: trees.every(({ isComplete }) => isComplete),
  };
}

function addSkipped(a: Skipped, b: Skipped): Skipped {
  const sum = { ...a };
  for (const reason of skipReasons) sum[reason] += b[reason];
  return sum;
}

export function toSums(
  { count, fileCount, skipped, isComplete }: Summed,
  target: FolderTarget,
  atMs: number,
): FolderSums {
  const { choice, family, calibration } = target;
  const cold = toEstimate(choice, family, count);
  const { tokens, errorShare } = calibration
    ? applyCalibration(cold, calibration, calibratedText(family, count))
    : cold;
  const cost = target.priced && projectCost(target.priced, tokens, atMs);
  return { tokens, errorShare, cost: cost?.cold ?? null, files: fileCount, skipped, isComplete };
}

/** Of files nobody asks of what kind they are. */
function calibratedText(family: Family, count: Count): CalibratedText {
  return { isExactCount: count.isExact, excessShare: excessShareOf(family, count) };
}

/** The roots as the rows of a page. */
export function toRootPage(trees: readonly TreeFolder[], target: FolderTarget, atMs: number): FolderPage {
  const whole = addUp(trees).count;
  return { rows: trees.map((tree) => toRow(tree, whole, target, atMs)), hidden: 0 };
}

/** At most so many rows of what lies in a folder. */
export function toPage(folder: TreeFolder, limit: number, target: FolderTarget, atMs: number): FolderPage {
  const { entries, hidden } = folder.page(limit);
  return { rows: entries.map((entry) => toRow(entry, folder.count, target, atMs)), hidden };
}

function toRow(entry: TreeFolder | TreeFile, whole: Count, target: FolderTarget, atMs: number): FolderRow {
  const { kind, name, path, count } = entry;
  const summed = kind === 'folder' ? entry : { count, fileCount: 1, skipped: noneSkipped, isComplete: true };
  return {
    ...toSums(summed, target, atMs),
    kind,
    name,
    path,
    share: whole.tokens === 0 ? 0 : count.tokens / whole.tokens,
    isUnreadable: kind === 'folder' && entry.isUnreadable,
  };
}
