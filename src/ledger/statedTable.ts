/** The steps of the schema that add what logs state of receipts which count less. */

/**
 * `stated` holds what logs state of receipts that count only what others leave of it, see `stated.ts`. Of the sum of what a
 * log has dropped, also what it is the sum of. The index holds all receipts that may count less than is stated.
 */
export const statedAmounts = `
  CREATE TABLE stated (
    response INTEGER NOT NULL,
    request INTEGER NOT NULL,
    uncached_input INTEGER,
    cache_read INTEGER,
    cache_write_5m INTEGER,
    cache_write_1h INTEGER,
    cache_write_unknown INTEGER,
    output INTEGER,
    reasoning INTEGER,
    reported_pico INTEGER,
    after_ms INTEGER,
    until_ms INTEGER,
    kept TEXT,
    PRIMARY KEY (response, request)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX receipt_of_rest ON receipt (session) WHERE quality = 3 OR claim = 3;
`;

/**
 * Which responses a sum is of, where it is not of all that its session made: those of its own model, or with those of
 * sub-agents. The index tells at once that a ledger has no sum of the second kind.
 */
export const spansOfSums = `
  ALTER TABLE stated ADD COLUMN of_model INTEGER;
  ALTER TABLE stated ADD COLUMN with_sub_agents INTEGER;
  CREATE INDEX stated_with_sub_agents ON stated (with_sub_agents) WHERE with_sub_agents = 1;
`;

/** Whether a sum holds nothing of the sums before it. */
export const sumsOfSingles = 'ALTER TABLE stated ADD COLUMN without_sums INTEGER';
