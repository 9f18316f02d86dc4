/** Replies that OpenClaw copied from a thread of Codex, which has a log of its own. */

import { idOf, type LogRecord } from '../fields.ts';

/** The thread that a reply was copied from, which its key names; `null` for any other reply. */
export function mirroredThread(message: LogRecord): string | null {
  return /^codex-app-server:([^:]+):/.exec(idOf(message, 'idempotencyKey') ?? '')?.[1] ?? null;
}
