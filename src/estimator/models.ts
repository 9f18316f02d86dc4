/** Which model counts how: the encoding that is its own or stands for its own, and what messages and images cost. */

import type { EncodingName } from './encoding.ts';
import {
  claude3Frame,
  claude5Frame,
  claude47Frame,
  deepSeekFrame,
  gemmaFrame,
  gpt5Frame,
  llamaFrame,
  type MessageFrame,
  mistralFrame,
  openAiFrame,
  qwenFrame,
} from './frames.ts';
import {
  claudePatches,
  geminiHighResolution,
  geminiTiles,
  type ImageTokens,
  openAiPatches,
  openAiTiles,
} from './images.ts';
import { type Weights, type WeightsName, weights } from './weights.ts';

/** Models that count alike. The context window is not here: the price catalogue has it by model. */
export interface Family {
  readonly encoding: EncodingName;
  /** `null` where the encoding is the model's own and text is counted exactly; else tokens are estimated from it. */
  readonly weights: Weights | null;
  /** `null` where nothing is published. */
  readonly frame: MessageFrame | null;
  /** `null` where nothing is published, and for models that take no images. */
  readonly imageTokens: ImageTokens | null;
}

function openAi(imageTokens: ImageTokens | null, frame = openAiFrame): Family {
  return { encoding: 'o200k_base', weights: null, frame, imageTokens };
}

function estimated(by: WeightsName, frame: MessageFrame | null, imageTokens: ImageTokens | null): Family {
  return { encoding: 'o200k_base', weights: weights[by], frame, imageTokens };
}

/** By OpenAI's guide, where it tells; since GPT-5.2 as users measured it. */
const tiles4o = openAiTiles(85, 170);
const tiles4oMini = openAiTiles(2833, 5667);
const tiles5 = openAiTiles(70, 140);
const tilesO = openAiTiles(75, 150);

const oldGpt: Family = { ...openAi(tiles4o), encoding: 'cl100k_base' };
const claude3 = estimated('claude-3', claude3Frame, claudePatches(1568, 1568));
/** Claude 5 kept the vocabulary of 4.7 and changed the frame. */
const claude47 = estimated('claude-4.7', claude47Frame, claudePatches(2576, 4784));
const claude5: Family = { ...claude47, frame: claude5Frame };
/** By the public vocabulary of Gemma 3, which Google's own kit counts Gemini 2 and 3 with. */
const gemini2 = estimated('gemma-3', gemmaFrame, geminiTiles);
const gemini3: Family = { ...gemini2, imageTokens: geminiHighResolution };
const llama3 = estimated('llama-3', llamaFrame, null);
const qwen3 = estimated('qwen-3', qwenFrame, null);
const deepSeek = estimated('deepseek-3', deepSeekFrame, null);
const mistral = estimated('tekken', mistralFrame, null);
/** No vocabulary is published as a package: what those of other makers have in common. */
const open = estimated('open', null, null);

/** For models that nothing is known of: the average of all, with a margin that says so. */
export const unknownFamily: Family = estimated('any', null, null);

/** The first pattern that matches decides. */
const families: readonly (readonly [RegExp, Family])[] = [
  [/^gpt-(?:3\.?5|4(?:-|$))/, oldGpt],
  [/^gpt-4o-mini/, openAi(tiles4oMini)],
  [/^gpt-4\.1-mini/, openAi(openAiPatches(1.62))],
  [/^gpt-4\.1-nano/, openAi(openAiPatches(2.46))],
  [/^(?:gpt-4|chatgpt-4o)/, openAi(tiles4o)],
  [/^gpt-oss/, openAi(null)],
  [/^gpt-5-mini/, openAi(openAiPatches(1.62), gpt5Frame)],
  [/^gpt-5-nano/, openAi(openAiPatches(2.46), gpt5Frame)],
  [/^gpt-5(?:\.[01])?(?:-|$)/, openAi(tiles5, gpt5Frame)],
  [/^o4-mini/, openAi(openAiPatches(1.72))],
  [/^o[134](?:-|$)/, openAi(tilesO)],
  [/^(?:gpt-|chatgpt-|codex-)/, openAi(openAiPatches(1.2), gpt5Frame)],
  [/^claude-(?:[a-z]+-)?(?:[123](?:\D|$)|4(?:-[0-6])?(?:-[a-z]|$))/, claude3],
  [/^claude-(?:[a-z]+-)?4/, claude47],
  [/^claude-(?:[a-z]+-)?\d/, claude5],
  [/^gemini-3/, gemini3],
  [/^gem(?:ini|ma)-/, gemini2],
  [/^llama-?3/, llama3],
  [/^qwen-?[23]/, qwen3],
  [/^deepseek-/, deepSeek],
  [/^(?:mistral-7b|mistral-tiny|mixtral)/, open],
  [/^(?:open-)?(?:mistral|ministral|magistral|codestral|devstral|pixtral|voxtral)/, mistral],
  [/^(?:grok|kimi|moonshot|llama|qwen|glm|minimax)/, open],
];

/** @param modelId an id of the price catalogue */
export function familyOf(modelId: string): Family {
  return families.find(([pattern]) => pattern.test(modelId))?.[1] ?? unknownFamily;
}

/** Ids of the models to offer, in the order to show them. Any other of the price catalogue can be counted for too. */
export const offeredModels: readonly string[] = [
  'claude-opus-5-5',
  'claude-sonnet-5-5',
  'claude-haiku-5-5',
  'claude-fable-5-2',
  'claude-fable-5-1',
  'claude-opus-5',
  'claude-sonnet-5',
  'claude-opus-4-8',
  'claude-sonnet-4-6',
  'claude-haiku-4-5',
  'gpt-6-astra',
  'gpt-6.2-sol',
  'gpt-6.1-sol',
  'gpt-6-sol',
  'gpt-6-luna',
  'gpt-5.6-sol',
  'gpt-5.5',
  'gpt-5.4',
  'gpt-5.3-codex',
  'gemini-3.8-flash',
  'gemini-3.1-pro-preview',
  'grok-4.6',
  'kimi-k3',
  'mistral-medium-3-5',
];
