/** Reads what Cline's second engine says of a session as a whole. Its sums repeat those of the messages. */

import { toTitle } from '../../domain/session.ts';
import { fieldOf, idOf, type LogRecord, nameOf, parseRecord, recordOf, textOf, timeOf } from '../fields.ts';
import { toHumanPrompt } from '../prompts.ts';
import type { LogLine, Sink } from '../reader.ts';

const noRecord: LogRecord = {};

export function readManifest(document: LogLine, sink: Sink): void {
  const manifest = parseRecord(document.text());
  if (manifest === null) {
    sink.refuse('malformed');
    return;
  }
  const key = idOf(manifest, 'session_id');
  if (key === null) return;
  const metadata = recordOf(manifest, 'metadata') ?? noRecord;
  const parentKey = idOf(manifest, 'parent_session_id');
  const projectPath = textOf(manifest, 'cwd') ?? textOf(manifest, 'workspace_root');
  const gitBranch = nameOf(recordOf(metadata, 'git') ?? noRecord, 'branch');
  const atMs = timeOf(manifest, 'ended_at') ?? timeOf(manifest, 'started_at');
  sink.session({
    agent: 'cline',
    key,
    ...titleOf(manifest, metadata),
    ...(parentKey !== null && parentKey !== key && { parentKey }),
    ...(projectPath !== null && { projectPath }),
    ...(gitBranch !== '' && { gitBranch }),
    ...(atMs !== null && { atMs }),
    ...(fieldOf(manifest, 'status') !== null && { isTurnOpen: nameOf(manifest, 'status') === 'running' }),
  });
}

function titleOf(manifest: LogRecord, metadata: LogRecord) {
  const named = toTitle(textOf(metadata, 'title') ?? '');
  const prompt = toTitle(toHumanPrompt(textOf(manifest, 'prompt') ?? '') ?? '');
  if (named !== undefined) return { title: { text: named, source: 'generated' as const } };
  return prompt === undefined ? {} : { title: { text: prompt, source: 'prompt' as const } };
}
