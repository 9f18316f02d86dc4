import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  claudePatches,
  geminiHighResolution,
  geminiTiles,
  type ImageTokens,
  openAiPatches,
  openAiTiles,
} from '../../../src/estimator/images.ts';

function assertTokens(tokens: ImageTokens, expected: Readonly<Record<`${number}x${number}`, number>>): void {
  for (const [size, count] of Object.entries(expected)) {
    const [width = 0, height = 0] = size.split('x').map(Number);
    assert.equal(tokens({ width, height }), count, size);
  }
}

describe('the tokens of an image', () => {
  it("are tiles for OpenAI's older models, by the examples of its guide", () => {
    assertTokens(openAiTiles(85, 170), { '1024x1024': 765, '2048x4096': 1105, '1x1': 255, '512x512': 255 });
    assertTokens(openAiTiles(2833, 5667), { '512x512': 8500 });
  });

  it("are patches for OpenAI's smaller models, made to fit by a whole number of them", () => {
    assertTokens(openAiPatches(1), { '1024x1024': 1024, '1800x2400': 1452, '32x32': 1, '33x32': 2 });
    assertTokens(openAiPatches(1.62), { '1024x1024': 1659 });
  });

  it('are never more than the most patches, however long and thin the image is', () => {
    for (const size of ['20000x40', '40x20000', '9999x9999', '4096x1', '100000x100000'] as const) {
      const [width = 0, height = 0] = size.split('x').map(Number);
      const tokens = openAiPatches(1)({ width, height });
      assert.ok(tokens > 0 && tokens <= 1536, `${tokens} for ${size}`);
    }
  });

  it('are patches of 28 pixels for Claude, within what a model takes', () => {
    assertTokens(claudePatches(1568, 1568), { '200x200': 64, '1000x1000': 1296, '1092x1092': 1521 });
    assertTokens(claudePatches(1568, 1568), { '4000x3000': 1568, '1568x100': 224 });
    assertTokens(claudePatches(2576, 4784), { '1000x1000': 1296, '2576x1449': 4784, '5152x400': 736 });
  });

  it('are tiles of 768 pixels for Gemini, and since its third version the same for all', () => {
    assertTokens(geminiTiles, { '384x384': 258, '385x384': 258, '768x768': 258, '1000x1000': 1032 });
    assertTokens(geminiHighResolution, { '1x1': 1120, '9000x9000': 1120 });
  });
});
