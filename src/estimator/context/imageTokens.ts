/** Tokens of an image by the formulas that providers publish. */

import type { PixelSize } from './imageSize.ts';

/** @returns `null` where no formula is published for the model */
export type ImageTokens = (modelId: string, size: PixelSize) => number | null;

const formulas: readonly (readonly [RegExp, (size: PixelSize) => number])[] = [
  [
    /^claude-(?:[a-z]+-)?(?:[123](?:\D|$)|4(?:-[0-6])?(?:-[a-z]|$))/,
    (size) => claudeTokens(size, 1568, 1568),
  ],
  [/^claude-/, (size) => claudeTokens(size, 2576, 4784)],
  [/^gemini-/, geminiTokens],
  [/^(?:gpt-4o|gpt-4\.1(?!-mini|-nano)|gpt-4\.5)/, (size) => tileTokens(size, 85, 170)],
];

export const imageTokens: ImageTokens = (modelId, size) =>
  formulas.find(([pattern]) => pattern.test(modelId))?.[1](size) ?? null;

/** Patches of 28 pixels, after scaling to a longest edge and a most of patches (docs.claude.com, "Vision"). */
function claudeTokens({ width, height }: PixelSize, longestEdge: number, mostTokens: number): number {
  const scale = Math.min(1, longestEdge / Math.max(width, height));
  return Math.min(mostTokens, Math.ceil((width * scale) / 28) * Math.ceil((height * scale) / 28));
}

/** Tiles of 768 pixels at 258 tokens; a small image is one (ai.google.dev, "Image understanding"). */
function geminiTokens({ width, height }: PixelSize): number {
  if (width <= 384 && height <= 384) return 258;
  return 258 * Math.ceil(width / 768) * Math.ceil(height / 768);
}

/** Fits into 2048, the shortest side into 768, tiles of 512 (platform.openai.com, "Images and vision"). */
function tileTokens({ width, height }: PixelSize, base: number, perTile: number): number {
  const fit = Math.min(1, 2048 / Math.max(width, height));
  const scale = fit * Math.min(1, 768 / (Math.min(width, height) * fit));
  return base + perTile * Math.ceil((width * scale) / 512) * Math.ceil((height * scale) / 512);
}
