/**
 * Reads what Continue counts by itself of each question to a model, chat and completions alike. It does not say of which
 * session, so all of it is one of its own.
 */

import { noTokens, type TokenCounts } from '../../domain/tokens.ts';
import { Counts, nameOf, parseRecord, timeOf } from '../fields.ts';
import { toReceipt } from '../ownReceipt.ts';
import type { JsonValue, LogLine, LogParser, Sink } from '../reader.ts';

const key = 'dev_data';

export class GeneratedParser implements LogParser {
  save(): JsonValue {
    return null;
  }

  read(line: LogLine, sink: Sink): void {
    const record = parseRecord(line.text());
    if (record === null) {
      sink.refuse('malformed');
      return;
    }
    const counts = new Counts(record);
    const prompt = counts.count('promptTokens');
    const output = counts.count('generatedTokens');
    const atMs = timeOf(record, 'timestamp');
    if (counts.problem !== null) sink.refuse(counts.problem);
    else if (prompt === null && output === null) return;
    else if (atMs === null) sink.refuse('implausible');
    else {
      const model = nameOf(record, 'model');
      const provider = nameOf(record, 'provider');
      sink.receipt(
        toReceipt({
          agent: 'continue',
          response: [key, atMs, model, prompt, output].join('/'),
          sessionKey: key,
          atMs,
          model,
          tokens: estimated(prompt, output),
          quality: 'estimated',
          circumstances: provider === '' ? {} : { provider },
        }),
      );
    }
  }
}

/** The whole prompt, whatever of it was cached. */
function estimated(prompt: number | null, output: number | null): TokenCounts {
  return { ...noTokens, uncachedInput: prompt, output };
}
