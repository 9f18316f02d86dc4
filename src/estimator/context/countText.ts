/** Counting a text at once that is not kept, with pauses in which other work goes on. */

import { CountedText } from '../countedText.ts';
import { type Count, type Encoding, noCount } from '../encoding.ts';
import type { SafeCuts } from '../safeCuts.ts';

export type Pause = () => Promise<void>;

/** Text that is cut into chunks at a stretch: a millisecond or so. */
const sliceLength = 128 * 1024;

export async function countText(
  text: string,
  encoding: Encoding,
  cuts: SafeCuts,
  pause: Pause,
): Promise<Count> {
  const counted = new CountedText(cuts, { mostKept: Number.POSITIVE_INFINITY });
  for (let at = 0; at < text.length; at += sliceLength) {
    if (at > 0) await pause();
    counted.replace(counted.length, 0, text.slice(at, at + sliceLength));
  }
  return (await runCounting(counted.count(encoding), pause)) ?? noCount;
}

/** `undefined` where a text lacks some of itself: see `CountedText`. */
export async function runCounting(
  counting: Generator<undefined, Count | undefined>,
  pause: Pause,
): Promise<Count | undefined> {
  let step = counting.next();
  while (step.done !== true) {
    await pause();
    step = counting.next();
  }
  return step.value;
}
