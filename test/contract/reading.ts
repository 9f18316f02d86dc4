/** What a reader made of some logs, put together by the rules of the ledger in their shortest form. */

import { posix } from 'node:path';
import type {
  DatabaseFormat,
  DatabaseParser,
  DocumentFormat,
  JsonValue,
  LineFormat,
  LogFile,
  LogFormat,
  Reader,
  Sink,
} from '../../src/agents/reader.ts';
import type { PlanReading } from '../../src/domain/planReading.ts';
import type { Claim, Receipt } from '../../src/domain/receipt.ts';
import type { RefusalReason } from '../../src/domain/refusal.ts';
import { type SessionFacts, titleSources } from '../../src/domain/session.ts';
import { hasUnknown, type TokenCounts, tokenClasses, totalTokens } from '../../src/domain/tokens.ts';
import type { ToolCall } from '../../src/domain/toolCall.ts';
import { completeLines, toLogLine } from './byteLine.ts';
import type { DatabaseFile, Fixture } from './fixture.ts';
import { type Content, type Files, isBytes, makeDatabase, runStatement } from './fixtureFile.ts';
import { toLogDatabase } from './memoryDatabase.ts';

interface Statement<T> {
  readonly value: T;
  /** Index of the file among those of the fixture: its age. */
  readonly age: number;
}

export class Reading {
  readonly receipts = new Map<string, { best: Receipt; credit: Statement<Receipt> }>();
  readonly facts = new Map<string, SessionFacts>();
  readonly refused: Partial<Record<RefusalReason, number>> = {};
  /** What was told of each call, put together. */
  readonly toolCalls = new Map<string, ToolCall>();
  readonly plan = new Map<string, PlanReading>();
  readonly #beside: NonNullable<Fixture['beside']>;

  constructor(beside: Fixture['beside'] = {}) {
    this.#beside = beside;
  }

  logFile(relativePath: string): LogFile {
    const beside = (path: string) => this.#beside[posix.join(posix.dirname(relativePath), path)] ?? null;
    return { relativePath, beside };
  }

  sinkOf(age: number): Sink {
    return {
      receipt: (receipt) => this.#addReceipt({ value: receipt, age }),
      session: (facts) => this.facts.set(facts.key, mergeFacts(this.facts.get(facts.key), facts)),
      toolCall: (call) => this.#addToolCall(call),
      plan: (reading) => this.plan.set(JSON.stringify(reading), reading),
      refuse: (reason) => {
        this.refused[reason] = (this.refused[reason] ?? 0) + 1;
      },
    };
  }

  /** The receipts that count, each credited to its owner. */
  standing(): readonly Receipt[] {
    const counted = this.#credited();
    const singles = counted.filter(({ dropped }) => dropped === undefined);
    const logged = counted.filter(({ claim }) => claim !== 'telemetry');
    const left = singles.flatMap((receipt) =>
      receipt.claim === 'telemetry' ? leftOfRequest(receipt, logged) : leftOf(receipt, logged),
    );
    return [...left, ...this.sums()];
  }

  /** What is left of the sums of what was dropped, the earliest first: a later one may hold it. */
  sums(): readonly Receipt[] {
    const counted = this.#credited();
    const singles = counted.filter(({ dropped }) => dropped === undefined);
    const sums = counted.filter(({ dropped }) => dropped !== undefined).sort((a, b) => a.atMs - b.atMs);
    const left: Receipt[] = [];
    for (const sum of sums) left.push(...this.#leftOfSum(sum, [...singles, ...left]));
    return left;
  }

  #credited(): readonly Receipt[] {
    const all = [...this.receipts.values()];
    const owned = new Set(
      all.filter(({ credit }) => credit.value.claim === 'own').map(({ best }) => best.id.response),
    );
    return all
      .filter(({ credit, best }) => credit.value.claim !== 'sideChain' || !owned.has(best.id.response))
      .map(({ best, credit }) => ({ ...best, sessionKey: credit.value.sessionKey }));
  }

  /** Of the sum of what was dropped what others do not tell of it, nor earlier sums. */
  #leftOfSum(sum: Receipt, all: readonly Receipt[]): readonly Receipt[] {
    const { afterMs = 0, untilMs = 0, kept = [], isOfModel, withSubAgents } = sum.dropped ?? {};
    const isBelow = (key: string | undefined): boolean =>
      key === sum.sessionKey ||
      (key !== undefined && withSubAgents === true && isBelow(this.facts.get(key)?.parentKey));
    const told = all.filter(
      ({ id, atMs, model, sessionKey }) =>
        afterMs < atMs &&
        atMs <= untilMs &&
        !kept.some((other) => other.response === id.response && other.request === id.request) &&
        (model === sum.model || !isOfModel) &&
        isBelow(sessionKey),
    );
    if (told.length === 0) return [sum];
    const tokens = lessOf(sum.tokens, told);
    return totalTokens(tokens) > 0 ? [{ ...sum, tokens, reportedCost: null }] : [];
  }

  #addToolCall(call: ToolCall): void {
    const { agent, receipt, id } = call;
    const identity = JSON.stringify([agent, receipt.response, receipt.request, id]);
    // Bytes are those of a line that is gone when all has been read.
    const input = call.input === undefined ? {} : { input: String(Buffer.from(call.input)) };
    this.toolCalls.set(identity, { ...this.toolCalls.get(identity), ...call, ...input });
  }

  #addReceipt(statement: Statement<Receipt>): void {
    const { value } = statement;
    const id = `${value.id.response}\n${value.id.request}`;
    const known = this.receipts.get(id);
    if (known === undefined) {
      this.receipts.set(id, { best: value, credit: statement });
    } else {
      if (isBetter(value, known.best)) known.best = value;
      if (isStronger(statement, known.credit)) known.credit = statement;
    }
  }
}

/**
 * Of the sum of a turn and the responses that began in it: the sum where it knows all tokens, else the responses, and of
 * the sum what they do not tell.
 */
function leftOf(receipt: Receipt, all: readonly Receipt[]): readonly Receipt[] {
  const others = all.filter(({ sessionKey }) => sessionKey === receipt.sessionKey);
  const isSum = ({ circumstances }: Receipt) => circumstances.turnStartedMs !== undefined;
  const isWhole = ({ tokens }: Receipt) => !hasUnknown(tokens);
  const holds = ({ atMs, circumstances: { turnStartedMs = 0 } }: Receipt, response: Receipt) => {
    const begunMs = response.atMs - (response.circumstances.durationMs ?? 0);
    return turnStartedMs <= begunMs && begunMs <= atMs;
  };
  if (!isSum(receipt)) {
    return others.some((other) => isSum(other) && isWhole(other) && holds(other, receipt)) ? [] : [receipt];
  }
  const told = others.filter((other) => !isSum(other) && holds(receipt, other));
  if (isWhole(receipt) || told.length === 0) return [receipt];
  const tokens = lessOf(receipt.tokens, told);
  return (tokens.output ?? 0) > 0 ? [{ ...receipt, tokens, reportedCost: null }] : [];
}

/** Of what telemetry tells of a request what logs do not tell. */
function leftOfRequest(told: Receipt, logged: readonly Receipt[]): readonly Receipt[] {
  const others = logged.filter(({ id }) => id.request === told.id.request);
  const tokens = lessOf(told.tokens, others);
  if (others.length === 0) return [told];
  return totalTokens(tokens) > 0 ? [{ ...told, tokens }] : [];
}

function lessOf(from: TokenCounts, told: readonly Receipt[]): TokenCounts {
  const left = tokenClasses.map((name) => {
    const count = from[name];
    const taken = told.reduce((sum, { tokens }) => sum + (tokens[name] ?? 0), 0);
    return [name, count === null ? null : Math.max(0, count - taken)] as const;
  });
  return { ...from, ...Object.fromEntries(left), reasoning: null };
}

/**
 * What a session logged itself before what others repeat, responses before sums that stand for them, all classes known, then the largest output, the largest total, the most writes of a known time, of equals
 * the one that tells more, the largest cost, then the earliest: copies are stamped with the time of the copy.
 */
function isBetter(a: Receipt, b: Receipt): boolean {
  const isSum = ({ quality }: Receipt) => Number(quality === 'sessionTotal');
  const details = ({ terms, circumstances }: Receipt) => Object.keys({ ...terms, ...circumstances }).length;
  const isFirstHand = ({ claim }: Receipt) => Number(claim === 'own' || claim === 'sideChain');
  const order =
    isFirstHand(a) - isFirstHand(b) ||
    isSum(b) - isSum(a) ||
    Number(hasUnknown(b.tokens)) - Number(hasUnknown(a.tokens)) ||
    (a.tokens.output ?? -1) - (b.tokens.output ?? -1) ||
    totalTokens(a.tokens) - totalTokens(b.tokens) ||
    (b.tokens.cacheWriteUnknown ?? 0) - (a.tokens.cacheWriteUnknown ?? 0) ||
    details(a) - details(b) ||
    Number((a.reportedCost ?? -1n) - (b.reportedCost ?? -1n)) ||
    b.atMs - a.atMs;
  return order > 0;
}

const claims: readonly Claim[] = ['own', 'sideChain', 'copied', 'delegated', 'telemetry'];

function isStronger(a: Statement<Receipt>, b: Statement<Receipt>): boolean {
  const order = claims.indexOf(a.value.claim) - claims.indexOf(b.value.claim) || a.age - b.age;
  return order < 0;
}

function mergeFacts(known: SessionFacts | undefined, facts: SessionFacts): SessionFacts {
  if (known === undefined) return facts;
  const merged = { ...known, ...facts };
  const keepsTitle = known.title !== undefined && rankOf(facts) < rankOf(known);
  const keepsParent = known.parentKey !== undefined && !known.isParentGuessed && facts.isParentGuessed;
  return {
    ...merged,
    ...(keepsTitle && { title: known.title }),
    ...(keepsParent && { parentKey: known.parentKey, isParentGuessed: false }),
    ...(!keepsParent && facts.parentKey !== undefined && { isParentGuessed: facts.isParentGuessed ?? false }),
  };
}

function rankOf(facts: SessionFacts): number {
  return facts.title === undefined ? -1 : titleSources.indexOf(facts.title.source);
}

/** Reads whole files one after the other, giving each the age it has in `ages`. */
export function readFiles(
  reader: Reader,
  files: Files,
  ages: readonly string[] = files.map(([path]) => path),
  beside: Fixture['beside'] = {},
): Reading {
  const reading = new Reading(beside);
  for (const [path, content] of files) readFile(reader, reading, path, content, ages.indexOf(path));
  return reading;
}

export function readFile(reader: Reader, reading: Reading, path: string, content: Content, age = 0): void {
  const format = requireFormat(reader, path);
  const sink = reading.sinkOf(age);
  const log = reading.logFile(path);
  if (format.kind === 'database') {
    const database = makeDatabase(':memory:', requireDatabase(content));
    readDatabase(format.open(log, toLogDatabase(database)), sink);
    database.close();
    return;
  }
  const bytes = requireBytes(content);
  if (format.kind === 'document') readDocument(format, log, bytes, sink);
  else {
    const parser = format.open(log);
    for (const line of completeLines(bytes)) parser.read(toLogLine(line), sink);
  }
}

/** Reads a file as after a restart at every line or statement: only what `save` returned, as JSON, is carried over. */
export function readWithRestarts(
  reader: Reader,
  reading: Reading,
  path: string,
  content: Content,
  age = 0,
): void {
  const format = requireFormat(reader, path);
  const log = reading.logFile(path);
  if (format.kind === 'lines') restartAtLines(format, log, requireBytes(content), reading.sinkOf(age));
  else if (format.kind === 'database') {
    restartAtStatements(format, log, requireDatabase(content), reading.sinkOf(age));
  } else readFile(reader, reading, path, content, age);
}

function restartAtLines(format: LineFormat, log: LogFile, bytes: Buffer, sink: Sink): void {
  let saved: JsonValue | undefined;
  for (const line of completeLines(bytes)) {
    const parser = format.open(log, saved);
    parser.read(toLogLine(line), sink);
    saved = throughJson(parser.save());
  }
}

function restartAtStatements(format: DatabaseFormat, log: LogFile, file: DatabaseFile, sink: Sink): void {
  const database = makeDatabase(':memory:', { statements: [] });
  let saved: JsonValue | undefined;
  for (const statement of file.statements) {
    runStatement(database, statement);
    const parser = format.open(log, toLogDatabase(database), saved);
    readDatabase(parser, sink);
    saved = throughJson(parser.save());
  }
  database.close();
}

/** More slices than any fixture has rows: a parser that never ends must not hang the suite. */
const mostSlices = 1_000;

export function readDatabase(parser: DatabaseParser, sink: Sink): void {
  let slices = 0;
  while (parser.readSlice(sink)) {
    slices += 1;
    if (slices > mostSlices) throw new Error('the parser goes on for ever');
  }
}

function readDocument(format: DocumentFormat, log: LogFile, bytes: Buffer, sink: Sink): void {
  const document = bytes.indexOf('\ufeff') === 0 ? bytes.subarray(3) : bytes;
  if (document.length > 0) format.read(log, toLogLine(document), sink);
}

export function requireFormat(reader: Reader, path: string): LogFormat {
  const format = reader.formatOf(path);
  if (format === null) throw new Error(`${path} is no log`);
  return format;
}

function requireBytes(content: Content): Buffer {
  if (!isBytes(content)) throw new Error('statements make a database alone');
  return content;
}

function requireDatabase(content: Content): DatabaseFile {
  if (isBytes(content)) throw new Error('a database is made by statements');
  return content;
}

function throughJson(saved: JsonValue): JsonValue {
  return JSON.parse(JSON.stringify(saved));
}
