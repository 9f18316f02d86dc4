/**
 * Reads the history of Aider's chats: what was said, and after each answer a line that tells people what it took. Only
 * the beginning of a chat bears a time, which is local and names no zone.
 */

import type { Pico } from '../../domain/money.ts';
import { type SessionFacts, toTitle } from '../../domain/session.ts';
import { dollarsOf } from '../fields.ts';
import { toReceipt } from '../ownReceipt.ts';
import type { JsonValue, LogFile, LogLine, LogParser, Sink } from '../reader.ts';
import { toUsage, type Usage } from './usage.ts';

export interface Memory {
  /** When the chat began, as logged; `null` before any has. */
  chat: string | null;
  startedMs: number;
  model: string;
  hasTitle: boolean;
  wasPrompt: boolean;
  turn: number;
  answers: number;
  /** Usage whose cost stands on the next line, if it has one. */
  waiting: Usage | null;
}

const header = /^# aider chat started at (\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)\s*$/;
const model = /^> (?:Main model|Model): (\S{1,200}) with /;
const tokens = /^> Tokens: (.{1,200})/;
const cost = /Cost: \$([\d.,]{1,20}) message\b/;
const prompt = /^#### (.*)/;
const headBytes = 2_048;

export class HistoryParser implements LogParser {
  readonly #folder: string | undefined;
  readonly #memory: Memory;

  constructor(log: LogFile, saved?: Memory) {
    this.#folder = log.folder;
    this.#memory = structuredClone(saved) ?? newMemory();
  }

  save(): JsonValue {
    return structuredClone(this.#memory) as unknown as JsonValue;
  }

  read(line: LogLine, sink: Sink): void {
    const first = line.head(1);
    const isText = first !== '#' && first !== '>';
    if (isText) this.#memory.wasPrompt = false;
    if (isText && this.#memory.waiting === null) return;
    const text = line.byteLength > headBytes ? line.head(headBytes) : line.text();
    this.#takeWaiting(text, sink);
    const usage = tokens.exec(text)?.[1];
    if (usage !== undefined) this.#takeUsage(usage, sink);
    else this.#takeOther(text, sink);
  }

  #takeOther(text: string, sink: Sink): void {
    const memory = this.#memory;
    const [, day, time] = header.exec(text) ?? [];
    if (day !== undefined && time !== undefined) {
      this.#begin(day, time, sink);
      return;
    }
    const asked = prompt.exec(text)?.[1];
    if (asked !== undefined) this.#takePrompt(asked, sink);
    memory.wasPrompt = asked !== undefined;
    memory.model = model.exec(text)?.[1] ?? memory.model;
  }

  #begin(day: string, time: string, sink: Sink): void {
    const startedMs = new Date(`${day}T${time}`).getTime();
    if (Number.isNaN(startedMs)) {
      sink.refuse('implausible');
      return;
    }
    Object.assign(this.#memory, newMemory(), { chat: `${day} ${time}`, startedMs });
  }

  /** Each line of a prompt is marked; commands are prompts too. */
  #takePrompt(asked: string, sink: Sink): void {
    const memory = this.#memory;
    if (memory.chat === null) return;
    if (!memory.wasPrompt) memory.turn++;
    const title = memory.hasTitle || asked.startsWith('/') ? undefined : toTitle(asked);
    if (title === undefined) return;
    memory.hasTitle = true;
    this.#tellFacts({ title: { text: title, source: 'prompt' } }, sink);
  }

  #tellFacts(facts: Pick<SessionFacts, 'title'>, sink: Sink): void {
    const { chat: key, startedMs: atMs } = this.#memory;
    const projectPath = this.#folder;
    if (key === null) return;
    sink.session({ agent: 'aider', key, atMs, ...facts, ...(projectPath !== undefined && { projectPath }) });
  }

  #takeUsage(text: string, sink: Sink): void {
    const memory = this.#memory;
    const usage = toUsage(text, memory.model);
    if (usage === null || memory.chat === null) {
      sink.refuse('malformed');
      return;
    }
    memory.answers++;
    // Aider breaks the line where it tells of both.
    if (usage.cacheRead > 0 && usage.cacheWrite > 0) memory.waiting = usage;
    else this.#tell(usage, costIn(text), sink);
  }

  #takeWaiting(text: string, sink: Sink): void {
    const { waiting } = this.#memory;
    if (waiting === null) return;
    this.#memory.waiting = null;
    this.#tell(waiting, text.startsWith('> Cost:') ? costIn(text) : null, sink);
  }

  #tell(
    { uncachedInput, cacheRead, cacheWrite, output }: Usage,
    reportedCost: Pico | null,
    sink: Sink,
  ): void {
    const { chat, startedMs, turn, answers } = this.#memory;
    if (chat === null) return;
    const counts = { uncachedInput, cacheRead, cacheWriteUnknown: cacheWrite, output };
    this.#tellFacts({}, sink);
    sink.receipt(
      toReceipt({
        agent: 'aider',
        response: `${chat}/${answers}/${Object.values(counts).join('.')}`,
        sessionKey: chat,
        atMs: startedMs,
        model: this.#memory.model,
        tokens: { ...counts, cacheWrite5m: 0, cacheWrite1h: 0, reasoning: null },
        reportedCost,
        quality: 'rounded',
        circumstances: { turn },
      }),
    );
  }
}

function costIn(text: string): Pico | null {
  return dollarsOf({ cost: cost.exec(text)?.[1]?.replaceAll(',', '') }, 'cost');
}

function newMemory(): Memory {
  return {
    chat: null,
    startedMs: 0,
    model: '',
    hasTitle: false,
    wasPrompt: false,
    turn: 0,
    answers: 0,
    waiting: null,
  };
}
