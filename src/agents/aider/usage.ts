/** What Aider tells people of an answer, in our classes. */

import { isTokenCount } from '../../domain/tokens.ts';

export interface Usage {
  /** As printed. */
  readonly sent: number;
  readonly uncachedInput: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly output: number;
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
  const held = counts.cacheWrite + (holdsHits(model) ? counts.cacheRead : 0);
  return { ...counts, uncachedInput: Math.max(0, counts.sent - held) };
}

/** What was sent holds what was written to the cache; what was read from it only with the one other that tells of it. */
function holdsHits(model: string): boolean {
  return /deepseek/i.test(model);
}

function toCount(text: string): number {
  return text.endsWith('k') ? Math.round(Number(text.slice(0, -1)) * 1_000) : Number(text);
}
