/** The fields that are looked for on a line, by their numbers. AssemblyScript and TypeScript both read this file. */

// The first are the same on all lines of a run, or on all responses of one; of the time it is the day.
export const timestampField = 0;
export const sessionIdField = 1;
export const isSidechainField = 2;
export const agentIdField = 3;
export const cwdField = 4;
export const gitBranchField = 5;
export const placeFieldCount = 6;
export const effortField = 6;
export const modelField = 7;
export const serviceTierField = 8;
export const speedField = 9;
export const regionField = 10;
export const contextFieldCount = 11;

export const typeField = 11;
export const uuidField = 12;
export const requestIdField = 13;
export const messageField = 14;
/** What a line seldom has, and then has to be read for. */
export const restField = 15;
export const idField = 16;
export const contentField = 17;
export const stopReasonField = 18;
export const usageField = 19;
export const inputField = 20;
export const outputField = 21;
export const cacheReadField = 22;
export const cacheWriteField = 23;
export const cacheWritesField = 24;
export const write5mField = 25;
export const write1hField = 26;
export const serverToolsField = 27;
export const webSearchesField = 28;
export const outputDetailsField = 29;
export const thinkingField = 30;
export const iterationsField = 31;
/** Objects of lines that tell nothing, which stand before the type. */
export const idleField = 32;
export const fieldCount = 33;

/** Objects by their places. */
export const lineShape = 1;
export const messageShape = 2;
export const usageShape = 3;
export const cacheWritesShape = 4;
export const serverToolsShape = 5;
export const outputDetailsShape = 6;

/** Words that are looked for in the bytes of a line. */
export const assistantWord = 0;
export const userWord = 1;
export const sideChainWord = 2;
export const usageWord = 3;
export const contentEndWord = 4;
export const useWord = 5;
export const callIdWord = 6;
export const nameWord = 7;
export const inputWord = 8;
export const callerWord = 9;
export const agentWord = 10;
export const taskWord = 11;
export const toolUseWord = 12;
export const pauseTurnWord = 13;
export const nullWord = 14;
export const trueWord = 15;
export const falseWord = 16;
export const messageTypeWord = 17;
export const resultWord = 18;
export const otherResultWord = 19;
export const resultTextWord = 20;
export const otherResultTextWord = 21;
export const resultEndWord = 22;
export const nextResultWord = 23;
export const failedWord = 24;
export const notFailedWord = 25;
/** The types of lines that tell something, beside the first two. */
export const firstTellingWord = 26;
export const lastTellingWord = 30;
export const promptWord = 31;
export const agentIdWord = 32;
export const requestHeadingWord = 33;
export const caveatWord = 34;
export const continuedWord = 35;
/** What stands before the id of a response where it is hashed. */
export const witnessWord = 36;
