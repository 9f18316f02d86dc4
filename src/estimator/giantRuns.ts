/**
 * Runs without a safe cut that are too long to count while somebody types in them: the time that they take shows.
 * They are guessed at, and counted when there is time.
 */

import type { Count, Encoding } from './encoding.ts';

const giantLength = 32 * 1024;
const samples = 16;
const sampleLength = 512;

export function isGiant(text: string): boolean {
  return text.length > giantLength;
}

/** From samples all over a giant run. */
export function guessCount(encoding: Encoding, text: string): Count {
  const stride = (text.length - sampleLength) / (samples - 1);
  let tokens = 0;
  for (let sample = 0; sample < samples; sample++) {
    const start = Math.floor(sample * stride);
    tokens += encoding.count(text.slice(start, start + sampleLength)).tokens;
  }
  const share = (samples * sampleLength) / text.length;
  return { tokens: Math.round(tokens / share), isExact: false };
}
