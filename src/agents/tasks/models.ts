/** Which model answered, where the record of usage does not say it. */

import {
  epochMsOf,
  fieldOf,
  idOf,
  type LogRecord,
  nameOf,
  parseRecords,
  recordOf,
  recordsOf,
  textOf,
} from '../fields.ts';
import type { LogFile } from '../reader.ts';

interface Mention {
  readonly model: string;
  readonly atMs: number | null;
}

const modelTag = /<model>([^<\n]{1,200})<\/model>/;

/** The models of a task by time. The files beside it are looked at when the first record asks. */
export class TaskModels {
  readonly #log: LogFile;
  readonly #taskId: string;
  #mentions: readonly Mention[] | undefined;

  constructor(log: LogFile, taskId: string) {
    this.#log = log;
    this.#taskId = taskId;
  }

  /** The model that was told of nearest to a time; empty where there is none. */
  at(atMs: number): string {
    this.#mentions ??= this.#find();
    const distance = (mention: Mention) => Math.abs((mention.atMs ?? atMs) - atMs);
    const [first, ...others] = this.#mentions;
    if (first === undefined) return '';
    return others.reduce((best, mention) => (distance(mention) <= distance(best) ? mention : best), first)
      .model;
  }

  #find(): readonly Mention[] {
    const messages = parseRecords(this.#log.beside?.('api_conversation_history.json') ?? '') ?? [];
    const mentions = messages.flatMap((message) => {
      const model = modelOf(message);
      return model === '' ? [] : [{ model, atMs: epochMsOf(message, 'ts') }];
    });
    return mentions.length > 0 ? mentions : this.#listed();
  }

  #listed(): readonly Mention[] {
    const items = parseRecords(this.#log.beside?.('../../state/taskHistory.json') ?? '') ?? [];
    const item = items.find((each) => idOf(each, 'id') === this.#taskId);
    const model = item === undefined ? '' : nameOf(item, 'modelId');
    return model === '' ? [] : [{ model, atMs: null }];
  }
}

function modelOf(message: LogRecord): string {
  const named = nameOf(recordOf(message, 'modelInfo') ?? {}, 'modelId');
  return (
    named ||
    textsOf(message)
      .map((text) => modelTag.exec(text)?.[1]?.trim() ?? '')
      .find((model) => model !== '') ||
    ''
  );
}

function textsOf(message: LogRecord): readonly string[] {
  const content = fieldOf(message, 'content');
  if (typeof content === 'string') return [content];
  return recordsOf(message, 'content').map((part) => textOf(part, 'text') ?? '');
}
