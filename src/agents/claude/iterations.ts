/**
 * The requests that one response took, as its usage lists them. The usage itself is the sum of those of the model that
 * served the response; of other models it holds nothing.
 */

import { hasUnknown, type TokenCounts, totalTokens } from '../../domain/tokens.ts';
import { type LogRecord, nameOf, recordsOf } from '../fields.ts';

/** A request of another model's. */
export interface OtherIteration {
  /** By what its receipt is told from others of the response. */
  readonly name: string;
  readonly iteration: LogRecord;
  readonly isDeclined: boolean;
}

const own = 'message';
/** Stands in place of the response's own where a model before it had declined. */
const fallback = 'fallback_message';

/**
 * Those that the usage leaves out: of an advisor, for instance, or of a model that declined, so that another one served
 * the response. Only beside such a fallback the name of another model is believed: relays may give responses their own.
 * https://platform.claude.com/docs/en/build-with-claude/refusals-and-fallback
 *
 * @param servedBy the model of the response
 */
export function otherIterations(usage: LogRecord, servedBy: string): readonly OtherIteration[] {
  const iterations = recordsOf(usage, 'iterations');
  const hasFallenBack = iterations.some((iteration) => nameOf(iteration, 'type') === fallback);
  return iterations.flatMap((iteration, index) => {
    const type = nameOf(iteration, 'type');
    const isDeclined = type === own && hasFallenBack && !['', servedBy].includes(nameOf(iteration, 'model'));
    const isOther = isDeclined || !['', own, fallback].includes(type);
    return isOther ? [{ name: `${type}.${index}`, iteration, isDeclined }] : [];
  });
}

/** Declining costs nothing before there is output. Of a request without counts there is nothing to tell. */
export function isBilled({ isDeclined }: OtherIteration, tokens: TokenCounts): boolean {
  if (isDeclined) return (tokens.output ?? 0) > 0;
  return totalTokens(tokens) > 0 || !hasUnknown(tokens);
}
