/** What Claude Code adds to a prompt besides what was typed and what tools returned. */

import type { Passage } from '../../domain/conversation.ts';
import { fieldOf, type LogRecord, nameOf, recordOf, recordsOf } from '../fields.ts';
import { contentPassages, gap } from './contents.ts';

/** Attachments that put the person's own texts into the prompt. All others are the agent's. */
const ofPerson = new Set(['instructions', 'nested_memory', 'queued_command', 'file', 'edited_text_file']);

/** Attachments that record something and send nothing. */
const unsent = new Set(['prompt_snapshot', 'command_permissions', 'session_context']);

const noRecord: LogRecord = {};

/** @param rendersAll the log holds what was sent of each attachment that sent anything */
export function attachmentPassages(line: LogRecord, rendersAll: boolean): readonly Passage[] {
  const attachment = recordOf(line, 'attachment') ?? noRecord;
  const type = nameOf(attachment, 'type');
  const author = ofPerson.has(type) ? 'conversation' : 'agent';
  const rendered = recordsOf(line, 'rendered');
  if (rendered.length > 0)
    return rendered.flatMap((part) => contentPassages(fieldOf(part, 'content'), author));
  if (rendersAll || unsent.has(type)) return [];
  return type === 'queued_command' ? contentPassages(fieldOf(attachment, 'prompt'), author) : gap;
}
