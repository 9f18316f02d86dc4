/**
 * Where things lie in the memory that the program and its user share, in bytes, and in which order. AssemblyScript and
 * TypeScript both read this file.
 */

// What is asked and answered, in 32-bit numbers.

/** Where the line begins at which the program stopped. */
export const stopAt = 0;
export const replyCountAt = 8;
export const callCountAt = 12;
/** What the last line that told of it said of the turn: see `turnOpen` and `turnClosed`. */
export const turnAt = 16;
/** Where that line begins. */
export const turnLineAt = 20;
/** The `uuid` of the last response or prompt. */
export const uuidStartAt = 24;
export const uuidEndAt = 28;
/** Asked: how many calls wait that the program does not know. */
export const waitingAt = 48;
/** Asked: how many `uuid`s are looked for. */
export const leafCountAt = 52;
/** Asked: whether there is a context. */
export const hasContextAt = 56;
/** Asked: how many sub-agents that were started have no result yet. */
export const spawnsAt = 64;
/** Asked: whether the session has a name, and so needs none of its next prompt. */
export const isNamedAt = 68;
/** How many prompts there were. */
export const promptCountAt = 72;
/** Which texts the run has met, a bit of 64 for each: as reasons why responses ended, and as names of tools. */
export const reasonsMetAt = 136;
export const toolsMetAt = 144;
/** How many calls of the run have no result. */
export const openCountAt = 84;
/** How many texts have a number. */
export const textCountAt = 80;
/** Where the first line begins that is a response or a prompt. */
export const firstLineAt = 76;

// And in 64-bit floating point numbers: times in milliseconds of their day.

/** Of all responses and prompts. */
export const earliestMsAt = 96;
export const lastMsAt = 104;
/** Of the first one. */
export const firstMsAt = 128;
/** Of the last one. */
export const latestMsAt = 112;
/** The latest time up to the line that told of the turn. */
export const turnHeardMsAt = 120;

export const turnUntold = 0;
export const turnOpen = 1;
export const turnClosed = 2;

/** Of each field of the line that was walked last where its value begins and ends, -1 where there is none. */
export const fieldsAt = 256;

/** Of each field the text that all lines of a run have, and its length before it, -1 where there is none. */
export const contextAt = 1024;
export const contextStride = 512;
export const mostContextBytes = 508;

/** Of a time its quote and its day, which are of the context. */
export const dayBytes = 11;

/** Words: the length of each, and its bytes. */
export const wordsAt = 20480;
export const wordStride = 80;

/** Of each shape of objects where its names begin. */
export const shapesAt = 160;

/** Names of fields, those of a shape together: key, field and bytes of each, and a key of 0 after the last of a shape. */
export const namesAt = 24576;
export const nameStride = 48;
export const nameBytesAt = 8;

/** What tells most names apart at once. */
export function nameKey(length: number, first: number): number {
  return (length << 8) | first;
}

/** The `uuid`s that are looked for, likewise. */
export const leavesAt = 30720;
export const mostLeaves = 64;

/** The most bytes of a word or a `uuid` that is looked for. */
export const mostWordBytes = 76;

/** Responses, and one more that is not taken yet, and in each where its texts begin and end, and its numbers; `NaN` where one is missing. */
export const repliesAt = 36864;
export const mostReplies = 448;
export const replyStride = 112;
export const idStartAt = 0;
export const idEndAt = 4;
export const requestStartAt = 8;
export const requestEndAt = 12;
/** The number of the text that says why it ended. */
export const reasonAt = 16;
/** How many prompts there were before the response. */
export const promptsBeforeAt = 20;
export const numbersAt = 24;
export const numberCount = 9;
/** The numbers in their order, 8 bytes each. */
export const msNumber = 0;
export const inputNumber = 1;
export const cacheReadNumber = 2;
export const writtenNumber = 3;
export const write5mNumber = 4;
export const write1hNumber = 5;
export const outputNumber = 6;
export const thinkingNumber = 7;
export const webSearchesNumber = 8;
/** The hashes that stand for the response and its request, 8 bytes each. */
export const responseHashAt = 96;
export const requestHashAt = 104;

/** Calls, and in each the number of its response, where its texts begin and end, and what its result told. */
export const callsAt = 87168;
export const mostCalls = 512;
export const callStride = 56;
export const callReplyAt = 0;
export const callIdStartAt = 4;
export const callIdEndAt = 8;
/** The number of the text that names the tool. */
export const toolAt = 12;
/** Whether the call starts a sub-agent. */
export const isSpawnAt = 16;
export const callInputStartAt = 20;
export const callInputEndAt = 24;
/** 0 while there is no result, 1 when it has come, 2 when it says that the call failed. */
export const callResultAt = 28;
export const callBytesAt = 32;
/** The hash that stands for the call among those of its response, and that of its input. */
export const callHashAt = 40;
export const inputHashAt = 48;

/** Texts that repeat, by their numbers: the length of each, and its bytes. */
export const textsAt = 115840;
export const mostTexts = 64;
export const textStride = 264;

/** A text that is hashed, in blocks of 64 bytes, and what is made of one. */
export const hashedAt = 132736;
export const mostHashedBytes = 640;
export const scheduleAt = 133376;
export const scheduleBytes = 320;

/**
 * Asked: what all rows of receipts have in common, a whole row; and of each text that was met what stands for it in
 * rows, 8 bytes each: as the reason why a response ended, and as the name of a tool.
 */
export const sharedAt = 133696;
export const reasonNumbersAt = 133888;
export const toolNumbersAt = 134400;

/** Rows of receipts as the ledger lays them out, see `receiptColumns.ts` there, and of each its three hashes. */
export const receiptRowsAt = 134912;
export const receiptIdsAt = 210176;
/** Rows of calls, likewise. */
export const callRowsAt = 220928;
export const callIdsAt = 237312;
export const rowsEnd = 249600;

/** Why the program stopped. */
export const ended = 0;
/** A line is not of the usual shape. */
export const unusual = 1;
/** A response is of the usual shape, and no context is given that it is in. */
export const otherContext = 2;
/** There is no room for more. */
export const full = 3;
