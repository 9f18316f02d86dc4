/**
 * The merge rules: which of several statements about the same thing stands. Each rule takes the greater by a total
 * order on what is stated, so that files may be read in any order, in any pieces and any number of times, and the
 * ledger ends up the same. They are the only such rules: logs, rescued rows and other processes all go through them.
 */

import type { BillingTerms, Circumstances, Claim, Quality, Receipt } from '../domain/receipt.ts';
import { hasUnknown, subtract, type TokenCounts, tokenClasses, totalTokens } from '../domain/tokens.ts';

/** One copy of a receipt, as far as its numbers go. */
export interface Reading extends Omit<Receipt, 'agent' | 'id' | 'sessionKey' | 'dropped'> {
  /** Version of the reader that took it. */
  readonly reader: number;
}

/** Who says that a receipt is theirs. */
export interface Credit {
  readonly sessionKey: string;
  readonly claim: Claim;
  /** When the log with the claim was created. */
  readonly bornMs: number;
}

/** One statement about one field of a session. */
export interface Fact {
  readonly value: string;
  readonly reader: number;
  /** Strength of its source where the field knows several, as titles do; below 0 where the log of another session said it. */
  readonly rank: number;
  /** The last time that its log had told when it made the statement. */
  readonly atMs: number;
  /** Byte offset of the line in its log. */
  readonly position: number;
}

/** Strongest first; the index is what the ledger stores. */
export const claims: readonly Claim[] = ['own', 'sideChain', 'copied', 'delegated', 'telemetry'];

/** The index is what the ledger stores: new ones come last. */
export const qualities: readonly Quality[] = [
  'exact',
  'derived',
  'partial',
  'sessionTotal',
  'rounded',
  'estimated',
];

/**
 * The reading that stands, whole: fields of two copies are never mixed.
 *
 * What the session that made the call has logged stands before what others repeat of it, by whatever reader: a copy may
 * bear another time, and lack the terms that the price hangs on. Of the same kind a newer reader is right against an
 * older one, or reading again would mend nothing. A sum that stands in the place of a response gives way where the
 * response itself is told, what was rounded to what was not, and what does not know every class of tokens to what does:
 * some agents log a sum first and what it is made of later. Then the larger output wins, because a response is logged
 * while it grows. Among equals it is the larger total, then the one that tells of more of the cache writes how long they
 * stay, then the one that tells more of what surrounded the response, which a copy may have lost, then the larger cost as
 * the agent recorded it, then the earlier time: a fork stamps what it copied with its own, later one. What follows only
 * makes the order total.
 */
export function betterReading(a: Reading, b: Reading): Reading {
  const order = firstHandOrder(a, b) || a.reader - b.reader || orderOfNumbers(a, b);
  return order >= 0 ? a : b;
}

/**
 * The reading that stands of two that come from two logs. As {@link betterReading}, but that a newer reader is not right
 * against an older one in what a session came to: sums only grow, and the log that it has read may be an earlier state.
 */
export function betterOfTwoLogs(a: Reading, b: Reading): Reading {
  const areSums = a.quality === 'sessionTotal' && b.quality === 'sessionTotal';
  if (!areSums) return betterReading(a, b);
  const order = firstHandOrder(a, b) || orderOfNumbers(a, b) || a.reader - b.reader;
  return order >= 0 ? a : b;
}

function firstHandOrder(a: Reading, b: Reading): number {
  return Number(isFirstHand(a.claim)) - Number(isFirstHand(b.claim));
}

function orderOfNumbers(a: Reading, b: Reading): number {
  return (
    Number(b.quality === 'sessionTotal') - Number(a.quality === 'sessionTotal') ||
    Number(b.quality === 'rounded') - Number(a.quality === 'rounded') ||
    Number(hasUnknown(b.tokens)) - Number(hasUnknown(a.tokens)) ||
    (a.tokens.output ?? -1) - (b.tokens.output ?? -1) ||
    totalTokens(a.tokens) - totalTokens(b.tokens) ||
    (b.tokens.cacheWriteUnknown ?? 0) - (a.tokens.cacheWriteUnknown ?? 0) ||
    detailsOf(a) - detailsOf(b) ||
    Number((a.reportedCost ?? -1n) - (b.reportedCost ?? -1n)) ||
    b.atMs - a.atMs ||
    compareTexts(restOf(a), restOf(b))
  );
}

/**
 * The strongest claims are first-hand: so a receipt was read first-hand when the claim that stands is, and the ledger need
 * not store both.
 */
function isFirstHand(claim: Claim): boolean {
  return claim === 'own' || claim === 'sideChain';
}

/** Whether two readings say the same, so that either may stand. */
export function isSameReading(a: Reading, b: Reading): boolean {
  return betterReading(a, b) === a && betterReading(b, a) === b;
}

/** What a sum of dropped responses holds: those between its times, but for those that are kept. */
export interface Span<Name> {
  /** Its times lie after the one and not after the other. */
  readonly afterMs: number;
  readonly untilMs: number;
  readonly kept: readonly Name[];
  /** Of the sum's own model alone. */
  readonly isOfModel?: true;
  readonly withSubAgents?: true;
  /** Not of sums before it, and of what these hold. */
  readonly withoutSums?: true;
}

/**
 * What a sum holds of which two states of a log tell. What one of them tells beside the sum, or could not know of yet, is
 * no part of it.
 */
export function narrower<Name>(a: Span<Name>, b: Span<Name>): Span<Name> {
  return {
    ...a,
    ...b,
    afterMs: Math.max(a.afterMs, b.afterMs),
    untilMs: Math.min(a.untilMs, b.untilMs),
    kept: [...a.kept, ...b.kept],
  };
}

/**
 * What telemetry tells of a request beyond what logs tell of it: a log may hold a response that was still being written.
 * Of what was written to the cache the one may know how long it stays, and the other not.
 *
 * @param logged receipts of the same request
 */
export function restOfRequest(told: TokenCounts, logged: readonly TokenCounts[]): TokenCounts {
  const left = logged.reduce(subtract, told);
  const written = logged.reduce((sum, tokens) => sum + cacheWrites(tokens), 0);
  return atMostWritten(left, Math.max(0, cacheWrites(told) - written));
}

const writeClasses = ['cacheWrite5m', 'cacheWrite1h', 'cacheWriteUnknown'] as const;

function cacheWrites(tokens: TokenCounts): number {
  return writeClasses.reduce((sum, name) => sum + (tokens[name] ?? 0), 0);
}

/** With no more written to the cache than so much. */
function atMostWritten(tokens: TokenCounts, most: number): TokenCounts {
  let room = most;
  const counts = writeClasses.map((name) => {
    const count = tokens[name] === null ? null : Math.min(tokens[name], room);
    room -= count ?? 0;
    return [name, count] as const;
  });
  return { ...tokens, ...Object.fromEntries(counts) };
}

/** By class; what is unknown adds nothing. */
export function addKnown(to: TokenCounts, counts: TokenCounts): TokenCounts {
  const sums = tokenClasses.map((name) => [name, (to[name] ?? 0) + (counts[name] ?? 0)] as const);
  return { ...to, ...Object.fromEntries(sums), reasoning: null };
}

/** The claim that stands: the strongest, then that of the log created first, then the smaller key. */
export function betterCredit(a: Credit, b: Credit): Credit {
  const order =
    claims.indexOf(b.claim) - claims.indexOf(a.claim) ||
    b.bornMs - a.bornMs ||
    compareTexts(b.sessionKey, a.sessionKey);
  return order >= 0 ? a : b;
}

/** What a log says of a receipt, and whose it says that it is. */
export interface Statement {
  readonly reading: Reading;
  readonly credit: Credit;
}

/**
 * The statement that stands whole where a newer reader knows that a session had another agent do what an older reader took
 * for its own work; `null` where neither takes back the other's claim.
 */
export function betterKnown(a: Statement, b: Statement): Statement | null {
  const [older, newer] = a.reading.reader < b.reading.reader ? [a, b] : [b, a];
  const isTakenBack =
    older.reading.reader < newer.reading.reader &&
    older.credit.claim === 'own' &&
    newer.credit.claim === 'delegated' &&
    older.credit.sessionKey === newer.credit.sessionKey;
  return isTakenBack ? newer : null;
}

/** The fact that stands: of the session's own log, the newest reader, the strongest source, and among equals the latest. */
export function betterFact(a: Fact, b: Fact): Fact {
  const order =
    Number(isOfOwnLog(a)) - Number(isOfOwnLog(b)) ||
    a.reader - b.reader ||
    a.rank - b.rank ||
    a.atMs - b.atMs ||
    a.position - b.position ||
    compareTexts(a.value, b.value);
  return order >= 0 ? a : b;
}

/** However new the reader is that knows the copy: what it was copied from may never be read again. */
function isOfOwnLog({ rank }: Fact): boolean {
  return rank >= 0;
}

/** A receipt among others of the same response. */
export interface Sibling {
  readonly claim: Claim;
  /** Hash of its own request: only to be told apart by, and put in an order that no scan changes. */
  readonly request: string;
  /** Model and prompt tokens by class, as one comparable text; `null` where the log tells of no prompt. */
  readonly prompt: string | null;
}

/**
 * Whether a receipt is the replay of another: made by a side chain, while a session has the same response to the same
 * prompt under another request. Of replays whose original is gone one stands for it. A gateway may give every response
 * one id: the prompt tells these apart, and without a prompt nothing shows that two are one.
 *
 * @param others all other receipts of the same response
 */
export function isReplay(receipt: Sibling, others: readonly Sibling[]): boolean {
  if (receipt.claim !== 'sideChain' || receipt.prompt === null) return false;
  return others.some(
    ({ claim, prompt, request }) =>
      prompt === receipt.prompt && (claim !== 'sideChain' || request < receipt.request),
  );
}

/** A turn that a session had another agent do, and logged as one receipt when it had ended. */
export interface DelegatedTurn {
  readonly atMs: number;
  /** When the session had logged the receipt before it, if any: the turn cannot have begun earlier. */
  readonly afterMs: number | null;
}

/** No turn is let run for longer: what a delegate did before was other work. */
const longestTurnMs = 48 * 3_600_000;

/** When the work of a turn has been logged: after the one, and not after the other. */
export function timeOfTurn({ atMs, afterMs }: DelegatedTurn): readonly [afterMs: number, untilMs: number] {
  return [Math.max(afterMs ?? 0, atMs - longestTurnMs), atMs];
}

/**
 * What a turn took, of an agent that hands back what all turns so far did: what it has grown by since the turn before it.
 * Where it has not grown the agent began anew.
 */
export function grownBy(before: TokenCounts | undefined, now: TokenCounts): TokenCounts {
  const hasGrown = tokenClasses.every((name) => (before?.[name] ?? 0) <= (now[name] ?? 0));
  return before !== undefined && hasGrown ? subtract(now, before) : now;
}

/** The time of a turn. */
export interface TurnSpan {
  readonly startedMs: number;
  readonly endedMs: number;
}

/**
 * The turn that a response began in: the last that had begun, if it had not ended; `undefined` where it began in none.
 *
 * @param turns ordered by their start and then by their end
 */
export function turnAt<Turn extends TurnSpan>(begunMs: number, turns: readonly Turn[]): Turn | undefined {
  const turn = turns[firstIndex(turns, ({ startedMs }) => startedMs > begunMs) - 1];
  return turn !== undefined && begunMs <= turn.endedMs ? turn : undefined;
}

/**
 * What is left of the sums of a turn, one a model, where another log tells its responses one by one: another log of the
 * session, of sums that do not know all tokens, or the log of the agent that was asked to do the turn. The responses
 * count, and of the sums what is beyond theirs: the other log may have a part of the turn alone, such as a call that only
 * helped, or what was logged before the rest was deleted.
 *
 * @param told what the responses come to
 * @returns in the order of the sums. Nothing is left where no output is: what two agents make of one prompt may differ
 */
export function restsOfTurn(sums: readonly TokenCounts[], told: TokenCounts): readonly TokenCounts[] {
  const rests: TokenCounts[] = [];
  let untaken = told;
  for (const sum of sums) {
    rests.push(subtract(sum, untaken));
    untaken = subtract(untaken, sum);
  }
  return rests;
}

/** The terms as text, the same for the same terms; `null` where all are the default. */
export function termsText({ serviceTier, speed, region }: BillingTerms): string | null {
  const text = JSON.stringify({ serviceTier, speed, region });
  return text === '{}' ? null : text;
}

/** What many receipts of a session have in common, as text, the same for the same; `null` where the log tells nothing. */
export function circumstancesText(circumstances: Circumstances): string | null {
  const { stopReason, effort, provider, projectPath, gitBranch } = circumstances;
  const text = JSON.stringify({ stopReason, effort, provider, projectPath, gitBranch });
  return text === '{}' ? null : text;
}

export function compareTexts(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** Where in a list the condition begins to hold, which then holds to its end; the length where it never does. */
export function firstIndex<Item>(items: readonly Item[], holds: (item: Item) => boolean): number {
  let from = 0;
  let to = items.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (holds(items[middle] as Item)) to = middle;
    else from = middle + 1;
  }
  return from;
}

function detailsOf({ terms, circumstances }: Reading): number {
  return Object.keys(terms).length + Object.keys(circumstances).length;
}

function restOf(reading: Reading): string {
  const { tokens, model, quality, terms, webSearches, reportedCost, circumstances } = reading;
  const { durationMs, turn, contextTokens, turnStartedMs } = circumstances;
  const counts = [...tokenClasses.map((name) => tokens[name]), tokens.reasoning];
  const around = [circumstancesText(circumstances), durationMs, turn, contextTokens, turnStartedMs];
  return JSON.stringify([
    counts,
    model,
    quality,
    termsText(terms),
    webSearches,
    String(reportedCost),
    around,
  ]);
}
