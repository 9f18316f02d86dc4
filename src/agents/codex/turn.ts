/** What is set for a turn of a thread. */

import { type LogRecord, nameOf, recordOf, textOf } from '../fields.ts';

export interface Turn {
  /** `null` in versions that give turns no ids. */
  readonly id: string | null;
  readonly model: string;
  readonly effort: string;
  /** Working directory; empty where the log does not tell. */
  readonly projectPath: string;
  /** As it was set when the turn began, whatever is set meanwhile; `null` where no beginning was told. */
  readonly serviceTier: string | null;
}

export const noTurn: Turn = { id: null, model: '', effort: '', projectPath: '', serviceTier: null };

const noRecord: LogRecord = {};

/**
 * @param context a `turn_context`
 * @param serviceTier that turns begin with now
 */
export function toTurn(context: LogRecord, id: string | null, serviceTier: string): Turn {
  const mode = recordOf(context, 'collaboration_mode') ?? noRecord;
  const settings = recordOf(mode, 'settings') ?? noRecord;
  return {
    id,
    model: nameOf(context, 'model'),
    effort: nameOf(context, 'effort') || nameOf(settings, 'reasoning_effort'),
    projectPath: textOf(context, 'cwd') ?? '',
    serviceTier,
  };
}
