/** What is set for a turn of a thread. */

import { type LogRecord, nameOf, recordOf, textOf } from '../fields.ts';

export interface Turn {
  /** `null` in versions that give turns no ids. */
  readonly id: string | null;
  readonly model: string;
  readonly effort: string;
  /** Working directory; empty where the log does not tell. */
  readonly projectPath: string;
}

export const noTurn: Turn = { id: null, model: '', effort: '', projectPath: '' };

const noRecord: LogRecord = {};

/** @param context a `turn_context` */
export function toTurn(context: LogRecord, id: string | null): Turn {
  const mode = recordOf(context, 'collaboration_mode') ?? noRecord;
  const settings = recordOf(mode, 'settings') ?? noRecord;
  return {
    id,
    model: nameOf(context, 'model'),
    effort: nameOf(context, 'effort') || nameOf(settings, 'reasoning_effort'),
    projectPath: textOf(context, 'cwd') ?? '',
  };
}
