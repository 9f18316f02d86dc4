/** Reads a session of Goose from before its database: a first line with the sums so far, then the messages. */

import { toTitle } from '../../domain/session.ts';
import { isTokenSum } from '../../domain/tokens.ts';
import {
  epochMsOf,
  fieldOf,
  idOf,
  isRecord,
  type LogRecord,
  nameOf,
  parseRecord,
  textOf,
} from '../fields.ts';
import type { JsonValue, LogLine, LogParser, Sink } from '../reader.ts';
import { toTokens } from './usage.ts';

export interface SessionFileMemory {
  /** What the first line says, until a message tells the time. */
  readonly sums: LogRecord | null;
}

const sumNames = ['accumulated_input_tokens', 'accumulated_output_tokens'];

export class SessionFileParser implements LogParser {
  readonly #key: string;
  #sums: LogRecord | null;
  #isTold = false;

  constructor(key: string, saved?: SessionFileMemory) {
    this.#key = key;
    this.#sums = saved?.sums ?? null;
  }

  save(): JsonValue {
    return { sums: this.#sums } as unknown as JsonValue;
  }

  read(line: LogLine, sink: Sink): void {
    if (this.#isTold && !line.has('"accumulated_')) return;
    const record = parseRecord(line.text());
    if (record === null) sink.refuse('malformed');
    else if (idOf(record, 'role') !== null) this.#takeMessage(record, sink);
    else if (sumNames.some((name) => Object.hasOwn(record, name))) this.#takeHeader(record, sink);
  }

  #takeHeader(record: LogRecord, sink: Sink): void {
    this.#sums = Object.fromEntries(sumNames.map((name) => [name, fieldOf(record, name)]));
    this.#isTold = false;
    const projectPath = textOf(record, 'working_dir');
    const title = toTitle(textOf(record, 'description') ?? '');
    sink.session({
      agent: 'goose',
      key: this.#key,
      ...(projectPath !== null && { projectPath }),
      ...(title !== undefined && { title: { text: title, source: 'generated' } }),
    });
  }

  #takeMessage(record: LogRecord, sink: Sink): void {
    const created = fieldOf(record, 'created');
    const atMs = typeof created === 'number' ? epochMsOf({ ms: created * 1_000 }, 'ms') : null;
    const sums = isRecord(this.#sums) ? this.#sums : null;
    if (atMs === null || sums === null) return;
    this.#sums = null;
    this.#isTold = true;
    const tokens = toTokens(sums, 'accumulated_', isTokenSum);
    if (typeof tokens === 'string') sink.refuse(tokens);
    else if (tokens.uncachedInput !== null || tokens.output !== null) {
      sink.receipt({
        agent: 'goose',
        id: { response: `${this.#key}/first`, request: '' },
        sessionKey: this.#key,
        claim: 'own',
        atMs,
        model: nameOf(record, 'model'),
        tokens,
        webSearches: 0,
        terms: {},
        circumstances: {},
        reportedCost: null,
        quality: 'sessionTotal',
      });
    }
  }
}
