/** Marking receipts of which another one tells, too: they are kept, as the order of reading must not matter, and not counted. */

import type { Database } from './database.ts';

/** A receipt as far as its mark goes. */
export interface Marked {
  readonly id: number;
  /** 1 or 0, as stored. */
  readonly superseded: number;
}

/** Writes only what is new: each write has the sums of an hour made anew. Returns whether it was. */
export function markSuperseded(db: Database, { id, superseded }: Marked, isSuperseded: boolean): boolean {
  const next = isSuperseded ? 1 : 0;
  return next !== superseded && db.run('UPDATE receipt SET superseded = ? WHERE id = ?', next, id) > 0;
}
