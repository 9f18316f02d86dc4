/** How a row of a call is laid out, see `callRows.ts`. */

export const callColumn = {
  /** Number of the tool's name among the texts. */
  tool: 0,
  resultBytes: 1,
  /** 0 or 1. */
  isFailed: 2,
  /** Whether the input is known, 0 or 1. */
  hasInput: 3,
} as const;

export const callColumnCount = 4;

/** Hashes of the response, the call and its input. */
export const callIdCount = 3;
