/** The two ways in which a chat of Gemini CLI, or of a program made from it, is kept: as lines, before that as a whole. */

import type { AgentId } from '../../domain/agent.ts';
import { parseRecord } from '../fields.ts';
import type { DocumentFormat, LineFormat, LogLine, LogParser, Sink } from '../reader.ts';
import { takeChat, takeRecord } from './chat.ts';
import { type Memory, newMemory } from './memory.ts';
import { placeOf } from './place.ts';

export function chatLines(agent: AgentId): LineFormat {
  return {
    kind: 'lines',
    open(log, saved) {
      // What the same version of a reader saved needs no check.
      const known = structuredClone(saved) as Memory | undefined;
      return chatParser(known ?? newMemory(agent, placeOf(log.relativePath)));
    },
  };
}

export function chatDocument(agent: AgentId): DocumentFormat {
  return {
    kind: 'document',
    read(log, document, sink) {
      const chat = parseRecord(document.text());
      if (chat === null) sink.refuse('malformed');
      else takeChat(newMemory(agent, placeOf(log.relativePath)), chat, sink);
    },
  };
}

function chatParser(memory: Memory): LogParser {
  return {
    read: (line, sink) => readLine(memory, line, sink),
    save: () => ({ ...memory }),
  };
}

const headBytes = 192;

/** What a tool gave back stands in the call, too, and is often long. */
const toolResult = /^\{"id":"[^"]*","timestamp":"[^"]*","type":"user","content":\[\{"functionResponse":/;

function readLine(memory: Memory, line: LogLine, sink: Sink): void {
  if (toolResult.test(line.head(headBytes)) && !line.has('"tokens"')) return;
  const record = parseRecord(line.text());
  if (record === null) sink.refuse('malformed');
  else takeRecord(memory, record, sink);
}
