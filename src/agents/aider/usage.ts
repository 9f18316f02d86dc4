/** What Aider tells people of an answer, in our classes. */

import { isTokenCount } from '../../domain/tokens.ts';

export interface Usage {
  /** As printed. */
  readonly sent: number;
  readonly uncachedInput: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly output: number;
  /** Tells the message apart from another of the same chat and number. */
  readonly mark: string;
}

const amount = '(\\d{1,9}(?:\\.\\d)?k?)';

/** Counts below 1,000 as they are, below 10,000 to a tenth of a thousand, and above to a thousand. */
const report = new RegExp(
  `^${amount} sent(?:, ${amount} cache write)?(?:, ${amount} cache hit)?, ${amount} received\\.`,
);

/** `null` where the text is no such report. */
export function toUsage(text: string, model: string): Usage | null {
  const match = report.exec(text);
  if (match === null) return null;
  const [sent, cacheWrite, cacheRead, output] = match.slice(1).map((part) => toCount(part ?? '0'));
  const counts = {
    sent: sent ?? 0,
    cacheWrite: cacheWrite ?? 0,
    cacheRead: cacheRead ?? 0,
    output: output ?? 0,
  };
  if (!Object.values(counts).every(isTokenCount)) return null;
  return { ...counts, uncachedInput: uncachedOf(counts), mark: markOf(counts, model) };
}

type Counts = Omit<Usage, 'uncachedInput' | 'mark'>;

/**
 * What was sent is the prompt as LiteLLM tells it, and what was written to the cache once more, which Aider adds. The
 * prompt holds what was read from the cache and what was written to it in LiteLLM 1.65, 1.80 and since; in between it
 * held for some months what was read alone, and before late 2024 neither. No history names the version, so the newest is
 * taken by which no count comes out below 0. Of one in between, the result may be too little by what was written; of an
 * early one, by what was written and read.
 */
function uncachedOf({ sent, cacheRead, cacheWrite }: Counts): number {
  const margin = marginOf(sent) + marginOf(cacheRead) + 2 * marginOf(cacheWrite);
  const held = [cacheRead + 2 * cacheWrite, cacheRead + cacheWrite];
  return Math.max(0, sent - (held.find((count) => count <= sent + margin) ?? cacheWrite));
}

/** Half of what a count was rounded to. */
function marginOf(count: number): number {
  return count >= 10_000 ? 500 : count >= 1_000 ? 50 : 0;
}

/** As messages of the same number have been told apart from the first: what stands there is no count any more. */
function markOf({ sent, cacheRead, cacheWrite, output }: Counts, model: string): string {
  const held = cacheWrite + (/deepseek/i.test(model) ? cacheRead : 0);
  return [Math.max(0, sent - held), cacheRead, cacheWrite, output].join('.');
}

function toCount(text: string): number {
  return text.endsWith('k') ? Math.round(Number(text.slice(0, -1)) * 1_000) : Number(text);
}
