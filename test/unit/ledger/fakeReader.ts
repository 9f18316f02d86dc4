/** A reader for a format as small as can be, so that the ledger's tests say what they mean. */

import type { JsonValue, LineFormat, LogLine, LogParser, Reader, Sink } from '../../../src/agents/reader.ts';
import type { AgentId } from '../../../src/domain/agent.ts';
import { pico } from '../../../src/domain/money.ts';
import type { Circumstances, Claim, Quality, Receipt } from '../../../src/domain/receipt.ts';
import type { SessionFacts } from '../../../src/domain/session.ts';
import { noTokens, type TokenCounts } from '../../../src/domain/tokens.ts';

/** One line: a receipt when it has an `id`, and facts about its session when it has `facts`. */
export interface FakeLine {
  /** Whose session it is; absent for the reader's own. */
  readonly agent?: AgentId;
  readonly id?: string;
  readonly request?: string;
  readonly session?: string;
  readonly claim?: Claim;
  readonly at?: number;
  readonly model?: string;
  readonly tokens?: Partial<TokenCounts>;
  readonly circumstances?: Circumstances;
  readonly quality?: Quality;
  readonly dropped?: Receipt['dropped'];
  /** In pico-dollars. */
  readonly reported?: number;
  readonly facts?: Partial<SessionFacts>;
}

export interface FakeReaderOptions {
  readonly version?: number;
  readonly roots?: readonly string[];
  /** Called for each line that is read. */
  readonly onLine?: (line: string) => void;
}

/**
 * Reads files that end in `.log`, or in `.log.zst` when they are compressed. Its state between lines is the number of lines read, which it gives to each
 * session as its role: whoever loses or repeats a line shows it.
 */
export function fakeReader({ version = 1, roots = [], onLine }: FakeReaderOptions = {}): Reader {
  return {
    agent: 'claude-code',
    version,
    roots: () => roots.map((path) => ({ path })),
    formatOf(path) {
      if (path.endsWith('.log.zst')) return { ...fakeFormat(onLine), compression: 'zstd' };
      return path.endsWith('.log') ? fakeFormat(onLine) : null;
    },
  };
}

export function fakeFormat(onLine?: (line: string) => void): LineFormat {
  return { kind: 'lines', open: (log, saved) => new FakeParser(log.relativePath, saved, onLine) };
}

class FakeParser implements LogParser {
  readonly #path: string;
  readonly #onLine: ((line: string) => void) | undefined;
  #lines: number;

  constructor(path: string, saved: JsonValue | undefined, onLine?: (line: string) => void) {
    this.#path = path;
    this.#onLine = onLine;
    this.#lines = typeof saved === 'number' ? saved : 0;
  }

  read(line: LogLine, sink: Sink): void {
    this.#lines++;
    const text = line.text();
    this.#onLine?.(text);
    try {
      this.#take(JSON.parse(text) as FakeLine, sink);
    } catch {
      sink.refuse('malformed');
    }
  }

  save(): JsonValue {
    return this.#lines;
  }

  #take(line: FakeLine, sink: Sink): void {
    const { id, session = this.#path, facts, at = 1_000 } = line;
    const agent = line.agent ?? 'claude-code';
    const common = { agent, key: session };
    if (line.facts !== undefined || id === undefined) sink.session({ ...common, ...facts });
    sink.session({ agent: 'claude-code', key: this.#path, role: String(this.#lines) });
    if (id === undefined) return;
    sink.receipt({
      agent,
      id: { response: id, request: line.request ?? '' },
      sessionKey: session,
      claim: line.claim ?? 'own',
      atMs: at,
      model: line.model ?? 'model-a',
      tokens: { ...noTokens, output: 10, ...line.tokens },
      webSearches: 0,
      terms: {},
      circumstances: line.circumstances ?? {},
      reportedCost: line.reported === undefined ? null : pico(line.reported),
      quality: line.quality ?? 'exact',
      ...(line.dropped !== undefined && { dropped: line.dropped }),
    });
  }
}

export function toLog(...lines: readonly FakeLine[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}
