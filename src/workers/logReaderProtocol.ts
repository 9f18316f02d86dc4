/** What the ledger worker and the thread that reads logs for it say to each other. */

import type { OpenedLog } from '../ledger/openLog.ts';
import type { SidePart } from '../ledger/sideReader.ts';

/** See `SideReader`. */
export type LogReaderRequests = {
  readonly begin: {
    params: { readonly id: number; readonly logs: readonly OpenedLog[] };
    reply: SidePart;
  };
  readonly next: { params: { readonly id: number }; reply: SidePart };
  readonly drop: { params: { readonly id: number }; reply: null };
};
