/** What an image costs by its size, as the vendors publish it: pixels → tokens. All of it is an estimate. */

/** In pixels, as the file has them; both at least 1. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** Tokens of an image that is sent at the highest detail a model takes without being asked for more. */
export type ImageTokens = (size: ImageSize) => number;

const openAiTile = { largest: 2048, shortestSide: 768, side: 512 } as const;

/**
 * OpenAI's older way: the image is made to fit 2048 pixels square, then its shorter side 768, and cut into tiles of
 * 512. An image is never made larger.
 */
export function openAiTiles(baseTokens: number, tokensPerTile: number): ImageTokens {
  return (size) => {
    const fitting = shrink(size, openAiTile.largest / longerSide(size));
    const { width, height } = shrink(fitting, openAiTile.shortestSide / shorterSide(fitting));
    return baseTokens + tokensPerTile * tiles(width, openAiTile.side) * tiles(height, openAiTile.side);
  };
}

const openAiPatch = { side: 32, most: 1536 } as const;

/** OpenAI's newer way: patches of 32 pixels, 1536 at most, each some tokens. */
export function openAiPatches(tokensPerPatch: number): ImageTokens {
  return (size) => Math.ceil(tokensPerPatch * openAiPatchesOf(size));
}

/** An image with too many patches is made smaller until a whole number of them fits into one of its sides. */
function openAiPatchesOf({ width, height }: ImageSize): number {
  const { side, most } = openAiPatch;
  const patches = tiles(width, side) * tiles(height, side);
  if (patches <= most) return patches;
  const scale = Math.sqrt((most * side * side) / (width * height));
  const [across, down] = [(width * scale) / side, (height * scale) / side];
  const whole = Math.min(1, wholePart(across), wholePart(down));
  return Math.min(most, tiles(width * scale * whole, side) * tiles(height * scale * whole, side));
}

/** What of a number of patches is a whole number of them, unless that is none. */
function wholePart(patches: number): number {
  return Math.max(1, Math.floor(patches)) / patches;
}

const claudePatch = 28;

/**
 * Anthropic's: patches of 28 pixels, a token each; a larger image is made to fit.
 *
 * @param longestSide in pixels
 */
export function claudePatches(longestSide: number, mostTokens: number): ImageTokens {
  return (size) => {
    const { width, height } = shrink(size, longestSide / longerSide(size));
    return Math.min(mostTokens, tiles(width, claudePatch) * tiles(height, claudePatch));
  };
}

const geminiTile = { small: 384, side: 768, tokens: 258 } as const;

/** Google's up to Gemini 2: a small image is one tile, a larger one as many as cover it. */
export const geminiTiles: ImageTokens = (size) => {
  if (longerSide(size) <= geminiTile.small) return geminiTile.tokens;
  return geminiTile.tokens * tiles(size.width, geminiTile.side) * tiles(size.height, geminiTile.side);
};

/** Google's since Gemini 3, where nothing else is asked for: the same for every size. */
export const geminiHighResolution: ImageTokens = () => 1120;

function longerSide({ width, height }: ImageSize): number {
  return Math.max(width, height);
}

function shorterSide({ width, height }: ImageSize): number {
  return Math.min(width, height);
}

function shrink({ width, height }: ImageSize, scale: number): ImageSize {
  const factor = Math.min(1, scale);
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) };
}

/** How many of a side cover a length. */
function tiles(length: number, side: number): number {
  // What divides without a rest must not become one more by the last bit of a product.
  return Math.max(1, Math.ceil(length / side - 1e-9));
}
