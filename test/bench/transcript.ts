/** One generated Claude Code log, and the tally of what it adds to its set. */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { finished } from 'node:stream/promises';
import type { Random } from './random.ts';

const toolNames = ['Read', 'Edit', 'Bash', 'Grep', 'Task'] as const;
const phrases =
  'const total = lines.map((line) => parse(line)); // add up "usage" 漢字 é\n\texport function read(path) { return await open(path); } ';
const filler = phrases.repeat(400);

export interface ClassSums {
  uncachedInput: number;
  cacheRead: number;
  cacheWrite5m: number;
  cacheWrite1h: number;
  output: number;
}

/** The right answer for a set. */
export interface ExpectedTotals {
  readonly bytes: number;
  readonly files: number;
  /** Sessions that are no sub-agents. */
  readonly sessions: number;
  readonly subAgents: number;
  readonly receipts: number;
  readonly byModel: Readonly<Record<string, ClassSums>>;
}

/** Adds up what a set holds while it is written. */
export class Tally {
  bytes = 0;
  files = 0;
  sessions = 0;
  subAgents = 0;
  receipts = 0;
  readonly #byModel: Record<string, ClassSums> = {};

  add(model: string, usage: Usage): void {
    this.receipts++;
    const sums = this.#byModel[model] ?? {
      uncachedInput: 0,
      cacheRead: 0,
      cacheWrite5m: 0,
      cacheWrite1h: 0,
      output: 0,
    };
    this.#byModel[model] = sums;
    sums.uncachedInput += usage.input_tokens;
    sums.cacheRead += usage.cache_read_input_tokens;
    sums.cacheWrite5m += usage.cache_creation.ephemeral_5m_input_tokens;
    sums.cacheWrite1h += usage.cache_creation.ephemeral_1h_input_tokens;
    sums.output += usage.output_tokens;
  }

  result(): ExpectedTotals {
    const { bytes, files, sessions, subAgents, receipts } = this;
    return { bytes, files, sessions, subAgents, receipts, byModel: this.#byModel };
  }
}

interface Usage {
  readonly input_tokens: number;
  readonly cache_creation_input_tokens: number;
  readonly cache_read_input_tokens: number;
  readonly cache_creation: {
    readonly ephemeral_5m_input_tokens: number;
    readonly ephemeral_1h_input_tokens: number;
  };
  readonly output_tokens: number;
  readonly service_tier: 'standard';
}

export interface TranscriptOptions {
  readonly cwd: string;
  readonly sessionId: string;
  readonly model: string;
  readonly startMs: number;
  /** Set for a sub-agent. */
  readonly agentId?: string;
}

export type Length = { readonly turns: number } | { readonly bytes: number };

const headLines = 120;

/** One log: a session of its own, or one sub-agent. */
export class Transcript {
  readonly sessionId: string;
  readonly model: string;
  /** The first lines, for a session that goes on from here. */
  readonly head: string[] = [];
  nowMs: number;
  readonly #random: Random;
  readonly #tally: Tally;
  readonly #options: TranscriptOptions;
  #lines: string[] = [];
  #parent: string | null = null;
  #contextTokens: number;

  constructor(random: Random, tally: Tally, options: TranscriptOptions) {
    this.#random = random;
    this.#tally = tally;
    this.#options = options;
    this.sessionId = options.sessionId;
    this.model = options.model;
    this.nowMs = options.startMs;
    this.#contextTokens = random.whole(12_000, 20_000);
  }

  /** @param length turns, or bytes that are filled up with turns */
  async write(path: string, length: Length, inherited: readonly string[] = []): Promise<void> {
    await mkdir(dirname(path), { recursive: true });
    const stream = createWriteStream(path);
    let bytes = 0;
    const flush = async (): Promise<void> => {
      const text = this.#lines.map((line) => `${line}\n`).join('');
      bytes += Buffer.byteLength(text);
      this.#lines = [];
      if (!stream.write(text)) await once(stream, 'drain');
    };
    this.#lines.push(...inherited);
    const isFull = (turn: number) => ('turns' in length ? turn >= length.turns : bytes >= length.bytes);
    for (let turn = 0; !isFull(turn); turn++) {
      this.#turn();
      await flush();
    }
    this.#tally.bytes += bytes;
    stream.end();
    await finished(stream);
    this.#tally.files++;
  }

  #turn(): void {
    const random = this.#random;
    this.#line('user', { message: { role: 'user', content: this.#text(40, 1_500) } });
    for (let calls = random.whole(1, 6); calls > 0; calls--) {
      if (random.chance(0.004)) this.#failedCall();
      const toolUseId = this.#reply();
      const result = this.#text(500, 16_000);
      this.#line('user', {
        message: {
          role: 'user',
          content: [{ tool_use_id: toolUseId, type: 'tool_result', content: result }],
        },
        toolUseResult: { stdout: result.slice(0, 200), stderr: '', interrupted: false },
      });
    }
  }

  /**
   * One response in one to four lines that repeat its ids; only the last knows the whole output, and calls a tool.
   * Returns the id of the call.
   */
  #reply(): string {
    const random = this.#random;
    const toolUseId = `toolu_${random.hex(20)}`;
    const ids = { requestId: `req_${random.hex(24)}` };
    const id = `msg_${random.hex(24)}`;
    const usage = this.#usage(random.whole(60, 3_500));
    for (let block = random.whole(1, 4); block > 0; block--) {
      const isLast = block === 1;
      const output_tokens = isLast ? usage.output_tokens : Math.min(usage.output_tokens, random.whole(1, 8));
      this.#line('assistant', {
        ...ids,
        message: {
          model: this.model,
          id,
          type: 'message',
          role: 'assistant',
          content: [this.#block(isLast ? toolUseId : null)],
          stop_reason: isLast ? 'tool_use' : null,
          stop_sequence: null,
          usage: { ...usage, output_tokens },
        },
      });
    }
    this.#tally.add(this.model, usage);
    return toolUseId;
  }

  #usage(output_tokens: number): Usage {
    const written = this.#random.whole(300, 9_000);
    const isOneHour = this.#options.agentId === undefined && this.#random.chance(0.5);
    const usage: Usage = {
      input_tokens: this.#random.whole(1, 40),
      cache_creation_input_tokens: written,
      cache_read_input_tokens: this.#contextTokens,
      cache_creation: {
        ephemeral_5m_input_tokens: isOneHour ? 0 : written,
        ephemeral_1h_input_tokens: isOneHour ? written : 0,
      },
      output_tokens,
      service_tier: 'standard',
    };
    this.#contextTokens += written;
    if (this.#contextTokens >= 190_000) this.#contextTokens = this.#random.whole(15_000, 25_000);
    return usage;
  }

  /** @param toolUseId of a call, or `null` for what the model says or thinks */
  #block(toolUseId: string | null): object {
    const random = this.#random;
    if (toolUseId !== null) {
      return {
        type: 'tool_use',
        id: toolUseId,
        name: random.pick(toolNames),
        input: {
          file_path: `${this.#options.cwd}/src/f${random.whole(0, 400)}.ts`,
          content: this.#text(20, 4_000),
        },
      };
    }
    return random.chance(0.4)
      ? { type: 'thinking', thinking: this.#text(300, 3_000), signature: random.hex(300) }
      : { type: 'text', text: this.#text(50, 2_500) };
  }

  #failedCall(): void {
    this.#line('assistant', {
      isApiErrorMessage: true,
      message: {
        id: uuid(this.#random),
        model: '<synthetic>',
        role: 'assistant',
        type: 'message',
        stop_reason: 'stop_sequence',
        usage: {
          input_tokens: 0,
          output_tokens: 0,
          cache_creation_input_tokens: 0,
          cache_read_input_tokens: 0,
        },
        content: [{ type: 'text', text: 'API Error: 529 overloaded' }],
      },
    });
  }

  #line(type: string, rest: object): void {
    this.nowMs += this.#random.whole(500, 20_000);
    const id = uuid(this.#random);
    const { agentId, cwd, sessionId } = this.#options;
    const line = JSON.stringify({
      parentUuid: this.#parent,
      isSidechain: agentId !== undefined,
      ...(agentId === undefined ? {} : { agentId }),
      userType: 'external',
      cwd,
      sessionId,
      version: '2.1.40',
      gitBranch: 'main',
      type,
      uuid: id,
      timestamp: new Date(this.nowMs).toISOString(),
      ...rest,
    });
    this.#parent = id;
    this.#lines.push(line);
    if (this.head.length < headLines) this.head.push(line);
  }

  #text(low: number, high: number): string {
    const length = this.#random.whole(low, high);
    const from = this.#random.whole(0, filler.length - length);
    return filler.slice(from, from + length);
  }
}

export function uuid(random: Random): string {
  return `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-a${random.hex(3)}-${random.hex(12)}`;
}
