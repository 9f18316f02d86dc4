/** How the ledger lays out rows, as far as the program fills them: a test holds them to it. AssemblyScript reads this file. */

export const receiptColumnCount = 21;
export const rowIdCount = 3;

export const atMsColumn = 4;
export const uncachedInputColumn = 6;
export const cacheReadColumn = 7;
export const cacheWrite5mColumn = 8;
export const cacheWrite1hColumn = 9;
export const cacheWriteUnknownColumn = 10;
export const outputColumn = 11;
export const reasoningColumn = 12;
export const webSearchesColumn = 13;
export const circumstanceColumn = 15;
export const turnColumn = 17;
export const qualityColumn = 20;

export const exactQuality = 0;
export const partialQuality = 2;

export const callColumnCount = 4;

export const toolColumn = 0;
export const resultBytesColumn = 1;
export const failedColumn = 2;
export const hasInputColumn = 3;
