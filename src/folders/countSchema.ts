/** The tables of the cache of counts, and what is said to them. */

/**
 * `name` is the digest of a path. `digest` is that of a content, and `NULL` of a file that is binary. `day` is when a
 * row was last of use, in days since 1970 UTC.
 */
export const schema = `
  PRAGMA busy_timeout = 250;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA journal_size_limit = 8388608;

  CREATE TABLE IF NOT EXISTS file (
    name BLOB PRIMARY KEY,
    size INTEGER NOT NULL,
    modified_ns INTEGER NOT NULL,
    changed_ns INTEGER NOT NULL,
    digest BLOB,
    day INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE IF NOT EXISTS count (
    digest BLOB NOT NULL,
    encoding TEXT NOT NULL,
    tokens REAL NOT NULL,
    is_exact INTEGER NOT NULL,
    day INTEGER NOT NULL,
    PRIMARY KEY (digest, encoding)
  ) STRICT, WITHOUT ROWID;
`;

export const statements = {
  findFile: `
    SELECT file.digest IS NULL AS isBinary, tokens, is_exact AS isExact, file.day AS day, file.digest AS digest
    FROM file LEFT JOIN count ON count.digest = file.digest AND encoding = ?
    WHERE name = ? AND size = ? AND modified_ns = ? AND changed_ns = ?`,
  findCount: 'SELECT tokens, is_exact AS isExact, day FROM count WHERE digest = ? AND encoding = ?',
  addFile: 'INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?)',
  addCount: 'INSERT OR REPLACE INTO count VALUES (?, ?, ?, ?, ?)',
  markFile: 'UPDATE file SET day = ? WHERE name = ?',
  markCount: 'UPDATE count SET day = ? WHERE digest = ? AND encoding = ?',
  pruneFiles: 'DELETE FROM file WHERE day < ?',
  pruneCounts: 'DELETE FROM count WHERE day < ?',
  limitFiles: `
    DELETE FROM file WHERE name IN
      (SELECT name FROM file ORDER BY day LIMIT max(0, (SELECT count(*) FROM file) - ?))`,
  limitCounts: `
    DELETE FROM count WHERE (digest, encoding) IN
      (SELECT digest, encoding FROM count ORDER BY day LIMIT max(0, (SELECT count(*) FROM count) - ?))`,
} as const;

export type StatementName = keyof typeof statements;
