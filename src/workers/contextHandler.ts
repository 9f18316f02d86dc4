/** How the estimator worker answers what a prompt would send in all. */

import { CharacterClasses } from '../estimator/characters.ts';
import { type AgentPlaces, promptAgents } from '../estimator/context/agents.ts';
import { assemble } from '../estimator/context/assemble.ts';
import { awaitedBy } from '../estimator/context/awaited.ts';
import type { Files } from '../estimator/context/files.ts';
import { includedParts } from '../estimator/context/inclusion.ts';
import { KnownFiles, searchedLength } from '../estimator/context/knownFiles.ts';
import type { Part } from '../estimator/context/parts.ts';
import type { CountedText } from '../estimator/countedText.ts';
import type { Count, Encoding } from '../estimator/encoding.ts';
import type { Estimate } from '../estimator/estimate.ts';
import type { ImageTokens } from '../estimator/images.ts';
import { wholePercent } from '../estimator/margin.ts';
import { SafeCuts } from '../estimator/safeCuts.ts';
import type { ProjectedCost } from '../pricing/projectedCost.ts';
import type {
  ContextEstimate,
  ContextQuery,
  ContextReply,
  CountedPart,
  Overhead,
} from './contextProtocol.ts';
import { countQuery } from './countQuery.ts';
import type { FollowedDocuments } from './followedDocuments.ts';

/** A model as this handler needs it, for one query. */
export interface ContextTarget {
  readonly encoding: Encoding;
  /** Of the family's doubts; `null` for a family that counts exactly. */
  readonly doubting: Encoding | null;
  /** @param doubts `null` where the kind of text is not asked for */
  estimate(count: Count, doubts: Count | null): Estimate;
  /** `null` where nothing is published of images. */
  readonly imageTokens: ImageTokens | null;
  readonly overheads: readonly Overhead[];
  price(tokens: number): ProjectedCost | null;
}

export interface ContextHandlerParts {
  readonly documents: FollowedDocuments;
  readonly files: Files;
  readonly places: AgentPlaces;
  targetOf(query: ContextQuery): ContextTarget;
  toSlashes(path: string): string;
  now(): number;
  pause(): Promise<void>;
}

/** Vendors bill images otherwise than they publish now and then: users have measured 1.2 where 1.62 was to be. */
const imageErrorShare = 0.3;

/** Long before the editor takes the worker for crashed; what is missing then is counted when it asks again. */
const answerWithinMs = 4_000;

export function createContextHandler(
  parts: ContextHandlerParts,
): (query: ContextQuery) => Promise<ContextReply> {
  const { documents, files, places, toSlashes, pause, now } = parts;
  const known = new KnownFiles(files, new SafeCuts(new CharacterClasses()), pause);

  return async (query) => {
    const document = documents.find(query);
    if (document === undefined) return { kind: 'outOfStep' };
    const lateMs = now() + answerWithinMs;
    const target = parts.targetOf(query);
    const text = await countQuery(document, query, target.encoding, pause);
    const doubts = target.doubting && (await countQuery(document, query, target.doubting, pause));
    if (text === undefined || doubts === undefined) return { kind: 'outOfStep' };
    const searched = searchedText(document, query);
    const unsaved = new Map(query.unsaved.map((one) => [toSlashes(one.path), one]));
    const assembly = await assemble(
      {
        text: searched.text,
        agent: query.agent,
        document: query.document && toSlashes(query.document),
        folder: toSlashes(query.folder),
        folders: query.folders.map(toSlashes),
      },
      {
        files,
        known,
        places,
        encoding: target.encoding,
        live: (path) => {
          const one = unsaved.get(path);
          return one && documents.find({ ...query, ...one, spans: [] });
        },
        isLate: () => now() > lateMs,
      },
    );
    const included = includedParts(assembly.parts, query.choices);
    const counted = assembly.parts.map((part) => toCounted(part, target, included.has(part.id)));
    const sum = sumUp({
      text: target.estimate(text, doubts),
      parts: counted,
      overheads: overheadsBeside(counted, target.overheads),
      isCut: assembly.isCut || searched.isCut,
      isUnfinished: assembly.isUnfinished,
    });
    const cost = target.price(sum.whole.tokens);
    const awaited = awaitedBy(promptAgents[query.agent]);
    return { kind: 'context', context: { agent: query.agent, ...sum, cost, awaited } };
  };
}

interface Searched {
  readonly text: string;
  /** Whether the prompt is longer. */
  readonly isCut: boolean;
}

/** As much of the prompt as is searched for names and at hand. */
function searchedText(document: CountedText, { spans }: ContextQuery): Searched {
  if (spans.length === 0) {
    const text = document.textUpTo(searchedLength);
    return { text, isCut: text.length < document.length };
  }
  const texts = spans.map(({ start, end }) => document.between(start, Math.min(end, start + searchedLength)));
  const text = texts.map((one) => one ?? '').join('\n');
  const isCut = texts.includes(undefined) || spans.some(({ start, end }) => end - start > searchedLength);
  return { text: text.slice(0, searchedLength), isCut: isCut || text.length > searchedLength };
}

function toCounted(part: Part, { estimate, imageTokens }: ContextTarget, isIncluded: boolean): CountedPart {
  const { content } = part;
  switch (content.kind) {
    case 'text':
    case 'names': {
      const { tokens, errorShare } = estimate(content.count, null);
      return { ...part, isIncluded, tokens, errorShare };
    }
    case 'image': {
      const tokens = content.size && (imageTokens?.(content.size) ?? null);
      return { ...part, isIncluded, tokens, errorShare: imageErrorShare };
    }
    case 'problem':
      return { ...part, isIncluded, tokens: content.problem === 'missing' ? 0 : null, errorShare: 0 };
  }
}

/** Nobody wants to be told of the few tokens of a message about a text that goes alone. */
function overheadsBeside(parts: readonly CountedPart[], overheads: readonly Overhead[]): readonly Overhead[] {
  const isAlone = !parts.some(({ isIncluded }) => isIncluded);
  return isAlone ? overheads.filter(({ kind }) => kind !== 'frame') : overheads;
}

type Summands = Pick<ContextEstimate, 'text' | 'parts' | 'overheads' | 'isCut' | 'isUnfinished'>;

function sumUp(summands: Summands): Omit<ContextEstimate, 'agent' | 'cost' | 'awaited'> {
  const { text, parts, overheads } = summands;
  const included = parts.filter(({ isIncluded }) => isIncluded);
  const added = [...overheads, ...included];
  const addedTokens = added.reduce((sum, { tokens }) => sum + (tokens ?? 0), 0);
  const tokens = text.tokens + addedTokens;
  const error = [text, ...added].reduce((sum, one) => sum + (one.tokens ?? 0) * one.errorShare, 0);
  return {
    ...summands,
    addedTokens,
    isLeast: isLeast(summands, included, addedTokens),
    whole: { model: text.model, tokens, errorShare: wholePercent(tokens === 0 ? 0 : error / tokens) },
  };
}

/** Of a text that goes alone nobody wants to be told that an agent would say something too. */
function isLeast(summands: Summands, included: readonly CountedPart[], addedTokens: number): boolean {
  const { isCut, isUnfinished, overheads } = summands;
  if (isUnfinished || included.some((part) => part.tokens === null)) return true;
  return addedTokens > 0 && (isCut || overheads.some(({ tokens }) => tokens === null));
}
