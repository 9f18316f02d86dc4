/** Counting what a query is about: the spans that it names, or without any all of the document. */

import { runCounting } from '../estimator/context/countText.ts';
import type { CountedText } from '../estimator/countedText.ts';
import { addCounts, type Count, type Encoding, noCount } from '../estimator/encoding.ts';
import type { EstimateQuery } from './estimatorProtocol.ts';

/** The spans are taken as they are now. `undefined` where text is wanted first. */
export async function countQuery(
  document: CountedText,
  { spans }: Pick<EstimateQuery, 'spans'>,
  encoding: Encoding,
  pause: () => Promise<void>,
): Promise<Count | undefined> {
  if (spans.length === 0) return runCounting(document.count(encoding), pause);
  const countings = spans.map(({ start, end }) => document.countSpan(encoding, start, end));
  let sum = noCount;
  for (const counting of countings) {
    const count = await runCounting(counting, pause);
    if (count === undefined) return undefined;
    sum = addCounts(sum, count);
  }
  return sum;
}
