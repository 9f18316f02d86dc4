/**
 * Why another program comes to another number than we do. A rule never explains by being plausible: an imitation of the
 * program applies it to the logs, and only what comes out as the program's own number is explained.
 */

export const rules = {
  nullField: 'drops every line with a null in one of eleven fields',
  foreignShape: 'drops lines whose counts, ids or times are of another type than it expects',
  withoutMarker: 'finds usage by its text alone and misses other spellings of the same JSON',
  refusedByUs: 'counts records that cannot be true and that we refuse',
  flatWrites: 'takes the flat count of cache writes alone',
  splitWrites: 'takes the split of cache writes by lifetime, also where it contradicts the flat count',
  largestOfEach: 'takes the largest count of each class over the lines of a response',
  withoutAdvisor: 'leaves out other models inside a response',
  everyCopy: 'counts each line of a response that lacks an id',
  oneIdForAll: 'takes all responses under one message id for one',
  progressCopy: 'counts what a progress line repeats of a sub-agent',
  replayAlone: 'counts the replay of a response in a side chain',
  replayAnyPrompt: 'takes a side chain for a replay by its message id, whatever the prompt was',
  withoutModel: 'drops responses without a model',
  parentFirst: 'keeps the line of the main chain where a side chain has a longer one of the same ids',
  fastName: 'adds -fast to the name of a model in fast mode',
  shortName: 'shortens the names of models',
  madeUpModel: 'makes up a model where the log names none, or an alias',
  promptTime: 'dates a response by its prompt',
  lineTime: 'dates a response by the line that tells of it, also where that is a copy',
  fileTime: 'dates a response without a time by its file',
  folderSession: 'names a session after the file or folder of its log',
  copyingSession: 'credits what a fork or a resumed session copied to the copy',
  runningTotalsOnly: 'reads running totals alone, not the records of responses',
  unmovedTotal: 'takes a total that equals the last for a repetition, also where another thread reached it',
  lastUsage: 'adds up last usages instead of the growth of the running total',
  copiedHistory: 'counts history that a fork copied from its parent',
  droppedHistory: 'drops usage at the start of a fork that it takes for copied history',
  lostParent: 'leaves out what only a copy of the history still tells',
  sameCount: 'takes counts of the same time and size for one',
  staleTotal: 'drops a total that is a little lower than the last',
  clampedCache: 'takes no more for cached than there was input',
  loggedCost: 'takes the cost that the log gives',
  noPrice: 'counts a model without a price as $0',
  ownUnpriced: 'puts a price on what has no known price to us',
  withoutTerms: 'prices service tier, speed and region otherwise, or not at all',
  withoutSearches: 'leaves out web searches',
  longContext: 'has another price for long prompts, or goes by other lengths',
  otherPrices: 'has another price for the model in its list',
  withoutPrices: 'has no prices at all without a network',
} as const;

export type RuleName = keyof typeof rules;
