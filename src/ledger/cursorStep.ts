/** A step of a log's cursor. Stored together with what was read on the way, or not at all. */

import type { RefusalReason } from '../domain/refusal.ts';
import type { Source } from './source.ts';

export interface CursorStep {
  /** Revision of the stored source from which was read; 0 where there is none. */
  readonly fromRevision: number;
  /** Path under which the source is stored. */
  readonly fromPath: string;
  readonly source: Source;
  /** The log was read from its start: what was refused in it before counts no longer. */
  readonly isRestart: boolean;
  readonly refused: ReadonlyMap<RefusalReason, number>;
}
