/**
 * The stages of a cold scan, each with all before it. `lines`: the logs are found and read, and their lines found.
 * `parsed`: the reader has taken them, and nobody listens. `merged`: all lines have gone
 * through the reader and the rules of the ledger. `stored`: and into the ledger.
 */
export const stages = ['lines', 'parsed', 'merged', 'stored'] as const;

export type Stage = (typeof stages)[number];
