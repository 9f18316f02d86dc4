/**
 * Reads the history of Aider's chats: what was said, and after each answer a line that tells people what it took. Only
 * the beginning of a chat bears a time, which is local and names no zone.
 */

import type { Receipt } from '../../domain/receipt.ts';
import { type SessionFacts, toTitle } from '../../domain/session.ts';
import { dollarsOf, epochMsOf } from '../fields.ts';
import { toReceipt } from '../ownReceipt.ts';
import type { JsonValue, LogFile, LogLine, LogParser, Sink } from '../reader.ts';
import { type Measured, measuredOf, measurementsBeside, type Printed } from './analytics.ts';
import { type Editing, endPrompt, hearAnswer, hearPrompt, newEditing } from './editing.ts';
import { toUsage, type Usage } from './usage.ts';

export interface Memory {
  /** When the chat began, as logged; `null` before any has. */
  chat: string | null;
  startedMs: number;
  model: string;
  editing: Editing;
  /** Aider was told to wait for whole answers, which bear the provider's counts. */
  isWhole: boolean;
  hasTitle: boolean;
  wasPrompt: boolean;
  turn: number;
  answers: number;
  /** When the message was measured that was known last; 0 for none of this chat. */
  measuredMs: number;
  /** Usage whose cost stands on the next line, if it has one. */
  waiting: Usage | null;
}

const header = /^# aider chat started at (\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)\s*$/;
const model = /^> (?:Main model|Model): (\S{1,200}) with /;
/** Stands below the main model, in architect mode alone. */
const editor = /^> Editor model: (\S{1,200}) with /;
/** The command line that Aider was started with, which stands before the first prompt. */
const wholeAnswers = /^> .*aider.* --no-stream(?:\s|$)/;
const tokens = /^> Tokens: (.{1,200})/;
const cost = /Cost: \$([\d.,]{1,20}) message(?:, \$([\d.,]{1,20}) session)?/;
const prompt = /^#### (.*)/;
const headBytes = 2_048;

export class HistoryParser implements LogParser {
  readonly #log: LogFile;
  readonly #memory: Memory;
  #measurements: readonly Measured[] | undefined;

  constructor(log: LogFile, saved?: Memory) {
    this.#log = log;
    this.#memory = structuredClone(saved) ?? newMemory();
  }

  save(): JsonValue {
    return structuredClone(this.#memory) as unknown as JsonValue;
  }

  read(line: LogLine, sink: Sink): void {
    const first = line.head(1);
    const memory = this.#memory;
    const isText = first !== '#' && first !== '>';
    if (isText && memory.waiting === null && memory.editing.editor === '') memory.wasPrompt = false;
    else this.#takeLine(line.byteLength > headBytes ? line.head(headBytes) : line.text(), sink);
  }

  #takeLine(text: string, sink: Sink): void {
    this.#takeWaiting(text, sink);
    const asked = prompt.exec(text)?.[1];
    this.#listen(text, asked);
    const usage = tokens.exec(text)?.[1];
    if (asked !== undefined) this.#takePrompt(asked, sink);
    else if (usage !== undefined) this.#takeUsage(usage, sink);
    else this.#takeOther(text, sink);
    this.#memory.wasPrompt = asked !== undefined;
  }

  #listen(text: string, asked: string | undefined): void {
    const { editing, wasPrompt } = this.#memory;
    if (editing.editor === '') return;
    if (asked !== undefined) hearPrompt(editing, asked, !wasPrompt);
    // The architect's answer is no prompt of the user's.
    else if (wasPrompt && endPrompt(editing)) this.#memory.turn--;
    if (asked === undefined) hearAnswer(editing, text);
  }

  #takeOther(text: string, sink: Sink): void {
    const memory = this.#memory;
    const [, day, time] = header.exec(text) ?? [];
    if (day !== undefined && time !== undefined) {
      this.#begin(day, time, sink);
      return;
    }
    const main = model.exec(text)?.[1];
    if (main !== undefined) Object.assign(memory, { model: main, editing: newEditing() });
    const editing = editor.exec(text)?.[1];
    if (editing !== undefined) memory.editing = newEditing(editing);
    if (memory.turn === 0 && wholeAnswers.test(text)) memory.isWhole = true;
  }

  #begin(day: string, time: string, sink: Sink): void {
    const startedMs = epochMsOf({ ms: new Date(`${day}T${time}`).getTime() }, 'ms');
    if (startedMs === null) {
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
    const projectPath = this.#log.folder;
    if (key === null) return;
    sink.session({ agent: 'aider', key, atMs, ...facts, ...(projectPath !== undefined && { projectPath }) });
  }

  #takeUsage(text: string, sink: Sink): void {
    const memory = this.#memory;
    // By the main model whoever answered: what the message is known by hangs on it.
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

  #tell(usage: Usage, printedCost: Printed['cost'], sink: Sink): void {
    const { chat, startedMs, turn, answers } = this.#memory;
    if (chat === null) return;
    const measured = this.#measure(usage, printedCost);
    const hasCache = usage.cacheRead > 0 || usage.cacheWrite > 0;
    const isMeasured = measured !== null && !hasCache;
    this.#tellFacts({}, sink);
    sink.receipt(
      toReceipt({
        agent: 'aider',
        response: `${chat}/${answers}/${usage.mark}`,
        sessionKey: chat,
        atMs: measured?.atMs ?? startedMs,
        model: this.#answering(),
        tokens: {
          ...countsOf(
            isMeasured ? { ...usage, uncachedInput: measured.sent, output: measured.output } : usage,
          ),
          cacheWrite5m: 0,
          cacheWrite1h: 0,
          reasoning: null,
        },
        reportedCost: measured?.cost ?? dollarsOf({ cost: printedCost?.message }, 'cost'),
        quality: this.#qualityOf(hasCache, isMeasured),
        circumstances: { turn },
      }),
    );
  }

  #answering(): string {
    const { model, editing } = this.#memory;
    return editing.isEditing ? editing.editor : model;
  }

  /**
   * Of an answer that is streamed Aider gets no counts of the provider and takes its own, with nothing of a cache. It
   * streams unless it is told not to; where a file of settings tells it, no history shows that.
   */
  #qualityOf(hasCache: boolean, isMeasured: boolean): Receipt['quality'] {
    if (!this.#memory.isWhole && !hasCache) return 'estimated';
    return isMeasured ? 'exact' : 'rounded';
  }

  #measure({ sent, output }: Usage, cost: Printed['cost']): Measured | null {
    const { startedMs, measuredMs: afterMs } = this.#memory;
    const model = this.#answering();
    this.#measurements ??= measurementsBeside(this.#log);
    const measured = measuredOf(this.#measurements, { model, sent, output, cost, startedMs, afterMs });
    this.#memory.measuredMs = measured?.atMs ?? afterMs;
    return measured;
  }
}

function countsOf({ uncachedInput, cacheRead, cacheWrite, output }: Usage) {
  return { uncachedInput, cacheRead, cacheWriteUnknown: cacheWrite, output };
}

function costIn(text: string): Printed['cost'] {
  const [message, session] = (cost.exec(text)?.slice(1) ?? []).map((amount) => amount?.replaceAll(',', ''));
  return message === undefined ? null : { message, session: session ?? null };
}

function newMemory(): Memory {
  return {
    chat: null,
    startedMs: 0,
    model: '',
    editing: newEditing(),
    isWhole: false,
    hasTitle: false,
    wasPrompt: false,
    turn: 0,
    answers: 0,
    measuredMs: 0,
    waiting: null,
  };
}
