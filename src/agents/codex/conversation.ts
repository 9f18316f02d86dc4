/** What the lines of a rollout show of the prompts that Codex sent. Only versions that log each response are read. */

import type { Passage } from '../../domain/conversation.ts';
import type { ConversationParser, ConversationReader } from '../conversation.ts';
import {
  fieldOf,
  idOf,
  type LogRecord,
  nameOf,
  parseRecord,
  recordOf,
  recordsOf,
  textOf,
  timeOf,
} from '../fields.ts';
import { toUsage } from './usage.ts';

export const codexConversations: ConversationReader = {
  open: () => new RolloutConversation(),
};

const gap: readonly Passage[] = [{ kind: 'gap' }];

/** Items of the model's own, which its output has counted. */
const replied = new Set([
  'reasoning',
  'function_call',
  'custom_tool_call',
  'local_shell_call',
  'tool_search_call',
]);

/** Context that Codex puts into the user's mouth by itself; instruction files are the person's. */
const injected = /^\s*<(?:environment_context|permissions|skills_instructions)/;

class RolloutConversation implements ConversationParser {
  #threadId: string | null = null;
  #projectPath: string | null = null;
  #model = '';

  read(line: string): readonly Passage[] {
    const record = parseRecord(line);
    const payload = record === null ? null : recordOf(record, 'payload');
    if (record === null || payload === null) return gap;
    switch (nameOf(record, 'type')) {
      case 'session_meta':
        return this.#takeMeta(payload);
      case 'turn_context':
        this.#model = nameOf(payload, 'model');
        return [];
      case 'response_item':
        return itemPassages(payload);
      case 'token_usage_record':
        return this.#takeUsage(payload, timeOf(record, 'timestamp'));
      case 'compacted':
        return gap;
      default:
        return nameOf(payload, 'type') === 'thread_rolled_back' ? gap : [];
    }
  }

  /** A fork or a sub-agent begins with what another thread sent. */
  #takeMeta(meta: LogRecord): readonly Passage[] {
    const isFirst = this.#threadId === null;
    this.#threadId ??= idOf(meta, 'id') ?? idOf(meta, 'session_id');
    this.#projectPath ??= textOf(meta, 'cwd');
    const isOwn = ['forked_from_id', 'parent_thread_id'].every((name) => idOf(meta, name) === null);
    const isByPerson = ['', 'user'].includes(nameOf(meta, 'thread_source'));
    return isFirst && isOwn && isByPerson ? [] : gap;
  }

  #takeUsage(record: LogRecord, atMs: number | null): readonly Passage[] {
    const logged = recordOf(record, 'usage');
    const usage = logged === null ? 'malformed' : toUsage(logged);
    const response = idOf(record, 'response_id');
    const isOwn = this.#threadId === null || [null, this.#threadId].includes(idOf(record, 'thread_id'));
    if (typeof usage === 'string' || response === null || atMs === null || !isOwn) return gap;
    const [promptTokens, , , outputTokens] = usage;
    if (promptTokens === null || outputTokens === null) return gap;
    const id = { response, request: '' };
    const projectPath = this.#projectPath;
    return [{ kind: 'reply', id, model: this.#model, atMs, projectPath, promptTokens, outputTokens }];
  }
}

function itemPassages(item: LogRecord): readonly Passage[] {
  const type = nameOf(item, 'type');
  if (replied.has(type)) return [];
  if (type === 'message') return messagePassages(item);
  const output = fieldOf(item, 'output');
  return typeof output === 'string' && type.endsWith('_call_output')
    ? [{ kind: 'text', author: 'conversation', text: output }]
    : gap;
}

function messagePassages(message: LogRecord): readonly Passage[] {
  const role = nameOf(message, 'role');
  if (role === 'assistant') return [];
  return recordsOf(message, 'content').flatMap((part): readonly Passage[] => {
    const text = textOf(part, 'text');
    if (text === null) return gap;
    const isPerson = role === 'user' && !injected.test(text);
    return [{ kind: 'text', author: isPerson ? 'conversation' : 'agent', text }];
  });
}
