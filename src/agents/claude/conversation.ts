/** What the lines of a transcript show of the prompts that Claude Code sent. */

import type { Passage } from '../../domain/conversation.ts';
import { hasUnknown, promptTokens } from '../../domain/tokens.ts';
import type { ConversationParser, ConversationReader } from '../conversation.ts';
import {
  fieldOf,
  idOf,
  isTrue,
  type LogRecord,
  nameOf,
  parseRecord,
  recordOf,
  recordsOf,
  textOf,
  timeOf,
} from '../fields.ts';
import { attachmentPassages } from './attachments.ts';
import { contentPassages, gap } from './contents.ts';
import { receiptsOf } from './receipts.ts';

export const claudeConversations: ConversationReader = {
  open: () => new TranscriptConversation(),
};

/** Lines that a later one may follow, at most. */
const mostLines = 2_000;

class TranscriptConversation implements ConversationParser {
  readonly #lines = new Set<string>();
  #projectPath: string | null = null;
  #hasThought = false;
  #isAside = false;
  #rendersAttachments = false;
  #hasReplied = false;

  read(line: string): readonly Passage[] {
    const record = parseRecord(line);
    return record === null ? gap : this.#take(record, line);
  }

  #take(record: LogRecord, text: string): readonly Passage[] {
    const passages = this.#passagesOf(record, text);
    const isBroken = !this.#follows(record) || this.#changesSides(record);
    return isBroken ? [...gap, ...passages] : passages;
  }

  #passagesOf(record: LogRecord, text: string): readonly Passage[] {
    switch (nameOf(record, 'type')) {
      case 'user':
        return this.#takeUser(record);
      case 'assistant':
        return this.#takeReply(record, text);
      case 'attachment':
        return this.#takeAttachment(record);
      case 'system':
        return nameOf(record, 'subtype') === 'compact_boundary' ? gap : [];
      default:
        return [];
    }
  }

  /** A rewound conversation goes on from a line further up: what lay between was taken back. */
  #follows(record: LogRecord): boolean {
    const own = idOf(record, 'uuid');
    if (own === null) return true;
    const parent = idOf(record, 'parentUuid');
    const follows = this.#lines.size === 0 || (parent !== null && this.#lines.has(parent));
    if (!follows || this.#lines.size >= mostLines) this.#lines.clear();
    this.#lines.add(own);
    return follows;
  }

  /** A side chain is a conversation of its own, with a system prompt of its own. */
  #changesSides(record: LogRecord): boolean {
    if (idOf(record, 'uuid') === null) return false;
    const wasAside = this.#isAside;
    this.#isAside = isTrue(record, 'isSidechain');
    return this.#isAside !== wasAside;
  }

  #takeUser(record: LogRecord): readonly Passage[] {
    const message = recordOf(record, 'message');
    if (message === null || isTrue(record, 'isCompactSummary')) return gap;
    this.#projectPath ??= textOf(record, 'cwd');
    const isResult = recordsOf(message, 'content').some((block) => nameOf(block, 'type') === 'tool_result');
    const passages = contentPassages(fieldOf(message, 'content'));
    // Models differ in whether they are sent their thoughts again once a person has spoken.
    const losesThoughts = this.#hasThought && !isResult;
    if (losesThoughts) this.#hasThought = false;
    return losesThoughts ? [...gap, ...passages] : passages;
  }

  #takeReply(record: LogRecord, text: string): readonly Passage[] {
    const message = recordOf(record, 'message');
    const atMs = timeOf(record, 'timestamp');
    if (message === null) return gap;
    const receipts = receiptsOf({
      line: record,
      message,
      text,
      sessionKey: '',
      claim: 'own',
      atMs,
      turn: null,
    });
    const [receipt] = typeof receipts === 'string' ? [] : receipts;
    if (receipt === undefined || hasUnknown(receipt.tokens)) return gap;
    // Of several requests no prompt is told.
    if (receipt.circumstances.contextTokens !== undefined) return gap;
    this.#hasThought ||= thinks(message) || (receipt.tokens.reasoning ?? 0) > 0;
    const { id, model, tokens } = receipt;
    const reply: Passage = {
      kind: 'reply',
      id,
      model,
      atMs: receipt.atMs,
      projectPath: this.#projectPath,
      promptTokens: promptTokens(tokens),
      outputTokens: tokens.output ?? 0,
    };
    return [...this.#beforeReply(), reply, ...(isPlain(message) ? [] : gap)];
  }

  /** The first prompt holds instruction files, which are the person's; some versions do not log them. */
  #beforeReply(): readonly Passage[] {
    const isUnsure = !this.#hasReplied && !this.#rendersAttachments;
    this.#hasReplied = true;
    return isUnsure ? gap : [];
  }

  /** Versions that log attachments as they were sent log what was sent of each. */
  #takeAttachment(record: LogRecord): readonly Passage[] {
    this.#rendersAttachments ||= recordsOf(record, 'rendered').length > 0;
    return attachmentPassages(record, this.#rendersAttachments);
  }
}

function thinks(message: LogRecord): boolean {
  return recordsOf(message, 'content').some((block) => /thinking$/.test(nameOf(block, 'type')));
}

/** What tools of the provider's returned goes into the next prompt without being output. */
function isPlain(message: LogRecord): boolean {
  return recordsOf(message, 'content').every((block) =>
    /^(?:text|tool_use|(?:redacted_)?thinking)$/.test(nameOf(block, 'type')),
  );
}
