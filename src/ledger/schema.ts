/**
 * The tables of the ledger, as the list of steps that lead to them. `PRAGMA user_version` counts the steps that a
 * file has taken; a step that was released is never changed.
 */

import { spansOfSums, statedAmounts, sumsOfSingles } from './statedTable.ts';

/**
 * `receipt` holds one row a billable response. `response` and `request` are 64-bit hashes (see `identity.ts`), and
 * everything that repeats is an integer id, which keeps a row with its indexes well below 200 bytes.
 * `superseded` marks side-chain replays: they are kept, because their order of arrival must not matter, and never counted.
 *
 * `fact` holds what logs tell about sessions, one row a field with what decides between two statements.
 * `session.parent` is derived from the facts and free of cycles.
 *
 * `source` holds one row a log file: the cursor. `revision` counts its writes, so that a scanner notices another.
 *
 * `budget_reset` ends a period with the receipt that was stored last: times in logs may lie in the future, and change
 * while a response is logged. `alert` holds one row a crossing, told or noted in silence.
 */
const firstTables = `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE model (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

  CREATE TABLE terms (id INTEGER PRIMARY KEY, json TEXT NOT NULL UNIQUE) STRICT;

  CREATE TABLE catalogue (id INTEGER PRIMARY KEY, version TEXT NOT NULL UNIQUE) STRICT;

  CREATE TABLE session (
    id INTEGER PRIMARY KEY,
    agent TEXT NOT NULL,
    key TEXT NOT NULL,
    parent INTEGER,
    started_ms INTEGER,
    last_ms INTEGER,
    UNIQUE (agent, key)
  ) STRICT;
  CREATE INDEX session_by_last ON session (last_ms);
  CREATE INDEX session_by_parent ON session (parent) WHERE parent IS NOT NULL;

  CREATE TABLE fact (
    session INTEGER NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    reader INTEGER NOT NULL,
    rank INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (session, field)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE source (
    id INTEGER PRIMARY KEY,
    revision INTEGER NOT NULL,
    agent TEXT NOT NULL,
    root TEXT NOT NULL,
    path TEXT NOT NULL,
    is_unreadable INTEGER NOT NULL,
    file_id TEXT NOT NULL,
    size INTEGER NOT NULL,
    mtime_us INTEGER NOT NULL,
    born_ms INTEGER NOT NULL,
    read_bytes INTEGER NOT NULL,
    tail_hash TEXT NOT NULL,
    logged_ms INTEGER NOT NULL,
    reader INTEGER NOT NULL,
    parser TEXT,
    UNIQUE (agent, path)
  ) STRICT;
  CREATE INDEX source_by_file ON source (file_id);

  CREATE TABLE refusal (
    source INTEGER NOT NULL,
    reason TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (source, reason)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE receipt (
    id INTEGER PRIMARY KEY,
    response INTEGER NOT NULL,
    request INTEGER NOT NULL,
    session INTEGER NOT NULL,
    claim INTEGER NOT NULL,
    born_ms INTEGER NOT NULL,
    superseded INTEGER NOT NULL,
    reader INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    model INTEGER NOT NULL,
    uncached_input INTEGER,
    cache_read INTEGER,
    cache_write_5m INTEGER,
    cache_write_1h INTEGER,
    cache_write_unknown INTEGER,
    output INTEGER,
    reasoning INTEGER,
    web_searches INTEGER NOT NULL,
    terms INTEGER,
    quality INTEGER NOT NULL,
    reported_pico INTEGER,
    cost_pico INTEGER,
    catalogue INTEGER,
    UNIQUE (response, request)
  ) STRICT;
  CREATE INDEX receipt_by_session ON receipt (session);
  CREATE INDEX receipt_by_time ON receipt (at_ms);

  CREATE VIEW counted AS SELECT * FROM receipt WHERE superseded = 0;

  CREATE TABLE budget_reset (
    session INTEGER NOT NULL,
    number INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    last_receipt INTEGER NOT NULL,
    spent_pico INTEGER NOT NULL,
    PRIMARY KEY (session, number)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE alert (
    kind TEXT NOT NULL,
    session INTEGER NOT NULL,
    limit_pico INTEGER NOT NULL,
    reset INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    spent_pico INTEGER NOT NULL,
    is_told INTEGER NOT NULL,
    PRIMARY KEY (kind, session, limit_pico, reset)
  ) STRICT, WITHOUT ROWID;
`;

/** `variance` holds what was estimated of a piece of a prompt beside what its receipt says of it, see `variances.ts`. */
const variances = `
  CREATE TABLE variance (
    response INTEGER NOT NULL,
    request INTEGER NOT NULL,
    agent TEXT NOT NULL,
    kind TEXT NOT NULL,
    model INTEGER NOT NULL,
    project TEXT,
    at_ms INTEGER NOT NULL,
    estimated INTEGER NOT NULL,
    billed INTEGER NOT NULL,
    scale INTEGER NOT NULL,
    PRIMARY KEY (response, request)
  ) STRICT, WITHOUT ROWID;
`;

/**
 * What logs tell of a response beside its price. `circumstance` holds as JSON what many receipts have in common. The
 * calls of tools lie by the receipt that asked for them; `call` is a hash, as is `input`. `plan_reading` holds how far
 * agents said that a window of a plan was used, once for as long as they said the same; empty and 0 stand for unknown.
 */
const circumstances = `
  CREATE TABLE circumstance (id INTEGER PRIMARY KEY, json TEXT NOT NULL UNIQUE) STRICT;

  ALTER TABLE receipt ADD COLUMN circumstance INTEGER;
  ALTER TABLE receipt ADD COLUMN duration_ms INTEGER;
  ALTER TABLE receipt ADD COLUMN turn INTEGER;
  ALTER TABLE receipt ADD COLUMN context_tokens INTEGER;

  CREATE TABLE tool (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

  CREATE TABLE tool_call (
    response INTEGER NOT NULL,
    call INTEGER NOT NULL,
    tool INTEGER,
    input INTEGER,
    result_bytes INTEGER,
    is_failed INTEGER,
    PRIMARY KEY (response, call)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE plan_reading (
    agent TEXT NOT NULL,
    plan TEXT NOT NULL,
    window TEXT NOT NULL,
    window_minutes INTEGER NOT NULL,
    resets_ms INTEGER NOT NULL,
    used_percent REAL NOT NULL,
    first_ms INTEGER NOT NULL,
    last_ms INTEGER NOT NULL,
    PRIMARY KEY (agent, plan, window, window_minutes, resets_ms, used_percent)
  ) STRICT, WITHOUT ROWID;
`;

/** The columns of a sum over receipts, see `sums.ts`. */
const sums = `
    receipts INTEGER NOT NULL,
    uncached_input INTEGER NOT NULL,
    cache_read INTEGER NOT NULL,
    cache_write_5m INTEGER NOT NULL,
    cache_write_1h INTEGER NOT NULL,
    cache_write_unknown INTEGER NOT NULL,
    output INTEGER NOT NULL,
    reasoning INTEGER NOT NULL,
    partial_receipts INTEGER NOT NULL,
    cost_high INTEGER NOT NULL,
    cost_low INTEGER NOT NULL,
    unpriced_receipts INTEGER NOT NULL,
    unpriced_tokens INTEGER NOT NULL,
    rough_receipts INTEGER NOT NULL,
    whole_session_receipts INTEGER NOT NULL,
    reported_receipts INTEGER NOT NULL,
    reported_high INTEGER NOT NULL,
    reported_low INTEGER NOT NULL,
    reported_ours_high INTEGER NOT NULL,
    reported_ours_low INTEGER NOT NULL
`.trim();

/**
 * `hourly` holds the sums of each hour and model, so that the total of a long time need not look at every receipt. Its
 * rows hold for hours that are not in `stale_hour`, where triggers put every hour that a receipt came into, changed in or
 * left (see also `receiptsInBulk`). See `hourly.ts`.
 */
const hours = `
  CREATE TABLE hourly (
    hour INTEGER NOT NULL,
    model INTEGER NOT NULL,
    ${sums},
    PRIMARY KEY (hour, model)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE stale_hour (hour INTEGER PRIMARY KEY) STRICT;
  INSERT INTO stale_hour SELECT DISTINCT at_ms / 3600000 FROM receipt;

  CREATE TRIGGER receipt_came AFTER INSERT ON receipt BEGIN
    INSERT OR IGNORE INTO stale_hour VALUES (new.at_ms / 3600000);
  END;
  CREATE TRIGGER receipt_changed AFTER UPDATE ON receipt BEGIN
    INSERT OR IGNORE INTO stale_hour VALUES (old.at_ms / 3600000), (new.at_ms / 3600000);
  END;
  CREATE TRIGGER receipt_left AFTER DELETE ON receipt BEGIN
    INSERT OR IGNORE INTO stale_hour VALUES (old.at_ms / 3600000);
  END;
`;

/**
 * `delegation` holds which sessions worked at the bidding of which, of another agent. `superseded` marks the receipts,
 * too, that both of them tell of, where the caller claims them, see `delegations.ts`.
 */
const delegations = `
  CREATE TABLE delegation (
    session INTEGER NOT NULL,
    delegate INTEGER NOT NULL,
    PRIMARY KEY (session, delegate)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX delegation_by_delegate ON delegation (delegate);
`;

/**
 * `superseded` marks, too, what another log of the same session tells better, sums of turns or their responses: see
 * `turns.ts`. The index holds these and all sums, so that sessions without them cost nothing.
 */
const turns = `
  ALTER TABLE receipt ADD COLUMN turn_started_ms INTEGER;
  CREATE INDEX receipt_of_turn ON receipt (session) WHERE turn_started_ms IS NOT NULL OR (superseded = 1 AND claim = 0);
`;

/** `open_folder` holds the folders that are or were open in some window, and when that opened, see `openFolders.ts`. */
const folders = `
  CREATE TABLE open_folder (path TEXT PRIMARY KEY, seen_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`;

/**
 * `session_hour` holds the sums of each hour, session and model, by the rules of `hourly`: for totals of some sessions
 * alone, as of those under a plan.
 */
const sessionHours = `
  CREATE TABLE session_hour (
    hour INTEGER NOT NULL,
    session INTEGER NOT NULL,
    model INTEGER NOT NULL,
    ${sums},
    PRIMARY KEY (hour, session, model)
  ) STRICT, WITHOUT ROWID;
  INSERT OR IGNORE INTO stale_hour SELECT DISTINCT at_ms / 3600000 FROM receipt;
`;

/**
 * `budget` holds the budgets in force on this machine, by whose settings ask for them. What else is kept of budgets names
 * them by their id, and sessions by theirs, 0 where none is meant; see `oversight/`.
 *
 * `budget_reset` is as before, of all budgets. `budget_raise` and `alert` hold for one period, named by its begin, 0 where
 * a budget has none, and until the next reset. `stop` holds the sessions that were to stop, each with the receipt stored
 * last then. `first_receipt` and `last_receipt` let sums of hours tell what came after a receipt.
 */
const budgets = `
  CREATE TABLE budget (
    source TEXT NOT NULL,
    id TEXT NOT NULL,
    json TEXT NOT NULL,
    seen_ms INTEGER NOT NULL,
    PRIMARY KEY (source, id)
  ) STRICT, WITHOUT ROWID;

  ALTER TABLE budget_reset RENAME TO session_reset;
  CREATE TABLE budget_reset (
    budget TEXT NOT NULL,
    session INTEGER NOT NULL,
    number INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    last_receipt INTEGER NOT NULL,
    spent TEXT NOT NULL,
    PRIMARY KEY (budget, session, number)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO budget_reset
    SELECT '["session","list","","",""]', session, number, at_ms, last_receipt, spent_pico FROM session_reset;
  DROP TABLE session_reset;

  CREATE TABLE budget_raise (
    budget TEXT NOT NULL,
    session INTEGER NOT NULL,
    period INTEGER NOT NULL,
    reset INTEGER NOT NULL,
    amount TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (budget, session, period, reset)
  ) STRICT, WITHOUT ROWID;

  DROP TABLE alert;
  CREATE TABLE alert (
    budget TEXT NOT NULL,
    session INTEGER NOT NULL,
    period INTEGER NOT NULL,
    level TEXT NOT NULL,
    amount TEXT NOT NULL,
    reset INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    spent INTEGER NOT NULL,
    is_told INTEGER NOT NULL,
    PRIMARY KEY (budget, session, period, level, amount, reset)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE stop (
    session INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    reason TEXT NOT NULL,
    last_receipt INTEGER NOT NULL,
    released_ms INTEGER,
    receipts_after INTEGER NOT NULL,
    PRIMARY KEY (session, at_ms)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE snooze (
    budget TEXT NOT NULL,
    session INTEGER NOT NULL,
    until_ms INTEGER NOT NULL,
    PRIMARY KEY (budget, session)
  ) STRICT, WITHOUT ROWID;

  ALTER TABLE hourly ADD COLUMN first_receipt INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE hourly ADD COLUMN last_receipt INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE session_hour ADD COLUMN first_receipt INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE session_hour ADD COLUMN last_receipt INTEGER NOT NULL DEFAULT 0;
  INSERT OR IGNORE INTO stale_hour SELECT DISTINCT at_ms / 3600000 FROM receipt;
`;

/**
 * `sum_at_reset` holds what receipts came to that could still grow when budgets were reset, by the time of that reset, see
 * `grownReceipts.ts`.
 */
const sumsAtResets = `
  CREATE TABLE sum_at_reset (
    reset_ms INTEGER NOT NULL,
    receipt INTEGER NOT NULL,
    uncached_input INTEGER,
    cache_read INTEGER,
    cache_write_5m INTEGER,
    cache_write_1h INTEGER,
    cache_write_unknown INTEGER,
    output INTEGER,
    reasoning INTEGER,
    cost_pico INTEGER,
    reported_pico INTEGER,
    PRIMARY KEY (reset_ms, receipt)
  ) STRICT, WITHOUT ROWID;
`;

/** For totals of the few sessions that are shown. */
const hoursBySession = 'CREATE INDEX session_hour_by_session ON session_hour (session)';

/** Receipts come by the thousand: who brings them, `receiptStore.ts` alone as a test holds, notes all their hours at once. */
const receiptsInBulk = 'DROP TRIGGER receipt_came';

/** Few are told by telemetry, and each has to be found by its request. Which claim that is `merge.ts` says. */
const toldRequests = 'CREATE INDEX receipt_of_telemetry ON receipt (request) WHERE claim = 4';

/**
 * What several requests came to was priced by the tier of one as long as all of them: the prices are looked up anew. Which
 * quality that is `merge.ts` says.
 */
export const tiersOfSums = `
  UPDATE receipt SET catalogue = NULL
  WHERE quality = 3 OR turn_started_ms IS NOT NULL OR context_tokens IS NOT NULL;
  DELETE FROM meta WHERE name = 'catalogue';
`;

export const migrations: readonly string[] = [
  firstTables,
  variances,
  circumstances,
  hours,
  delegations,
  turns,
  folders,
  sessionHours,
  budgets,
  sumsAtResets,
  statedAmounts,
  receiptsInBulk,
  hoursBySession,
  spansOfSums,
  toldRequests,
  tiersOfSums,
  sumsOfSingles,
];
